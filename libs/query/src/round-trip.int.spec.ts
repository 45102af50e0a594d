import { bareEvent, EpcisBench, type Partner } from '@daodi/capture';
import { canonicalJson } from '@daodi/epcis';
import { historyFollower, TRACE_MIGRATIONS, traceProjection } from '@daodi/trace';
import fc from 'fast-check';
import { QUERY_MIGRATIONS, QUERY_PROJECTIONS, QueryModule } from './index';

/** Odd but readable events, through everything that is written when an event is stored. */
let bench: EpcisBench;
let coop: Partner;
beforeAll(async () => {
  bench = await EpcisBench.open({
    modules: [QueryModule], migrations: [...TRACE_MIGRATIONS, ...QUERY_MIGRATIONS], projections: [traceProjection, ...QUERY_PROJECTIONS], followers: [historyFollower],
  });
  coop = await bench.partner('COOP');
});
afterAll(() => bench.close());

const epc = fc.constantFrom('urn:epc:id:sgtin:4012345.012345.S1', 'urn:epc:id:sscc:4012345.0000000001', 'urn:epc:id:sscc:4012345.0001', 'urn:example:one', 'https://example.com/b/7K3QX9ZD', 'urn:𠮿:连翘', `urn:example:${'x'.repeat(1_900)}`);
const lot = fc.constantFrom('urn:epc:class:lgtin:4012345.012345.L1', 'https://id.gs1.org/01/04012345123456/10/L1', 'urn:example:lot', 'https://example.com/b/7K3QX9ZD/s/ABC');
const quantity = fc.record({ epcClass: lot, quantity: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()), uom: fc.constantFrom('KGM', 'GRM', 'LTR', 'XYZ', '') }, { requiredKeys: ['epcClass'] });
const epcs = fc.uniqueArray(epc, { maxLength: 3 });
const quantities = fc.uniqueArray(quantity, { maxLength: 3, selector: ({ epcClass }) => epcClass });
const time = fc.constantFrom('2026-09-01T08:30:00.1234567+08:00', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.9999999-00:00', '2026-02-28T23:59:59-14:00', '9999-12-31T23:59:59-14:00');
const party = fc.constantFrom('urn:daodi:org:COOP', 'urn:daodi:org:NONE', 'urn:epc:id:pgln:4012345.00005');
const common = {
  eventTime: time, eventTimeZoneOffset: fc.constantFrom('+08:00', '-14:00'), eventID: fc.uuid().map((id) => `urn:uuid:${id}`),
  bizStep: fc.constantFrom('shipping', 'receiving', 'stock_taking', 'void_shipping', 'sampling', 'destroying', 'https://ref.gs1.org/cbv/BizStep-storing', 'https://example.com/step', ''),
  readPoint: fc.record({ id: fc.constantFrom('urn:epc:id:sgln:4012345.00005.0', `urn:example:${'地'.repeat(600)}`) }),
  bizLocation: fc.record({ id: fc.constantFrom('urn:example:loc', 'https://id.gs1.org/414/4012345000054') }),
  sourceList: fc.array(fc.record({ type: fc.constantFrom('owning_party', 'possessing_party'), source: party }), { maxLength: 2 }),
  destinationList: fc.array(fc.record({ type: fc.constantFrom('owning_party', 'possessing_party', 'location'), destination: party }), { maxLength: 2 }),
  'daodi:receipt': fc.oneof(fc.jsonValue(), fc.record({ accepted: quantities, rejected: quantities, short: quantities })),
  'daodi:adjustment': fc.oneof(fc.constantFrom('gain', 'loss'), fc.jsonValue()),
  'daodi:losses': fc.jsonValue(),
  errorDeclaration: fc.constant({ declarationTime: '2026-09-02T00:00:00Z' }),
};
const needed = ['eventTime', 'eventTimeZoneOffset'] as const;
const action = fc.constantFrom('ADD', 'OBSERVE', 'DELETE');
const event = fc.oneof(
  fc.record({ ...common, type: fc.constant('ObjectEvent'), action, epcList: epcs, quantityList: quantities, ilmd: fc.record({ 'cbvmda:lotNumber': fc.string(), 'daodi:ofBatch': lot }, { requiredKeys: [] }) }, { requiredKeys: ['type', 'action', ...needed] }),
  fc.record({ ...common, type: fc.constant('AggregationEvent'), action, parentID: epc, childEPCs: epcs, childQuantityList: quantities }, { requiredKeys: ['type', 'action', ...needed] }),
  fc.record({ ...common, type: fc.constant('TransformationEvent'), inputEPCList: epcs, outputEPCList: epcs, inputQuantityList: quantities, outputQuantityList: quantities, transformationID: fc.constantFrom('urn:example:xf', '') }, { requiredKeys: ['type', ...needed] }),
  fc.record({ ...common, type: fc.constant('AssociationEvent'), action, parentID: epc, childEPCs: epcs }, { requiredKeys: ['type', 'action', 'parentID', ...needed] }),
  fc.record({ ...common, type: fc.constant('TransactionEvent'), action, parentID: epc, epcList: epcs, bizTransactionList: fc.constant([{ bizTransaction: 'urn:example:po:1' }]) }, { requiredKeys: ['type', 'action', 'bizTransactionList', ...needed] }),
);
const context = [bareEvent(0)['@context'], { daodi: 'https://example.com/daodi/' }];

it('gives back what it took, and refuses the rest below 500', async () => {
  let taken = 0;
  const roundTrip = async (body: Readonly<Record<string, unknown>>): Promise<void> => {
    const answer = await bench.send(coop, 'POST', '/epcis/events', { '@context': context, ...body });
    expect([200, 201, 400, 409]).toContain(answer.statusCode);
    if (answer.statusCode !== 201) return;
    taken += 1;
    const read = await bench.send(coop, 'GET', String(answer.headers.location));
    expect(read.statusCode).toBe(200);
    const events = read.json().epcisBody.queryResults.resultsBody.eventList.map(({ recordTime: _, ...rest }: Record<string, unknown>) => canonicalJson(rest));
    expect(events).toContain(canonicalJson({ ...body, eventID: answer.json().eventID }));
  };
  await fc.assert(fc.asyncProperty(event, roundTrip), { numRuns: 300 });
  expect(taken).toBeGreaterThan(30);
});
