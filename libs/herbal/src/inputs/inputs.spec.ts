import fc from 'fast-check';
import list from '../../../../seeds/input-bans.json';
import { bansOn } from './bans';
import { ingredientsInName } from './ingredients';
import { inputAmount, inputAmountText, inputDifference } from './input-amount';
import { type InputAllowance, type InputUse, judgeUse, plusDays } from './judge-use';
import { showsAbsence } from './residues';

const bans = (ingredients: string[], day: string, name = '某产品') => bansOn(list.bans, { name, ingredients }, day).map(({ ingredient, verified }) => `${ingredient} ${verified}`);

describe('bans', () => {
  it.each([
    ['克百威', '2026-05-31', ['克百威 true']], // 公告199 forbids it on herbs since 2002
    ['灭多威', '2026-05-31', []], ['灭多威', '2026-06-01', ['灭多威 true']],
    ['氧乐果', '2026-05-31', []], ['氧乐果', '2026-06-01', ['氧乐果 true']],
    ['水胺硫磷', '2024-08-31', []], ['水胺硫磷', '2024-09-01', ['水胺硫磷 false']],
    ['乐果', '2026-08-01', ['乐果 false']], ['苦参碱', '2026-08-01', []], ['呋喃丹', '2026-08-01', []],
    [' 灭 多威', '2026-06-01', ['灭多威 true']],
  ])('on %s on %s say %j', (ingredient, day, expected) => expect(bans([ingredient], day)).toEqual(expected));

  it('are read in a product’s name, the longest first, and not where it says that none is in it', () => {
    expect(bans([], '2026-08-01', '3%克百威颗粒剂')).toEqual(['克百威 true']);
    expect(bans([], '2026-05-01', '40%氧乐果乳油')).toEqual([]);
    expect(bans([], '2026-06-01', '40%氧乐果乳油')).toEqual(['氧乐果 true']);
    expect(bans([], '2026-08-01', '丁硫克百威种衣剂')).toEqual(['丁硫克百威 false']);
    expect(bans([], '2026-08-01', '有机肥（不含克百威）')).toEqual([]);
    expect(ingredientsInName('氧乐果·灭多威', ['乐果', '氧乐果', '灭多威'])).toEqual(['氧乐果', '灭多威']);
  });
});

describe('a use', () => {
  const product = { id: 'p', name: '0.3%苦参碱水剂', kind: 'pesticide', ingredients: ['苦参碱'], crops: [{ herb: 'lianqiao', safetyIntervalDays: 14 }, { herb: 'huangqin' }] };
  const sop: InputAllowance = { basis: 'sop', number: 'SOP-7', herb: 'dangshen', ingredients: ['苦参碱'], safetyIntervalDays: 21, from: '2026-03-01', to: '2026-12-31' };
  const use = (more: Partial<InputUse> = {}): InputUse => ({ day: '2026-06-10', herb: 'lianqiao', work: 'plant-protection', name: '苦参碱', product, ...more });
  it.each<[string, Partial<InputUse>, string, string | undefined]>([
    ['registered on this herb', {}, 'registered', '2026-06-24'],
    ['over the end of a year', { day: '2026-12-24' }, 'registered', '2027-01-07'],
    ['over the 29th of February', { day: '2028-02-20' }, 'registered', '2028-03-05'],
    ['registered, and the label’s interval is not known', { herb: 'huangqin' }, 'off-label', undefined],
    ['registered on another herb', { herb: 'huangqi' }, 'off-label', undefined],
    ['allowed by the SOP', { herb: 'dangshen' }, 'allowed', '2026-07-01'],
    ['before the SOP was in force', { herb: 'dangshen', day: '2026-02-28' }, 'off-label', undefined],
    ['on the SOP’s last day', { herb: 'dangshen', day: '2026-12-31' }, 'allowed', '2027-01-21'],
    ['after it', { herb: 'dangshen', day: '2027-01-01' }, 'off-label', undefined],
    ['by the label as typed, without a product on record', { product: undefined, registrationNumber: 'PD1', safetyIntervalDays: 7 }, 'registered', '2026-06-17'],
    ['typed without a registration', { product: undefined, safetyIntervalDays: 7 }, 'off-label', undefined],
    ['typed without an interval', { product: undefined, registrationNumber: 'PD1' }, 'off-label', undefined],
    ['an interval typed does not make good what the product’s label does not say', { herb: 'huangqi', registrationNumber: 'PD1', safetyIntervalDays: 7 }, 'off-label', undefined],
    ['manure', { product: undefined, work: 'fertilising' }, 'no-pesticide', undefined],
    ['fertiliser sprayed on leaves', { product: { ...product, kind: 'fertiliser' } }, 'no-pesticide', undefined],
    ['seed dressing', { product: { ...product, kind: 'seed-dressing', crops: [] } }, 'off-label', undefined],
    ['an unknown herb', { herb: undefined }, 'off-label', undefined],
  ])('%s', (_, more, standing, earliest) => {
    const judged = judgeUse(use(more), [sop], list.bans);
    expect([judged.standing, judged.earliestHarvest]).toEqual([standing, earliest]);
  });

  it('of two ingredients is allowed only where both are', () => {
    const both = { ...product, ingredients: ['苦参碱', '印楝素'] };
    expect(judgeUse(use({ herb: 'dangshen', product: both }), [sop], []).standing).toBe('off-label');
    expect(judgeUse(use({ herb: 'dangshen', product: both }), [{ ...sop, ingredients: ['印楝素', '苦参碱'] }], []).standing).toBe('allowed');
  });

  it('is banned whatever the product calls itself', () => {
    const disguised = { ...product, kind: 'fertiliser', ingredients: [], name: '3%克百威颗粒肥' };
    expect(judgeUse(use({ product: disguised, name: '肥料' }), [], list.bans).bans.map(({ ingredient }) => ingredient)).toEqual(['克百威']);
  });

  it('on a day nobody can read, or for ever, is never harvestable', () => {
    expect([plusDays('12026-01-01', 3), plusDays('2026-01-01', 1e9), plusDays('2026-01-01', 0)]).toEqual(['9999-12-31', '9999-12-31', '2026-01-01']);
  });

  it('is never harvestable sooner for a longer interval', () => {
    fc.assert(fc.property(fc.nat(1000), fc.nat(1000), fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }), (a, b, date) => {
      const day = date.toISOString().slice(0, 10);
      expect(plusDays(day, Math.min(a, b)) <= plusDays(day, Math.max(a, b))).toBe(true);
    }));
  });
});

