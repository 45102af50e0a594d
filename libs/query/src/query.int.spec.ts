import { bareEvent, EpcisBench, type Partner, partyOf, testDocument, testEvent } from '@daodi/capture';
import { canonicalJson, type EpcisEvent, eventHash, readDocument, readEvent } from '@daodi/epcis';
import { Log, rebuild } from '@daodi/log';
import { historyFollower, TRACE_MIGRATIONS, traceProjection } from '@daodi/trace';
import fc from 'fast-check';
import { QUERY_MIGRATIONS, QUERY_PROJECTIONS, QueryModule } from './index';

type Json = Record<string, unknown>;

let bench: EpcisBench;
let coop: Partner;
let factory: Partner;
let rival: Partner;
beforeAll(async () => {
  bench = await EpcisBench.open({
    modules: [QueryModule],
    migrations: [...TRACE_MIGRATIONS, ...QUERY_MIGRATIONS],
    projections: [traceProjection, ...QUERY_PROJECTIONS],
    followers: [historyFollower],
  });
  coop = await bench.partner('COOP');
  factory = await bench.partner('FACTORY');
  rival = await bench.partner('RIVAL');
});
afterAll(() => bench.close());

let numbers = 0;
const next = (): number => ++numbers;
const post = async (who: Partner, event: object): Promise<string> => {
  const answer = await bench.send(who, 'POST', '/epcis/events', event);
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json().eventID as string;
};
const url = (parameters: Record<string, string>): string => `/epcis/events?${new URLSearchParams(parameters).toString()}`;
const eventsOf = (document: Json): Json[] => (document as { epcisBody: { queryResults: { resultsBody: { eventList: Json[] } } } }).epcisBody.queryResults.resultsBody.eventList;
const ask = async (who: Partner, parameters: Record<string, string> = {}): Promise<Json[]> => {
  const answer = await bench.send(who, 'GET', url({ perPage: '1000', ...parameters }));
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return eventsOf(answer.json());
};
const ids = (events: readonly Json[]): string[] => events.map(({ eventID }) => String(eventID));
const read = (who: Partner | undefined, eventId: string) => bench.send(who, 'GET', `/epcis/events/${encodeURIComponent(eventId)}`);

describe('who may not read', () => {
  it('nobody without a key', async () => {
    for (const path of ['/epcis/events', '/epcis/events/x']) {
      const answer = await bench.send(undefined, 'GET', path);
      expect([answer.statusCode, answer.json().type]).toEqual([401, 'epcisException:SecurityException']);
    }
  });

  it('nobody who neither said it, nor is named, nor had what it moved: it answers like an event that is not there', async () => {
    const eventID = await post(coop, bareEvent(next()));
    const bare = ({ statusCode, ...answer }: Awaited<ReturnType<typeof read>>) => [statusCode, { ...answer.json(), instance: undefined }];
    expect(bare(await read(rival, eventID))).toEqual(bare(await read(rival, 'urn:uuid:none')));
    for (const parameters of [{}, { EQ_eventID: eventID }, { MATCH_epcClass: `urn:example:lot:${numbers}` }, { EQ_bizStep: 'storing' }] as Record<string, string>[]) {
      expect(await ask(rival, parameters)).toEqual([]);
    }
    expect(ids(await ask(coop, { EQ_eventID: eventID }))).toEqual([eventID]);
  });

  it('a rival that captures the same identifiers reads its own claim only', async () => {
    const n = next();
    const theirs = await post(coop, bareEvent(n, { action: 'ADD', bizStep: 'commissioning' }));
    const claim = await post(rival, bareEvent(next(), { quantityList: [{ epcClass: `urn:example:lot:${n}`, quantity: 1, uom: 'KGM' }] }));
    expect(ids(await ask(rival, { MATCH_anyEPCClass: `urn:example:lot:${n}` }))).toEqual([claim]);
    expect(ids(await ask(coop, { MATCH_anyEPCClass: `urn:example:lot:${n}` }))).toEqual([theirs]);
    await post(rival, bareEvent(numbers - 1, { eventID: theirs }));
    expect(ids(await ask(rival, { EQ_eventID: theirs }))).toEqual([theirs]);
    expect((await ask(rival, { EQ_eventID: theirs }))[0]?.bizStep).toBe('storing');
    expect(eventsOf((await read(coop, theirs)).json())).toHaveLength(1);
  });
});

