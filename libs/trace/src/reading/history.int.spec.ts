import { catchUp, rebuild } from '@daodi/log';
import { TraceBench } from '../testing';
import { historyFollower } from './history.follower';

/** Who may read ancestors is a function of the log: however the follower got there, a rebuild finds nothing else. */

const at = (minute: number): string => `2026-08-01T00:${String(minute).padStart(2, '0')}:00Z`;
const kg = (epcClass: string, quantity: number) => ({ epcClass, quantity, uom: 'KGM' });
const make = (minute: number, lot: string) => ({ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: at(minute), quantityList: [kg(lot, 10)] });
const use = (minute: number, lot: string, ...out: string[]) => ({ type: 'TransformationEvent', eventTime: at(minute), inputQuantityList: [kg(lot, 5)], outputQuantityList: out.map((o) => kg(o, 1)) });
const move = (bizStep: string, minute: number, lot: string, from: string, to: string) => ({
  type: 'ObjectEvent', action: 'OBSERVE', bizStep, eventTime: at(minute), quantityList: [kg(lot, 1)],
  sourceList: [{ type: 'possessing_party', source: `urn:daodi:org:${from}` }], destinationList: [{ type: 'possessing_party', destination: `urn:daodi:org:${to}` }],
});
const lot = (name: string): string => `urn:example:lot:${name}`;

let bench: TraceBench;
let a: string;
let b: string;
beforeEach(async () => {
  bench = await TraceBench.open();
  [a, b] = [await bench.organisation('A'), await bench.organisation('B')];
  await bench.organisation('C');
});
afterEach(() => bench.close());

const say = async (org: string, ...events: Record<string, unknown>[]): Promise<void> => {
  for (const event of events) {
    await bench.say(org, event);
    await catchUp(bench.dataSource, historyFollower);
  }
};

/** `reader canonical`, for every pair of the follower; `?` where the thing is gone. */
async function history(): Promise<string[]> {
  const rows: { code: string; canonical: string | null }[] = await bench.dataSource.query(
    `SELECT o.code, i.canonical FROM reader_history r JOIN organisation o ON o.id = r.organisation_id
       LEFT JOIN node n ON n.id = r.node LEFT JOIN identifier i ON i.id = n.identifier ORDER BY 1, 2`,
  );
  return rows.map(({ code, canonical }) => `${code} ${canonical ?? '?'}`);
}

async function expectRebuiltAlike(): Promise<void> {
  const before = await history();
  const [rebuilt] = await rebuild(bench.dataSource, [], [historyFollower], historyFollower.name);
  expect(await history()).toEqual(before);
  for (const { before: old, after } of rebuilt?.tables ?? []) expect(after).toBe(old);
}

it('leaves a reader its history when something else that came of the same ancestor is corrected', async () => {
  const wrong = { ...make(0, lot('other')), eventID: 'urn:uuid:11111111-1111-4111-8111-111111111111' };
  await say(a, make(0, lot('root')), use(1, lot('root'), lot('sold')), move('shipping', 2, lot('sold'), 'A', 'C'));
  await say(a, wrong, { ...use(3, lot('other'), lot('mixed')), inputQuantityList: [kg(lot('root'), 1), kg(lot('other'), 1)] });
  expect(await history()).toContain(`C ${lot('root')}`);
  await say(a, { ...wrong, errorDeclaration: { declarationTime: at(9) } });
  expect(await history()).toContain(`C ${lot('root')}`);
  await expectRebuiltAlike();
});

it('takes back what was read of a thing that turned out to be another', async () => {
  await say(b, move('receiving', 2, lot('root'), 'A', 'B'), use(3, lot('root'), lot('made')), move('shipping', 4, lot('made'), 'B', 'C'));
  await say(a, move('shipping', 1, lot('root'), 'A', 'B'));
  expect(await history()).not.toContain('C ?');
  await expectRebuiltAlike();
});

it('takes back what was read by who turned out to have made another thing of that name', async () => {
  await say(a, make(0, lot('first')), use(1, lot('first'), lot('root')), move('shipping', 2, lot('root'), 'A', 'B'));
  await say(b, move('receiving', 3, lot('root'), 'A', 'B'), move('shipping', 4, lot('root'), 'B', 'C'));
  expect(await history()).toContain(`C ${lot('first')}`);
  await say(b, make(0, lot('root')));
  expect(await history()).not.toContain(`C ${lot('first')}`);
  await expectRebuiltAlike();
});

it('spreads to ancestors once a code is issued to who spoke of it before', async () => {
  const uri = 'https://daodi.example/b/0123456789T';
  await bench.record(a, 'public-url', { host: 'daodi.example' });
  await say(a, make(0, lot('root')), use(1, lot('root'), uri), move('shipping', 2, uri, 'A', 'C'));
  await bench.record(a, 'batch', { code: '0123456789T', uri, kind: 'batch' });
  await catchUp(bench.dataSource, historyFollower);
  expect(await history()).toContain(`C ${lot('root')}`);
  await expectRebuiltAlike();
});

it('judges anew what stands under a prefix that its organisation gave back', async () => {
  const epc = 'urn:epc:class:lgtin:9521234.100001.L1';
  const licensed = await bench.organisation('LICENSED', '9521234');
  await say(licensed, make(0, lot('root')), use(1, lot('root'), epc), move('shipping', 2, epc, 'LICENSED', 'C'));
  await say(b, make(0, epc));
  expect(await bench.holdings(epc)).toEqual(['C transit 1000000 0']);
  await bench.dataSource.query('UPDATE organisation SET gs1_prefix = NULL WHERE id = $1', [licensed]);
  await bench.record(licensed, 'organisation', { code: 'LICENSED' }, { code: 'LICENSED', gs1Prefix: '9521234' });
  await catchUp(bench.dataSource, historyFollower);
  expect(await bench.holdings(epc)).toEqual(['B available 10000000 0', 'C transit 1000000 0']);
  expect(await history()).toContain(`C ${lot('root')}`);
  await expectRebuiltAlike();
});
