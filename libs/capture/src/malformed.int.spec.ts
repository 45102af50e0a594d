import fc from 'fast-check';
import { bareEvent, EpcisBench, type Partner, testDocument, testEvent } from './testing/epcis-bench';

/** Whatever is sent to a door of capture: an answer below 500 that names what is wrong, and nothing half stored. */
let bench: EpcisBench;
let coop: Partner;
beforeAll(async () => {
  bench = await EpcisBench.open();
  coop = await bench.partner('COOP');
});
afterAll(() => bench.close());

const ROUTES = ['/epcis/capture', '/epcis/events'] as const;
const route = fc.constantFrom(...ROUTES);
const json = fc.jsonValue({ maxDepth: 5, noUnicodeString: false });
const odd = fc.constantFrom<unknown>(null, true, '', ' ', 0, -1, 1e308, [], {}, [[]], '\u0000', '𠮿', 'urn:x', 'x'.repeat(3_000), '9999-12-31T23:59:59-14:00', [null], { id: 1 });

/** A good event or document with one member, somewhere inside, replaced by something else. */
const broken = fc.tuple(fc.boolean(), fc.nat(1_000), fc.oneof(odd, json)).map(([single, place, value]) => {
  const whole = structuredClone(single ? bareEvent(1, RICH) : testDocument([testEvent(1, RICH)]));
  const places: (() => void)[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const name of Object.keys(node)) {
      places.push(() => Object.assign(node, { [name]: structuredClone(value) }));
      walk((node as Record<string, unknown>)[name]);
    }
  };
  walk(whole);
  places[place % places.length]?.();
  return [single ? ROUTES[1] : ROUTES[0], JSON.stringify(whole)] as const;
});

const RICH = {
  disposition: 'active', readPoint: { id: 'urn:example:loc:1' }, bizLocation: { id: 'urn:example:loc:2' }, epcList: ['urn:epc:id:sgtin:0614141.107346.2018'],
  bizTransactionList: [{ type: 'po', bizTransaction: 'urn:example:po:1' }], sourceList: [{ type: 'owning_party', source: 'urn:example:party:1' }],
  destinationList: [{ type: 'owning_party', destination: 'urn:example:party:2' }], persistentDisposition: { set: ['available'] },
  sensorElementList: [{ sensorMetadata: { time: '2026-09-01T00:00:00Z' }, sensorReport: [{ type: 'Temperature', value: 4.5, uom: 'CEL' }] }],
  errorDeclaration: { declarationTime: '2026-09-02T00:00:00Z', reason: 'incorrect_data', correctiveEventIDs: ['urn:example:event:2'] }, certificationInfo: 'https://example.com/c',
};

/** Texts that are no JSON, or JSON that two parsers could read differently. */
const notJson = fc.oneof(
  fc.string(),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom('{"a":1,"a":2}', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, '{"type":"\\ud800"}', '{"a":1e999}', '{"__proto__":{}}', 'null', '""', '{"a":"\\u0000"}', '\ufeff{}'),
);

async function sent(url: string, body: string | Buffer): Promise<void> {
  const before = await bench.size();
  const answer = await bench.send(coop, 'POST', url, body);
  expect(answer.statusCode).toBeLessThan(500);
  if (answer.statusCode < 300) return;
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  const problem = answer.json();
  expect(problem.type).toMatch(/^epcisException:/);
  for (const fault of problem.errors ?? []) expect(fault).toEqual({ pointer: expect.stringMatching(/^(\/|$)/), rule: expect.any(String), detail: expect.any(String) });
  if (answer.statusCode === 400) expect(problem.errors.length).toBeGreaterThan(0);
  expect(await bench.size()).toBe(before);
}

it('answers any text below 500', () => fc.assert(fc.asyncProperty(route, notJson, sent), { numRuns: 300 }));
it('answers any JSON below 500', () => fc.assert(fc.asyncProperty(route, json.map((value) => JSON.stringify(value)), sent), { numRuns: 300 }));
it('answers any event or document with something odd inside below 500, and its job ends', async () => {
  await fc.assert(fc.asyncProperty(broken, ([url, body]) => sent(url, body)), { numRuns: 400 });
  await bench.runJobs();
  const jobs = await bench.dataSource.query(`SELECT state, errors FROM capture_document`);
  expect(jobs.length).toBeGreaterThan(0);
  for (const { state, errors } of jobs) {
    expect(state).toBe('done');
    for (const { exception } of errors) expect(['ValidationException', 'ResourceAlreadyExistsException']).toContain(exception);
  }
});
it('answers any header below 500', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GS1-Capture-Error-Behaviour', 'GS1-EPCIS-Version', 'GS1-CBV-Min', 'Accept', 'Idempotency-Key', 'X-Captured-Time', 'X-Device', 'X-On-Behalf-Of', 'Content-Type', 'Content-Encoding'),
      fc.string({ unit: fc.constantFrom(...'abz019.,;=/*+- :"Z') }),
      async (name, value) => {
        const answer = await bench.send(coop, 'POST', '/epcis/events', bareEvent(2), { [name.toLowerCase()]: value });
        expect(answer.statusCode).toBeLessThan(500);
      },
    ),
    { numRuns: 200 },
  ));
