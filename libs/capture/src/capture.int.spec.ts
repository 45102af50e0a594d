import { readFileSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Doorbell, FOLLOWERS, INLINE_PROJECTIONS, type InlineProjection, Log } from '@daodi/log';
import { createApp, createDataSource, PlatformModule, readConfig } from '@daodi/platform';
import { RegistryModule } from '@daodi/registry';
import { Global, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { CaptureModule } from './capture.module';
import { CaptureRunner } from './run/capture-runner.service';
import { bareEvent, EpcisBench, type Partner, testDocument, testEvent } from './testing/epcis-bench';

const vectors = join(resolve(__dirname, '../../..', process.env.DAODI_VECTORS ?? '../shared/reference'), 'chains');
const hasVectors = existsSync(vectors);
if (!hasVectors && process.env.DAODI_STRICT === '1') throw new Error(`the published vectors are missing: ${vectors}`);

/** A projection that can be made to lose its power, or to stumble over an event. */
const power = { cutAfter: Infinity, stumbleOver: '', onApply: (): void => undefined };
const fragile: InlineProjection = {
  name: 'fragile',
  tables: [],
  apply: async (_tx, entries) => {
    power.onApply();
    if (entries.some(({ eventId }) => eventId === power.stumbleOver)) throw new TypeError('a fault of our own');
    if (entries.length > 0 && power.cutAfter-- <= 0) throw new Error('power cut');
  },
};

let bench: EpcisBench;
let coop: Partner;
let rival: Partner;
beforeAll(async () => {
  bench = await EpcisBench.open({ projections: [fragile], settings: { captureEventsMax: 5_000, captureBytesMax: 2_000_000 } });
  coop = await bench.partner('COOP');
  rival = await bench.partner('RIVAL');
});
afterAll(() => bench.close());
beforeEach(() => Object.assign(power, { cutAfter: Infinity, stumbleOver: '', onApply: () => undefined }));

let numbers = 0;
const next = (): number => ++numbers;
const good = testDocument([]);

describe('who may not capture', () => {
  it('nobody without a key, a reader, or a role that does not move material', async () => {
    const reader = await bench.key(coop, ['machine'], ['read']);
    const tester = await bench.key(coop, ['lab-tester']);
    for (const [url, body] of [['/epcis/capture', testDocument([testEvent(next())])], ['/epcis/events', bareEvent(next())]] as const) {
      for (const [who, status] of [[undefined, 401], [{ token: 'dk_wrong' }, 401], [reader, 403], [tester, 403]] as const) {
        const answer = await bench.send(who, 'POST', url, body);
        expect([answer.statusCode, answer.json().type]).toEqual([status, 'epcisException:SecurityException']);
      }
    }
    expect(await bench.size()).toBe(0);
  });

  it("shows nobody another organisation's job, not even that there is one", async () => {
    const { captureID } = await bench.capture(coop, good);
    expect((await bench.send(coop, 'GET', `/epcis/capture/${captureID}`)).statusCode).toBe(200);
    const [stranger, unknown, odd] = await Promise.all([
      bench.send(rival, 'GET', `/epcis/capture/${captureID}`),
      bench.send(rival, 'GET', '/epcis/capture/00000000-0000-4000-8000-00000000ffff'),
      bench.send(rival, 'GET', '/epcis/capture/none'),
    ]);
    for (const answer of [stranger, unknown, odd]) expect(answer.statusCode).toBe(404);
    const bare = (answer: typeof stranger) => ({ ...answer.json(), instance: undefined });
    expect(bare(stranger)).toEqual(bare(unknown));
    expect((await bench.send(rival, 'GET', '/epcis/capture')).json()).toEqual([]);
    expect((await bench.send(undefined, 'GET', `/epcis/capture/${captureID}`)).statusCode).toBe(401);
  });
});

describe('a captured document', () => {
  it('is acknowledged at once, appended by its job and told by the job resource', async () => {
    const before = await bench.size();
    const answer = await bench.send(coop, 'POST', '/epcis/capture', testDocument([testEvent(next()), testEvent(next())]));
    expect([answer.statusCode, answer.body]).toEqual([202, '']);
    expect(answer.headers).toMatchObject({ 'gs1-epcis-version': '2.0.0', 'gs1-epcis-capture-limit': '5000', 'gs1-epcis-capture-file-size-limit': '2000000' });
    const location = String(answer.headers.location);
    const captureID = location.replace('/epcis/capture/', '');
    const waiting = await bench.send(coop, 'GET', location);
    expect(waiting.json()).toEqual({ captureID, createdAt: expect.any(String), running: true, success: true, captureErrorBehaviour: 'rollback', errors: [] });
    expect(await bench.size()).toBe(before);
    await bench.runJobs();
    const done = (await bench.send(coop, 'GET', location)).json();
    expect(done).toEqual({ ...waiting.json(), running: false, finishedAt: expect.any(String) });
    expect(await bench.size()).toBe(before + 2);
    const entries = await bench.dataSource.query('SELECT DISTINCT provenance, organisation_id, actor_id, request_id FROM entry WHERE position >= $1', [before]);
    expect(entries).toEqual([{ provenance: 'epcis', organisation_id: coop.organisationId, actor_id: coop.keyId, request_id: answer.headers['x-request-id'] }]);
    expect(await bench.dataSource.query('SELECT count(*)::int AS chunks FROM capture_chunk')).toEqual([{ chunks: 0 }]);
  });

  it('leaves nothing with rollback if one event is bad, and names every fault', async () => {
    const before = await bench.size();
    const job = await bench.capture(coop, testDocument([testEvent(next()), testEvent(next(), { action: 'MOVE' }), testEvent(next()), { type: 'Harvest' }]));
    expect(job).toMatchObject({ running: false, success: false, captureErrorBehaviour: 'rollback' });
    expect(job.errors.map(({ type, pointer }) => [type, pointer])).toEqual([
      ['epcisException:ValidationException', '/epcisBody/eventList/1/action'],
      ['epcisException:ValidationException', '/epcisBody/eventList/3/type'],
    ]);
    expect(await bench.size()).toBe(before);
  });

  it('keeps the good events with proceed', async () => {
    const before = await bench.size();
    const job = await bench.capture(coop, testDocument([testEvent(next()), testEvent(next(), { action: 'MOVE' }), testEvent(next())]), 'proceed');
    expect(job).toMatchObject({ running: false, success: false, captureErrorBehaviour: 'proceed' });
    expect(job.errors).toMatchObject([{ pointer: '/epcisBody/eventList/1/action' }]);
    expect(await bench.size()).toBe(before + 2);
  });

  it('may be captured again without effect; an id with other content is an error, and the first stays', async () => {
    const [a, b] = [testEvent(next()), testEvent(next())];
    await bench.capture(coop, testDocument([a, b]));
    const before = await bench.size();
    expect(await bench.capture(coop, testDocument([b, a]))).toMatchObject({ success: true, errors: [] });
    const changed = { ...a, bizStep: 'destroying' };
    for (const behaviour of ['rollback', 'proceed'] as const) {
      const job = await bench.capture(coop, testDocument([changed, b]), behaviour);
      expect(job).toMatchObject({ success: false, errors: [{ type: 'epcisException:ResourceAlreadyExistsException', eventID: a.eventID, pointer: '/epcisBody/eventList/0' }] });
    }
    expect(await bench.size()).toBe(before);
  });

  it('recognises the same id inside one document, however far apart', async () => {
    const before = await bench.size();
    const events = Array.from({ length: 600 }, () => testEvent(next()));
    const again = await bench.capture(coop, testDocument([...events, events[0]]));
    expect(again).toMatchObject({ success: true, errors: [] });
    expect(await bench.size()).toBe(before + 600);
    const fresh = Array.from({ length: 600 }, () => testEvent(next()));
    const conflict = await bench.capture(coop, testDocument([...fresh, { ...fresh[0], bizStep: 'destroying' }]));
    expect(conflict).toMatchObject({ success: false, errors: [{ rule: 'event-conflict', pointer: '/epcisBody/eventList/600' }] });
    expect(await bench.size()).toBe(before + 600);
  });

  it('may declare an own event in error under the same id', async () => {
    const event = testEvent(next());
    await bench.capture(coop, testDocument([event]));
    const before = await bench.size();
    const declared = { ...event, errorDeclaration: { declarationTime: '2026-09-02T08:00:00Z', reason: 'incorrect_data' } };
    expect(await bench.capture(coop, testDocument([declared, declared]))).toMatchObject({ success: true });
    expect(await bench.dataSource.query('SELECT declaration FROM entry WHERE position >= $1', [before])).toEqual([{ declaration: true }]);
  });

  it('gets an event hash where an event has no id, so that it is known again', async () => {
    const { eventID: _, ...anonymous } = testEvent(next());
    const before = await bench.size();
    await bench.capture(coop, testDocument([anonymous]));
    await bench.capture(coop, testDocument([anonymous]), 'proceed');
    await bench.send(coop, 'POST', '/epcis/events', { ...anonymous, '@context': testDocument([])['@context'] });
    const rows = await bench.dataSource.query('SELECT e.event_id, b.body FROM entry e JOIN entry_body b USING (position) WHERE position >= $1', [before]);
    expect(rows).toHaveLength(1);
    expect(rows[0].event_id).toMatch(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/);
    expect(rows[0].body).toEqual({ ...anonymous, eventID: rows[0].event_id });
  });

  it('goes on after a power cut without storing anything twice', async () => {
    const before = await bench.size();
    const events = Array.from({ length: 650 }, () => testEvent(next()));
    for (const behaviour of ['proceed', 'rollback'] as const) {
      const answer = await bench.send(coop, 'POST', '/epcis/capture', testDocument(events), { 'GS1-Capture-Error-Behaviour': behaviour });
      power.cutAfter = behaviour === 'proceed' ? 2 : 0;
      if (behaviour === 'proceed') {
        await expect(bench.runJobs()).rejects.toThrow('power cut');
        expect(await bench.size()).toBe(before + 400);
        power.cutAfter = 0;
        await expect(bench.runJobs()).rejects.toThrow('power cut');
      }
      power.cutAfter = Infinity;
      await Promise.all([bench.runJobs(), bench.runJobs(), bench.runJobs()]);
      await bench.runJobs();
      expect((await bench.send(coop, 'GET', String(answer.headers.location))).json()).toMatchObject({ running: false, success: true });
    }
    expect(await bench.size()).toBe(before + 650);
  });

  it('says that something is wrong while it is still at work, and stops between two parts when its process stops', async () => {
    const before = await bench.size();
    const events = Array.from({ length: 500 }, (_, i) => testEvent(next(), i === 3 ? { action: 'MOVE' } : {}));
    const answer = await bench.send(coop, 'POST', '/epcis/capture', testDocument(events), { 'GS1-Capture-Error-Behaviour': 'proceed' });
    const id = String(answer.headers.location).split('/').at(-1) as string;
    const runner = new CaptureRunner(bench.dataSource, bench.app.get(Log));
    power.onApply = () => runner.onModuleDestroy();
    await runner.run(id);
    expect((await bench.send(coop, 'GET', `/epcis/capture/${id}`)).json()).toMatchObject({ running: true, success: false, errors: [{ pointer: '/epcisBody/eventList/3/action' }] });
    expect(await bench.size()).toBe(before + 199);
    await runner.run(id);
    expect(await bench.size()).toBe(before + 199);
    await bench.runJobs();
    expect((await bench.send(coop, 'GET', `/epcis/capture/${id}`)).json()).toMatchObject({ running: false, success: false, errors: [{ pointer: '/epcisBody/eventList/3/action' }] });
    expect(await bench.size()).toBe(before + 499);
  });

  it('recognises what it stored itself when it died between storing and noting it', async () => {
    const before = await bench.size();
    const answer = await bench.send(coop, 'POST', '/epcis/capture', testDocument(Array.from({ length: 250 }, () => testEvent(next()))), { 'GS1-Capture-Error-Behaviour': 'proceed' });
    await bench.runJobs();
    const id = String(answer.headers.location).split('/').at(-1) as string;
    // As if the notes had never been written: the document waits again with all of its events.
    const owner = await ownerOf(bench);
    await owner.query(`UPDATE capture_document SET state = 'running', next_chunk = 0, finished_at = NULL WHERE id = $1`, [id]);
    const events = await bench.dataSource.query('SELECT b.body FROM entry_body b WHERE position >= $1 ORDER BY position', [before]);
    const bodies = events.map(({ body }: { body: unknown }) => body);
    await owner.query('INSERT INTO capture_chunk VALUES ($1, 0, 0, $2), ($1, 1, 200, $3)', [id, JSON.stringify(bodies.slice(0, 200)), JSON.stringify(bodies.slice(200))]);
    await owner.destroy();
    await bench.app.get(CaptureRunner).run(id);
    expect(await bench.size()).toBe(before + 250);
    expect((await bench.send(coop, 'GET', `/epcis/capture/${id}`)).json()).toMatchObject({ running: false, success: true, errors: [] });
  });

  it('does not let one event that the server stumbles over take others with it', async () => {
    const before = await bench.size();
    const events = [testEvent(next()), testEvent(next()), testEvent(next())];
    power.stumbleOver = String(events[1]?.eventID);
    const job = await bench.capture(coop, testDocument(events), 'proceed');
    expect(job).toMatchObject({ success: false, errors: [{ type: 'epcisException:ImplementationException', pointer: '/epcisBody/eventList/1', eventID: events[1]?.eventID }] });
    expect(await bench.size()).toBe(before + 2);
    const all = await bench.capture(coop, testDocument([testEvent(next()), events[1]]));
    expect(all).toMatchObject({ running: false, success: false, errors: [{ type: 'epcisException:ImplementationException' }] });
    expect(await bench.size()).toBe(before + 2);
  });

  it('without events is done at once', async () => {
    expect(await bench.capture(coop, good)).toMatchObject({ running: false, success: true });
  });

  it('is refused as a whole where its envelope is wrong, with every fault', async () => {
    const { '@context': _, ...bare } = testDocument([]);
    const answer = await bench.send(coop, 'POST', '/epcis/capture', { ...bare, creationDate: 'yesterday', schemaVersion: 2 });
    expect([answer.statusCode, answer.json().type]).toEqual([400, 'epcisException:ValidationException']);
    expect(answer.json().errors.length).toBeGreaterThan(1);
    for (const [body, headers, status, type] of [
      ['[]', {}, 400, 'ValidationException'],
      ['{', {}, 400, 'ValidationException'],
      [good, { 'GS1-Capture-Error-Behaviour': 'all' }, 400, 'ValidationException'],
      [good, { 'GS1-EPCIS-Version': '3.0.0' }, 406, 'NotAcceptableException'],
      [good, { Accept: 'text/html' }, 406, 'NotAcceptableException'],
      ['<x/>', { 'content-type': 'application/xml' }, 415, 'UnsupportedMediaTypeException'],
      [testDocument(Array.from({ length: 5_001 }, () => 1)), {}, 413, 'CaptureLimitExceededException'],
      [`{"type":"${'x'.repeat(2_000_000)}"}`, {}, 413, 'CaptureLimitExceededException'],
    ] as const) {
      const refused = await bench.send(coop, 'POST', '/epcis/capture', body as object, headers as Record<string, string>);
      expect([refused.statusCode, refused.json().type]).toEqual([status, `epcisException:${type}`]);
      expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    }
  });

  it('is listed with the others of its organisation, newest first, page by page', async () => {
    const lister = await bench.partner('LISTER');
    const made: string[] = [];
    for (let i = 0; i < 5; i++) made.unshift(String((await bench.send(lister, 'POST', '/epcis/capture', good)).headers.location).split('/').at(-1) as string);
    const listed: string[] = [];
    let url: string | undefined = '/epcis/capture?perPage=2';
    for (let pages = 0; url !== undefined; pages++) {
      const answer = await bench.send(lister, 'GET', url);
      listed.push(...answer.json().map(({ captureID }: { captureID: string }) => captureID));
      const link = answer.headers.link as string | undefined;
      expect(answer.json().length).toBe(pages < 2 ? 2 : 1);
      url = link === undefined ? undefined : /^<([^>]+)>; rel="next"$/.exec(link)?.[1];
    }
    expect(listed).toEqual(made);
    for (const query of ['perPage=0', 'perPage=x', 'nextPageToken=x', 'nextPageToken=e30', 'perPage=1&perPage=2']) {
      const answer = await bench.send(lister, 'GET', `/epcis/capture?${query}`);
      expect([answer.statusCode, answer.json().type]).toEqual([400, 'epcisException:QueryParameterException']);
    }
    await bench.runJobs();
  });
});

describe('an Idempotency-Key of a captured document', () => {
  const key = (name: string) => ({ 'Idempotency-Key': name });

  it('answers a repeat with the same job and refuses another document', async () => {
    const document = testDocument([testEvent(next())]);
    const first = await bench.send(coop, 'POST', '/epcis/capture', document, key('doc-1'));
    const again = await bench.send(coop, 'POST', '/epcis/capture', document, key('doc-1'));
    expect([again.statusCode, again.headers.location, again.headers['idempotency-replayed']]).toEqual([202, first.headers.location, 'true']);
    const other = await bench.send(coop, 'POST', '/epcis/capture', testDocument([testEvent(next())]), key('doc-1'));
    expect(other.statusCode).toBe(422);
    const otherBehaviour = await bench.send(coop, 'POST', '/epcis/capture', document, { ...key('doc-1'), 'GS1-Capture-Error-Behaviour': 'proceed' });
    expect(otherBehaviour.statusCode).toBe(422);
    const stranger = await bench.send(rival, 'POST', '/epcis/capture', document, key('doc-1'));
    expect(stranger.headers.location).not.toBe(first.headers.location);
    await bench.runJobs();
  });

  it('is not bound by a refusal', async () => {
    expect((await bench.send(coop, 'POST', '/epcis/capture', { type: 'EPCISDocument' }, key('doc-2'))).statusCode).toBe(400);
    expect((await bench.send(coop, 'POST', '/epcis/capture', good, key('doc-2'))).statusCode).toBe(202);
    expect((await bench.send(coop, 'POST', '/epcis/capture', good, key('x'.repeat(201)))).statusCode).toBe(400);
  });

  it('makes one job of many requests at once', async () => {
    const document = testDocument([testEvent(next())]);
    const before = await bench.dataSource.query('SELECT count(*)::int AS n FROM capture_document');
    const answers = await Promise.all(Array.from({ length: 20 }, () => bench.send(coop, 'POST', '/epcis/capture', document, key('doc-3'))));
    const taken = answers.filter(({ statusCode }) => statusCode === 202);
    expect(new Set(taken.map(({ headers }) => headers.location)).size).toBe(1);
    for (const answer of answers) expect([202, 409]).toContain(answer.statusCode);
    for (const answer of answers.filter(({ statusCode }) => statusCode === 409)) expect(answer.headers['retry-after']).toBe('1');
    const after = await bench.dataSource.query('SELECT count(*)::int AS n FROM capture_document');
    expect(after[0].n).toBe(before[0].n + 1);
    await bench.runJobs();
  });

  it('is one across processes too', async () => {
    const elsewhere = await secondProcess(bench);
    const document = testDocument([testEvent(next())]);
    const headers = { authorization: `Bearer ${coop.token}`, 'content-type': 'application/json', ...key('doc-4') };
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => bench.send(coop, 'POST', '/epcis/capture', document, key('doc-4'))),
      ...Array.from({ length: 5 }, () => elsewhere.inject({ method: 'POST', url: '/epcis/capture', payload: document, headers })),
    ]);
    expect(new Set(answers.filter(({ statusCode }) => statusCode === 202).map(({ headers: { location } }) => location)).size).toBe(1);
    for (const answer of answers) expect([202, 409]).toContain(answer.statusCode);
    await elsewhere.close();
    await bench.runJobs();
  });
});