describe('what was bought', () => {
  const out = (day: string, amount: number) => ({ day, amount: BigInt(amount) });
  it.each([
    ['used up', 10, [out('06-01', 6), out('06-09', 4)], undefined, 0],
    ['some must be left, nobody counted', 10, [out('06-01', 6)], undefined, 0],
    ['more used than bought', 10, [out('06-01', 6), out('06-09', 5)], undefined, 1],
    ['counted', 10, [out('06-01', 6)], out('06-30', 4), 0],
    ['two missing', 10, [out('06-01', 6)], out('06-30', 2), -2],
    ['one too many on the shelf', 10, [out('06-01', 6)], out('06-30', 5), 1],
    ['used after the count', 10, [out('06-01', 6), out('07-01', 4)], out('06-30', 4), 0],
    ['used more after the count than it found', 10, [out('06-01', 4), out('07-01', 5)], out('06-30', 6), 0],
    ['used more after it than was left', 10, [out('06-01', 6), out('07-01', 5)], out('06-30', 4), 1],
    ['used on the day of the count, after it', 10, [out('06-30', 6)], out('06-30', 10), 0],
    ['used on the day of the count, before it', 10, [out('06-30', 6)], out('06-30', 4), 0],
  ])('%s', (_, bought, outs, count, expected) => expect(inputDifference(BigInt(bought), outs, count)).toBe(BigInt(expected)));

  it('is exact in any unit', () => {
    expect([inputAmount('0.5', 'LTR'), inputAmount(500, 'MLT')].map((read) => read?.amount)).toEqual([500_000n, 500_000n]);
    expect(inputAmount('0.0001', 'MGM')).toBeUndefined();
    expect([inputAmount('1', 'XXX'), inputAmount(undefined, 'KGM')]).toEqual([undefined, undefined]);
    expect([inputAmountText(500_000n), inputAmountText(-12_000_000n), inputAmountText(0n)]).toEqual(['0.5', '-12', '0']);
  });
});

describe('a line of a report', () => {
  it.each<[string, Parameters<typeof showsAbsence>[0], boolean]>([
    ['未检出 with its limit of quantification', { test: '苦参碱', value: '未检出（<0.01）', unit: 'mg/kg' }, true],
    ['未检出, limit of quantification beside it', { test: '苦参碱残留量', value: '未检出', limitText: 'LOQ 0.01 mg/kg' }, true],
    ['未检出 as an analyte of a test of many, with its limit of quantification', { test: '农药残留', analyte: '苦参碱', value: '未检出', loq: '0.01', unit: 'mg/kg', limitText: '≤0.05' }, true],
    ['未检出, looked for more coarsely than the limit', { test: '苦参碱', value: '未检出', loq: '0.1', unit: 'mg/kg', limitText: '≤0.05' }, false],
    ['未检出, its limit of quantification in another unit', { test: '苦参碱', value: '未检出', loq: '10 μg/kg', unit: 'mg/kg' }, false],
    ['a bare 未检出', { test: '苦参碱', value: '未检出', unit: 'mg/kg' }, false],
    ['ND with nothing', { test: '苦参碱', value: 'ND' }, false],
    ['below what can be quantified', { test: '苦参碱', value: '＜0.01', unit: 'mg/kg' }, true],
    ['below something above the limit', { test: '苦参碱', value: '<0.5', limitText: '0.05' }, false],
    ['below the limit', { test: '苦参碱', value: '0.02', unit: 'mg/kg', limitText: '不得过0.05 mg/kg' }, true],
    ['at the limit', { test: '苦参碱', value: '0.050', unit: 'mg/kg', limitText: '≤0.05mg/kg' }, true],
    ['above the limit', { test: '苦参碱', value: '0.051', unit: 'mg/kg', limitText: '≤0.05mg/kg' }, false],
    ['in another unit than its limit', { test: '苦参碱', value: '0.02', unit: '%', limitText: '≤0.05mg/kg' }, false],
    ['a number without a limit', { test: '苦参碱', value: '0.02', unit: 'mg/kg' }, false],
    ['another ingredient', { test: '氧化苦参碱', value: '<0.01' }, false],
    ['what the laboratory failed', { test: '苦参碱', value: '<0.01', verdict: 'fail' }, false],
    ['a word', { test: '苦参碱', value: '符合规定' }, false],
  ])('%s', (_, item, expected) => expect(showsAbsence(item, '苦参碱')).toBe(expected));
});