describe('readers of what an event moved', () => {
  /** Two lots are made out of one at a secret place, and one of them goes to the factory: it may know where that came from. */
  let made: string;
  let shipped: string;
  let lot: string;
  beforeAll(async () => {
    lot = `urn:example:lot:${next()}`;
    made = await post(coop, {
      ...bareEvent(next(), { quantityList: undefined, action: undefined }), type: 'TransformationEvent', bizStep: 'creating_class_instance', eventTime: '2026-09-01T08:00:00+08:00',
      inputQuantityList: [{ epcClass: 'urn:example:lot:raw', quantity: 9, uom: 'KGM' }],
      outputQuantityList: [{ epcClass: lot, quantity: 8, uom: 'KGM' }, { epcClass: 'urn:example:lot:secret', quantity: 1, uom: 'KGM' }],
      readPoint: { id: 'urn:example:loc:secret' }, 'ex:price': 100, '@context': [bareEvent(0)['@context'], { ex: 'https://example.com/ns/' }],
    });
    shipped = await post(coop, bareEvent(next(), {
      bizStep: 'shipping', eventTime: '2026-09-02T08:00:00+08:00', quantityList: [{ epcClass: lot, quantity: 8, uom: 'KGM' }],
      destinationList: [{ type: 'possessing_party', destination: partyOf('FACTORY') }],
    }));
    await bench.app.get(Log).drain();
  });

  it('see it cut, and those it names see it whole', async () => {
    const whole = eventsOf((await read(factory, shipped)).json())[0];
    expect(whole).toMatchObject({ eventID: shipped, destinationList: [{ destination: partyOf('FACTORY') }] });
    const answer = (await read(factory, made)).json();
    const [cut] = eventsOf(answer);
    expect(cut).toMatchObject({ eventID: made, outputQuantityList: [{ epcClass: lot }], 'daodi:cut': { withheld: 1, digest: expect.any(String) } });
    for (const secret of ['secret', 'ex:price']) expect(JSON.stringify(cut)).not.toContain(secret);
    expect(JSON.stringify(answer['@context'])).toContain('daodi');
    expect(ids(await ask(factory, { MATCH_outputEPCClass: lot }))).toEqual([made]);
    expect(ids(await ask(factory))).toEqual([made, shipped]);
  });

  it('cannot feel for what was cut by asking for it', async () => {
    for (const parameters of [
      { MATCH_outputEPCClass: 'urn:example:lot:secret' }, { MATCH_anyEPCClass: 'urn:example:lot:secret|urn:example:lot:none' }, { EQ_readPoint: 'urn:example:loc:secret' },
    ] as Record<string, string>[]) {
      expect(ids(await ask(coop, parameters))).toEqual([made]);
      expect(await ask(factory, parameters)).toEqual([]);
    }
  });
});

