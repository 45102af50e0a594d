import { TraceBench } from '../testing';
import { descentOf } from './descent-of';

const kg = (lot: string, quantity: number) => ({ epcClass: `urn:example:lot:${lot}`, quantity, uom: 'KGM' });
const uri = (lot: string): string => kg(lot, 0).epcClass;
let minute = 0;
const at = (body: Record<string, unknown>): Record<string, unknown> =>
  ({ eventTime: `2026-08-20T00:${String(minute++).padStart(2, '0')}:00Z`, eventTimeZoneOffset: '+08:00', ...body });
const made = (lot: string, quantity: number) => at({ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: [kg(lot, quantity)] });
const takenIn = (lot: string, quantity: number) => at({ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', quantityList: [kg(lot, quantity)], 'daodi:intake': { means: 'purchase' } });
const mix = (inputs: object[], outputs: object[]) => at({ type: 'TransformationEvent', inputQuantityList: inputs, outputQuantityList: outputs });

describe('the composition of a trace', () => {
  let bench: TraceBench;
  let org: string;
  beforeEach(async () => {
    bench = await TraceBench.open();
    org = await bench.organisation('TRADER');
  });
  afterEach(() => bench.close());

  it('says of goods from outside: declared, not proven, and how many kilograms', async () => {
    await bench.say(org, takenIn('bought', 60));
    await bench.say(org, made('own', 40));
    await bench.say(org, mix([kg('bought', 30), kg('own', 10)], [kg('mix', 38)]));
    const { complete, gaps, composition } = await bench.trace(org, uri('mix'), 'back');
    expect(complete).toBe(false);
    expect(gaps).toEqual([{ at: uri('bought'), reason: 'declared', quantity: 60, uom: 'KGM' }]);
    expect(composition).toEqual({
      state: 'determined',
      parts: [{ proof: 'declared', places: [], share: '1', percent: '100.0', quantity: 38, uom: 'KGM', roots: [uri('bought'), uri('own')] }],
      claims: { proven: false, certificates: [] },
      declared: {
        share: '1', percent: '100.0', quantity: 38, uom: 'KGM',
        roots: [{ at: uri('bought'), share: '0.75', quantity: 28.5, uom: 'KGM' }, { at: uri('own'), share: '0.25', quantity: 9.5, uom: 'KGM' }],
      },
    });
  });

  it('cannot say it where the book of a part owes, and says what part that is', async () => {
    await bench.say(org, takenIn('a', 50));
    await bench.say(org, takenIn('b', 10));
    await bench.say(org, mix([kg('a', 30), kg('b', 20)], [kg('mix', 50)]));
    const { composition } = await bench.trace(org, uri('mix'), 'back');
    expect(composition).toMatchObject({ state: 'undetermined', claims: { proven: false } });
    expect(composition?.parts.map(({ proof, percent, roots }) => [proof, percent, roots])).toEqual([['declared', '60.0', [uri('a')]], ['undetermined', '40.0', [uri('b')]]]);
  });

  it('calls unknown what is claimed only', async () => {
    const other = await bench.organisation('OTHER', '9521234');
    const theirs = { epcClass: 'urn:epc:class:lgtin:9521234.100001.L1', quantity: 10, uom: 'KGM' };
    await bench.say(other, at({ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: [theirs] }));
    await bench.say(org, takenIn('a', 10));
    await bench.say(org, mix([kg('a', 10), theirs], [kg('mix', 20)]));
    const { composition } = await bench.trace(org, uri('mix'), 'back');
    expect(composition?.parts.map(({ proof, percent }) => [proof, percent])).toEqual([['declared', '50.0'], ['unknown', '50.0']]);
  });

  it('weighs what was made in two steps by what came of each, and what was taken in besides', async () => {
    await bench.say(org, takenIn('a', 30));
    await bench.say(org, takenIn('lot', 20));
    await bench.say(org, mix([kg('a', 30)], [kg('lot', 20)]));
    const { composition } = await bench.trace(org, uri('lot'), 'back');
    expect(composition?.declared?.roots).toEqual([
      { at: uri('a'), share: '0.5', quantity: 20, uom: 'KGM' }, { at: uri('lot'), share: '0.5', quantity: 20, uom: 'KGM' },
    ]);
  });
});

it.each([[2031, 2026], [2024, 2024], [undefined, 2026]])('a harvest of 2026 that names %s is of %s: no harvest is of a year still to come', (named, year) => {
  const harvest = { from: 'crop', to: 'fresh', kind: 'transformation', hub: '1', made: () => 1n, time: '2026-08-20T01:30:00.000Z', position: '1', groundless: false } as const;
  const { makings } = descentOf([harvest], new Map([['crop', { isCrop: true, takenIn: 0n }]]), new Map(), new Map(named === undefined ? [] : [['1', named]]), new Map());
  expect(makings.get('fresh')).toEqual([{ made: undefined, parts: [{ of: `crop ${year}`, amount: undefined }] }]);
});
