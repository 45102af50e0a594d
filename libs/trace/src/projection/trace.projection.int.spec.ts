import { randomUUID } from 'node:crypto';
import { GroupAppender, LOG_MIGRATIONS, rebuild } from '@daodi/log';
import { createDataSource, freshDatabase, type FreshDatabase } from '@daodi/platform';
import type { DataSource } from 'typeorm';
import { TRACE_MIGRATIONS } from '../migrations';
import { traceProjection } from './trace.projection';
import { REGISTRY_MIGRATIONS } from '@daodi/registry';

const A = randomUUID();
const B = randomUUID();
const T = (n: number): string => `2026-08-${String(n).padStart(2, '0')}T08:00:00.000000Z`;

let database: FreshDatabase;
let dataSource: DataSource;
let appender: GroupAppender;
beforeEach(async () => {
  database = await freshDatabase([...LOG_MIGRATIONS, ...REGISTRY_MIGRATIONS, ...TRACE_MIGRATIONS]);
  dataSource = await createDataSource({ url: database.serviceUrl }).initialize();
  appender = new GroupAppender(dataSource, { projections: [traceProjection], ring: () => undefined });
});
afterEach(async () => {
  await dataSource.destroy();
  await database.drop();
});

async function said(org: string, body: Record<string, unknown>, eventId = randomUUID()) {
  return appender.append({
    decide: () => [{
      kind: 'event', type: String(body['type']), organisationId: org, actor: { kind: 'system', id: org }, provenance: 'epcis',
      requestId: randomUUID(), eventId, eventTime: String(body['eventTime']), eventOffset: '+08:00', capturedTime: T(1), context: null, body,
    }],
    respond: (stored) => ({ status: 201, body: stored.length }),
  });
}
const kg = (epcClass: string, quantity: number) => ({ epcClass, quantity, uom: 'KGM' });
const lot = 'urn:example:lot:1';

it('folds a harvest, a drying and a sale', async () => {
  await said(A, { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: T(1), quantityList: [kg(lot, 100)] });
  await said(A, { type: 'TransformationEvent', eventTime: T(2), inputQuantityList: [kg(lot, 100)], outputQuantityList: [kg('urn:example:lot:2', 30)] });
  await said(A, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling', eventTime: T(3), quantityList: [kg('urn:example:lot:2', 10.5)] });
  const rows = await dataSource.query(`SELECT i.canonical, h.state, h.quantity, h.overdrawn FROM holding h JOIN node n ON n.id=h.node JOIN identifier i ON i.id = n.identifier`);
  expect(rows).toEqual([{ canonical: 'urn:example:lot:2', state: 'available', quantity: '19500000', overdrawn: '0' }]);
});
it('keeps a rival out', async () => {
  await said(A, { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: T(1), quantityList: [kg(lot, 100)] });
  await said(B, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling', eventTime: T(3), quantityList: [kg(lot, 10.5)] });
  const rows = await dataSource.query(`SELECT h.org, h.quantity, h.overdrawn FROM holding h ORDER BY quantity`);
  expect(rows).toEqual([{ org: B, quantity: '0', overdrawn: '10500000' }, { org: A, quantity: '100000000', overdrawn: '0' }]);
});

it('says the same after a rebuild of a lot of which many claims came before its owner spoke', async () => {
  const epc = 'urn:epc:class:lgtin:9521234.100001.L1';
  await dataSource.query(
    `INSERT INTO organisation (id, code, name, type, region, gs1_prefix, since_position) VALUES ($1, 'A', 'A', 'cooperative', '141026', '9521234', -1)`, [A]);
  const sell = (minute: number, line: object) => ({ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling', eventTime: `2026-08-01T08:${String(minute % 60).padStart(2, '0')}:00.000000Z`, quantityList: [line] });
  for (let n = 0; n < 70; n++) await said(B, sell(n, kg(epc, 1)));
  await said(A, { ...sell(0, { epcClass: epc, quantity: 5 }), eventTime: T(2) });
  await said(A, { ...sell(0, { epcClass: epc, quantity: 2 }), eventTime: T(3) });
  expect(await dataSource.query('SELECT unit, owed FROM node')).toEqual([{ unit: 'pcs', owed: '7' }]);
  const [trace] = await rebuild(dataSource, [traceProjection], [], 'trace');
  for (const { table, before, after } of trace?.tables ?? []) expect([table, after]).toEqual([table, before]);
});