describe('a single event', () => {
  it('is stored while its sender waits', async () => {
    const before = await bench.size();
    const event = bareEvent(next());
    const answer = await bench.send(coop, 'POST', '/epcis/events', event);
    expect([answer.statusCode, answer.headers.location]).toEqual([201, `/epcis/events/${encodeURIComponent(String(event.eventID))}`]);
    expect(await bench.size()).toBe(before + 1);
    const again = await bench.send(coop, 'POST', '/epcis/events', { ...event, recordTime: '2030-01-01T00:00:00Z' });
    expect([again.statusCode, again.headers.location, again.headers['event-already-stored']]).toEqual([200, answer.headers.location, 'true']);
    const conflict = await bench.send(coop, 'POST', '/epcis/events', { ...event, bizStep: 'destroying' });
    expect([conflict.statusCode, conflict.json().type]).toEqual([409, 'epcisException:ResourceAlreadyExistsException']);
    const declared = await bench.send(coop, 'POST', '/epcis/events', { ...event, errorDeclaration: { declarationTime: '2026-09-02T08:00:00Z' } });
    expect(declared.statusCode).toBe(201);
    expect(await bench.size()).toBe(before + 2);
  });

  it('is answered alike whether or not others have its id or identifiers', async () => {
    const event = bareEvent(next());
    const shapeOf = ({ statusCode, headers, body }: Awaited<ReturnType<EpcisBench['send']>>) => [statusCode, headers.location, Object.keys(headers).sort(), body];
    await bench.send(coop, 'POST', '/epcis/events', event);
    const known = await bench.send(rival, 'POST', '/epcis/events', { ...event, bizStep: 'destroying' });
    const fresh = bareEvent(next());
    const unknown = await bench.send(rival, 'POST', '/epcis/events', { ...fresh, bizStep: 'destroying' });
    const renamed = JSON.stringify(shapeOf(unknown)).replaceAll(String(fresh.eventID), String(event.eventID)).replaceAll(encodeURIComponent(String(fresh.eventID)), encodeURIComponent(String(event.eventID)));
    expect(JSON.stringify(shapeOf(known))).toBe(renamed);
    expect(known.statusCode).toBe(201);
  });

  it('is stored once however often it is posted under one key', async () => {
    const before = await bench.size();
    const events = Array.from({ length: 50 }, () => bareEvent(next()));
    const posts = events.flatMap((event, i) => Array.from({ length: 2 + (i % 8) }, () => [event, `event-${i}`] as const));
    const answers = await Promise.all(posts.map(([event, name]) => bench.send(coop, 'POST', '/epcis/events', event, { 'Idempotency-Key': name })));
    for (const answer of answers) expect([201, 409]).toContain(answer.statusCode);
    expect(await bench.size()).toBe(before + 50);
    const [{ contiguous }] = await bench.dataSource.query('SELECT max(position) - min(position) + 1 = count(*) AS contiguous FROM entry');
    expect(contiguous).toBe(true);
  });

  it('is refused with every fault at once', async () => {
    const { '@context': _, ...noContext } = bareEvent(next());
    expect((await bench.send(coop, 'POST', '/epcis/events', noContext)).json().errors).toMatchObject([{ pointer: '/@context' }]);
    const answer = await bench.send(coop, 'POST', '/epcis/events', bareEvent(next(), { action: 'MOVE', eventTimeZoneOffset: '8', quantityList: [{ quantity: 1 }] }));
    expect([answer.statusCode, answer.json().type]).toEqual([400, 'epcisException:ValidationException']);
    const pointers = answer.json().errors.map(({ pointer }: { pointer: string }) => pointer);
    for (const pointer of ['/action', '/eventTimeZoneOffset']) expect(pointers).toContain(pointer);
    const long = await bench.send(coop, 'POST', '/epcis/events', bareEvent(next(), { eventID: `urn:x:${'y'.repeat(3_000)}` }));
    expect([long.statusCode, long.json().errors[0].rule]).toEqual([400, 'identifier-length']);
  });
});