describe('an event that was captured', () => {
  it('is given back as it was sent, with our record time', async () => {
    const sent = bareEvent(next(), {
      epcList: [], disposition: '', readPoint: { id: 'https://example.com/a/b?c=d&e' }, eventTime: '2026-09-01T08:30:00.1234567+08:00', recordTime: '1999-01-01T00:00:00Z',
      eventID: 'https://example.com/events/1?x=a/b&c=%20', 'ex:𠮿': ['連翹', 1.50, { 'ex:a': null }], '@context': [bareEvent(0)['@context'], { ex: 'https://example.com/ns/' }],
    });
    const created = await bench.send(coop, 'POST', '/epcis/events', sent);
    const answer = await bench.send(coop, 'GET', String(created.headers.location));
    const document = answer.json();
    expect(document).toMatchObject({ type: 'EPCISQueryDocument', schemaVersion: '2.0', '@context': sent['@context'], creationDate: expect.any(String) });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'gs1-epcis-version': '2.0.0' });
    const [event, ...others] = eventsOf(document);
    expect(others).toEqual([]);
    expect(readDocument(document)).toMatchObject({ ok: true, kind: 'EPCISQueryDocument' });
    expect(readEvent(event, document['@context'])).toMatchObject({ ok: true });
    const { recordTime, ...rest } = event as Json;
    const { recordTime: _, '@context': context, ...original } = sent;
    expect(canonicalJson(rest)).toBe(canonicalJson(original));
    expect(recordTime).toMatch(/^20[2-9]\d-.*Z$/);
    expect(eventHash(event as unknown as EpcisEvent, document['@context'])).toBe(eventHash(original as unknown as EpcisEvent, context));
    expect(ids(await ask(coop, { EQ_eventID: String(sent.eventID) }))).toEqual([sent.eventID]);
  });

  it('keeps its own context where the others of a page have different ones', async () => {
    const other = await post(coop, bareEvent(next(), { '@context': [bareEvent(0)['@context'], { zz: 'https://z.example/' }], 'zz:a': 1 }));
    const plain = await post(coop, bareEvent(next()));
    const events = await ask(coop, { EQ_eventID: `${other}|${plain}` });
    expect(events.map((event) => event['@context'])).toEqual([[bareEvent(0)['@context'], { zz: 'https://z.example/' }], bareEvent(0)['@context']]);
  });

  it('is given with its error declarations', async () => {
    const event = bareEvent(next());
    const eventID = await post(coop, event);
    await post(coop, { ...event, errorDeclaration: { declarationTime: '2026-09-02T08:00:00Z', reason: 'incorrect_data' } });
    const both = eventsOf((await read(coop, eventID)).json());
    expect(both.map(({ errorDeclaration }) => errorDeclaration !== undefined)).toEqual([false, true]);
    const found = async (value: string) => (await ask(coop, { EXISTS_errorDeclaration: value, EQ_eventID: eventID })).length;
    expect([await found('true'), await found('false')]).toEqual([1, 2]);
  });

  it('answers in the type asked for, or 406', async () => {
    const ld = await bench.send(coop, 'GET', '/epcis/events?perPage=1', undefined, { accept: 'application/ld+json' });
    expect(ld.headers['content-type']).toMatch(/^application\/ld\+json/);
    const html = await bench.send(coop, 'GET', '/epcis/events', undefined, { accept: 'text/html' });
    expect([html.statusCode, html.json().type]).toEqual([406, 'epcisException:NotAcceptableException']);
    expect((await bench.send(coop, 'OPTIONS', '/epcis/events')).headers.allow).toBe('OPTIONS, GET, POST');
    expect((await bench.send(coop, 'OPTIONS', '/epcis/events/x')).headers.allow).toBe('OPTIONS, GET');
  });
});

describe('filters', () => {
  let asker: Partner;
  const made: Record<string, string> = {};
  beforeAll(async () => {
    asker = await bench.partner('ASKER');
    const common = { eventTimeZoneOffset: '+08:00', '@context': bareEvent(0)['@context'] };
    const day = (n: number) => `2026-09-0${n}T08:00:00+08:00`;
    made.object = await post(asker, { ...common, type: 'ObjectEvent', action: 'ADD', eventTime: day(1), bizStep: 'https://ref.gs1.org/cbv/BizStep-commissioning', epcList: ['urn:epc:id:sgtin:4012345.012345.S1'], bizLocation: { id: 'urn:epc:id:sgln:4012345.00005.0' } });
    made.pack = await post(asker, { ...common, type: 'AggregationEvent', action: 'ADD', eventTime: day(2), bizStep: 'packing', disposition: 'in_progress', parentID: 'urn:epc:id:sscc:4012345.0000000001', childEPCs: ['https://id.gs1.org/01/04012345123456/21/S1'], readPoint: { id: 'urn:example:loc:gate' } });
    made.make = await post(asker, { ...common, type: 'TransformationEvent', eventTime: day(3), bizStep: 'creating_class_instance', transformationID: 'urn:example:xf:1', inputEPCList: ['urn:epc:id:sgtin:4012345.012345.S1'], outputEPCList: ['urn:epc:id:sgtin:4012345.012345.S2'], inputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.012345.L1', quantity: 1 }], outputQuantityList: [{ epcClass: 'urn:example:lot:out', quantity: 1 }] });
    made.ship = await post(asker, { ...common, type: 'ObjectEvent', action: 'OBSERVE', eventTime: day(4), bizStep: 'shipping', disposition: 'in_transit', quantityList: [{ epcClass: 'https://id.gs1.org/01/04012345123456/10/L1', quantity: 5 }] });
    made.own = await post(asker, { ...common, type: 'ObjectEvent', action: 'OBSERVE', eventTime: day(5), bizStep: 'https://example.com/step/sun-drying', quantityList: [{ epcClass: 'urn:example:lot:out', quantity: 5 }] });
  });

  it.each<[Record<string, string>, string[]]>([
    [{ eventType: 'ObjectEvent' }, ['object', 'ship', 'own']],
    [{ eventType: 'AggregationEvent|TransformationEvent' }, ['pack', 'make']],
    [{ EQ_action: 'ADD' }, ['object', 'pack']],
    [{ EQ_bizStep: 'commissioning' }, ['object']],
    [{ EQ_bizStep: 'urn:epcglobal:cbv:bizstep:commissioning' }, ['object']],
    [{ EQ_bizStep: 'https://ref.gs1.org/cbv/BizStep-packing|shipping' }, ['pack', 'ship']],
    [{ EQ_bizStep: 'https://example.com/step/sun-drying' }, ['own']],
    [{ EQ_disposition: 'in_transit' }, ['ship']],
    [{ EQ_readPoint: 'urn:example:loc:gate' }, ['pack']],
    [{ EQ_bizLocation: 'https://id.gs1.org/414/4012345000054' }, ['object']],
    [{ EQ_transformationID: 'urn:example:xf:1' }, ['make']],
    [{ MATCH_epc: 'https://example.cn/01/04012345123456/21/S1' }, ['object', 'pack']],
    [{ MATCH_parentID: 'https://id.gs1.org/00/040123450000000016' }, ['pack']],
    [{ MATCH_inputEPC: 'https://id.gs1.org/01/04012345123456/21/S1' }, ['make']],
    [{ MATCH_outputEPC: 'https://id.gs1.org/01/04012345123456/21/S2' }, ['make']],
    [{ MATCH_anyEPC: 'urn:epc:id:sgtin:4012345.012345.S1' }, ['object', 'pack', 'make']],
    [{ MATCH_epcClass: 'urn:epc:class:lgtin:4012345.012345.L1' }, ['ship']],
    [{ MATCH_inputEPCClass: 'https://id.gs1.org/01/04012345123456/10/L1' }, ['make']],
    [{ MATCH_outputEPCClass: 'urn:example:lot:out' }, ['make']],
    [{ MATCH_anyEPCClass: 'urn:example:lot:out|urn:example:lot:none' }, ['make', 'own']],
    [{ GE_eventTime: '2026-09-02T00:00:00Z', LT_eventTime: '2026-09-04T08:00:00+08:00' }, ['pack', 'make']],
    [{ LT_recordTime: '2020-01-01T00:00:00Z' }, []],
    [{ eventType: 'ObjectEvent', EQ_action: 'OBSERVE', MATCH_epcClass: 'urn:example:lot:out' }, ['own']],
    [{ orderBy: 'eventTime' }, ['own', 'ship', 'make', 'pack', 'object']],
    [{ orderBy: 'eventTime', orderDirection: 'ASC', eventCountLimit: '2' }, ['object', 'pack']],
    [{ orderBy: 'recordTime' }, ['own', 'ship', 'make', 'pack', 'object']],
    [{ maxEventCount: '5' }, ['object', 'pack', 'make', 'ship', 'own']],
  ])('%j', async (parameters, names) => {
    expect(ids(await ask(asker, parameters))).toEqual(names.map((name) => made[name]));
  });

  it('refuse more events than maxEventCount', async () => {
    const answer = await bench.send(asker, 'GET', url({ maxEventCount: '4' }));
    expect([answer.statusCode, answer.json().type]).toEqual([413, 'epcisException:QueryTooLargeException']);
  });

  it('refuse what they do not know, with every fault', async () => {
    const answer = await bench.send(asker, 'GET', '/epcis/events?EQ_action=FOO&EQ_action=ADD&EQ_colour=red&GE_eventTime=x');
    expect([answer.statusCode, answer.json().type]).toEqual([400, 'epcisException:QueryParameterException']);
    expect(answer.json().errors).toHaveLength(3);
  });
});

describe('pages', () => {
  it('lose nothing and repeat nothing while new events come in', async () => {
    const pager = await bench.partner('PAGER');
    const events = Array.from({ length: 25 }, (_, i) => testEvent(next(), { eventTime: `2026-09-0${1 + (i % 3)}T08:00:00Z` }));
    await bench.capture(pager, testDocument(events));
    for (const order of [{}, { orderBy: 'eventTime' }, { orderBy: 'eventTime', orderDirection: 'ASC' }, { orderBy: 'recordTime' }] as Record<string, string>[]) {
      const all = ids(await ask(pager, order));
      const seen: string[] = [];
      for (let page: string | undefined = url({ perPage: '4', ...order }); page !== undefined; ) {
        const answer = await bench.send(pager, 'GET', page);
        seen.push(...ids(eventsOf(answer.json())));
        await post(pager, bareEvent(next(), { eventTime: '2026-09-02T08:00:00Z' }));
        page = /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link))?.[1];
      }
      expect(seen).toEqual(all);
    }
  });

  it('end at eventCountLimit', async () => {
    const first = await bench.send(coop, 'GET', url({ orderBy: 'eventTime', eventCountLimit: '5', perPage: '3' }));
    const link = /^<([^>]+)>/.exec(String(first.headers.link))?.[1] as string;
    const second = await bench.send(coop, 'GET', link);
    expect([eventsOf(first.json()).length, eventsOf(second.json()).length, second.headers.link]).toEqual([3, 2, undefined]);
  });

  it('are refused with the token of another question or asker', async () => {
    const first = await bench.send(coop, 'GET', url({ perPage: '1' }));
    const token = new URL(/^<([^>]+)>/.exec(String(first.headers.link))?.[1] as string, 'http://x').searchParams.get('nextPageToken') as string;
    expect((await bench.send(coop, 'GET', url({ perPage: '2', nextPageToken: token }))).statusCode).toBe(200);
    for (const [who, parameters] of [[coop, { EQ_action: 'ADD' }], [rival, {}]] as const) {
      const answer = await bench.send(who, 'GET', url({ ...parameters, nextPageToken: token }));
      expect([answer.statusCode, answer.json().type]).toEqual([400, 'epcisException:QueryParameterException']);
    }
  });
});