it('announces what it can do', async () => {
  const answer = await bench.send(coop, 'OPTIONS', '/epcis/capture');
  expect(answer.statusCode).toBe(204);
  expect(answer.headers).toMatchObject({
    allow: 'OPTIONS, GET, POST', 'gs1-epcis-min': '2.0.0', 'gs1-epcis-max': '2.0.0', 'gs1-cbv-version': '2.0.0', 'gs1-vendor-version': expect.any(String),
    'gs1-epcis-capture-limit': '5000', 'gs1-capture-error-behaviour': 'rollback, proceed', 'gs1-epc-format': 'Never_Translates',
  });
  expect((await bench.send(coop, 'OPTIONS', '/epcis/capture/none')).statusCode).toBe(204);
  expect((await bench.send(undefined, 'OPTIONS', '/epcis/capture')).statusCode).toBe(401);
});

it('lets the service neither change nor remove what was captured', async () => {
  for (const sql of ['DELETE FROM capture_document', 'UPDATE capture_document SET organisation_id = gen_random_uuid()', 'TRUNCATE capture_document CASCADE', 'UPDATE capture_chunk SET events = \'[]\'']) {
    await expect(bench.dataSource.query(sql)).rejects.toThrow(/permission denied/);
  }
});

(hasVectors ? describe : describe.skip)(`the chains of an interoperability programme${hasVectors ? '' : ' (not found, skipped)'}`, () => {
  it.each([['all_wholechain_events.jsonld', 31], ['gdst_data_withmasterdata.jsonld', 17]])('%s is taken whole with proceed', async (file, count) => {
    const before = await bench.size();
    const job = await bench.capture(coop, JSON.parse(readFileSync(join(vectors, file), 'utf8')) as object, 'proceed');
    expect(job).toMatchObject({ running: false, success: true, errors: [] });
    expect(await bench.size()).toBe(before + count);
  });
});

function ownerOf({ database }: EpcisBench): Promise<DataSource> {
  return createDataSource({ url: database.ownerUrl }).initialize();
}

/** Another process of the same deployment: its own memory, the same database. */
async function secondProcess({ database }: EpcisBench): Promise<NestFastifyApplication> {
  @Global()
  @Module({ providers: [Log, Doorbell, { provide: INLINE_PROJECTIONS, useValue: [] }, { provide: FOLLOWERS, useValue: [] }], exports: [Log] })
  class TestLog {}
  const config = readConfig({ DAODI_LOG_LEVEL: 'silent' });
  const platform = PlatformModule.forRoot({ config, database, role: 'service', migrations: [] });
  @Module({ imports: [platform, TestLog, RegistryModule, CaptureModule] })
  class Root {}
  return createApp(config, Root);
}