it('answers whatever is asked below 500', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom('EQ_bizStep', 'EQ_readPoint', 'MATCH_anyEPC', 'GE_eventTime', 'LT_recordTime', 'EQ_eventID', 'orderBy', 'perPage', 'nextPageToken', 'eventCountLimit', 'EQ_transformationID', 'x'),
      fc.oneof(fc.string({ unit: 'grapheme' }).map((text) => encodeURIComponent(text)), fc.string({ unit: fc.constantFrom(...'%|&=+*0aZ:/.-') }), fc.constantFrom('%00', '%ff', 'e30', '1e3', '99999999999')),
      async (name, value) => {
        const answers = [await bench.send(coop, 'GET', `/epcis/events?${name}=${value}`), await bench.send(coop, 'GET', `/epcis/events/${value.replaceAll('/', '')}`)];
        for (const { statusCode } of answers) expect(statusCode).toBeLessThan(500);
      },
    ),
    { numRuns: 300 },
  ));

it('is rebuilt byte for byte, erased events included', async () => {
  const owner = await bench.key(coop, ['owner']);
  const lot = `urn:example:lot:${next()}`;
  const erased = await post(coop, bareEvent(next(), {
    '@context': [bareEvent(0)['@context'], { ex: 'https://example.com/ns/' }], bizStep: 'ex:step', 'ex:note': 'a name', quantityList: [{ epcClass: lot, quantity: 1, uom: 'KGM' }],
  }));
  expect(ids(await ask(coop, { EQ_bizStep: 'https://example.com/ns/step' }))).toEqual([erased]);
  const answer = await bench.send(owner, 'POST', `/api/v1/events/${encodeURIComponent(erased)}/erasure`, { reason: 'asked for by the person' });
  expect(answer.statusCode).toBe(201);
  const [kept] = await ask(coop, { MATCH_epcClass: lot });
  expect(kept).toMatchObject({ eventID: erased, quantityList: [{ epcClass: lot }], 'daodi:erased': true });
  expect(JSON.stringify(kept)).not.toContain('a name');
  const rebuilt = await rebuild(bench.dataSource, [traceProjection, ...QUERY_PROJECTIONS], [], 'all');
  const tables = rebuilt.find(({ name }) => name === 'event-index')?.tables ?? [];
  expect(tables.map(({ table, rows }) => [table, rows > 0])).toEqual([['event_term', true], ['event_index', true]]);
  for (const { before, after } of tables) expect(after).toBe(before);
});
