import { judgeFamilies } from './judge-families';
import { judgeByStandard } from './judge-standard';
import type { DemandedItem, GoodsToJudge, ReportedItem, ReportToJudge, StandardFamily, StandardVerdict, Verdict } from './verdict';

const demand = (id: string, test: string, direction: DemandedItem['direction'], limitText: string, unit: string | undefined, more: Partial<DemandedItem> = {}): DemandedItem =>
  ({ id, test, direction, limitText, unit, confirmed: true, ...more });
const line = (test: string, value: string, unit?: string, more: Partial<ReportedItem> = {}): ReportedItem => ({ test, value, unit, ...more });

/** A standard made up for these tests, of the shape of one for 连翘. */
const ITEMS: readonly DemandedItem[] = [
  demand('L1', '性状', 'conforms', '应符合规定', undefined),
  demand('L2', '水分', 'max', '10.0', '%'),
  demand('L3', '重金属及有害元素', 'max', '5', 'mg/kg', { analyte: 'Pb' }),
  demand('L4', '含量测定', 'min', '3.5', '%', { analyte: '连翘酯苷A', grade: '青翘' }),
  demand('L5', '含量测定', 'min', '0.25', '%', { analyte: '连翘酯苷A', grade: '老翘' }),
];
const GOOD: readonly ReportedItem[] = [line('性状', '符合规定'), line('水分', '8.1', '%'), line('铅(Pb)', '1.2', 'mg/kg'), line('连翘酯苷A', '3.62', '%')];
const judge = (items: readonly DemandedItem[], lines: readonly (readonly ReportedItem[])[] | readonly ReportToJudge[], goods: GoodsToJudge = { grade: '青翘' }): StandardVerdict =>
  judgeByStandard({ id: 'S', version: '3', family: 'pharmacopoeia', items }, lines.map((one, i) => ('id' in one ? one : { id: `R${i + 1}`, items: one })), goods);
const reasons = ({ items }: StandardVerdict): string[] => items.map(({ limit, reason }) => `${limit} ${reason}`);

describe('a standard', () => {
  it('passes only where every item it demands is there and passes', () => {
    expect(judge(ITEMS, [GOOD])).toMatchObject({ verdict: 'pass', missing: [], version: '3', standing: 'statutory' });
    for (let without = 0; without < GOOD.length; without += 1) {
      const judged = judge(ITEMS, [GOOD.filter((_, i) => i !== without)]);
      expect([judged.verdict, judged.missing.length]).toEqual(['undetermined', 1]);
    }
  });
  it('is failed by one item, whatever is missing beside it', () => {
    expect(judge(ITEMS, [[line('水分', '12.0', '%')]])).toMatchObject({ verdict: 'fail', missing: [{ test: '性状' }, { test: '重金属及有害元素', analyte: 'Pb' }, { test: '含量测定', analyte: '连翘酯苷A' }] });
  });
  it('that demands nothing passes nothing, and no report passes no standard', () => {
    expect(judge([], [GOOD]).verdict).toBe('undetermined');
    expect(judge(ITEMS, []).verdict).toBe('undetermined');
  });
  it('with one limit nobody confirmed is undetermined, and says which', () => {
    const judged = judge(ITEMS.map((item) => (item.id === 'L2' ? { ...item, confirmed: false } : item)), [GOOD]);
    expect(judged.verdict).toBe('undetermined');
    expect(reasons(judged)).toContain('L2 limit-not-confirmed');
  });
  it('lists what is missing though its limit is not confirmed', () => {
    expect(judge([{ ...(ITEMS[1] as DemandedItem), confirmed: false }], [[]]).missing).toEqual([{ test: '水分' }]);
  });
});

describe('grades', () => {
  const old = [...GOOD.slice(0, 3), line('连翘酯苷A', '0.62', '%')];
  it('青翘 is not judged by the limit of 老翘', () => {
    expect(judge(ITEMS, [old], { grade: '青翘' }).verdict).toBe('fail');
    expect(judge(ITEMS, [old], { grade: '老翘' }).verdict).toBe('pass');
  });
  it('a grade that is not known chooses none, least of all the lenient one', () => {
    for (const [grade, reason] of [[undefined, 'grade-missing'], ['', 'grade-missing'], ['统货', 'grade-unknown']] as const) {
      const judged = judge(ITEMS, [GOOD], { grade });
      expect([judged.verdict, reasons(judged).at(-1)]).toEqual(['undetermined', `L4 ${reason}`]);
    }
  });
  it('a report of another grade says nothing about these goods', () => {
    expect(reasons(judge(ITEMS, [{ id: 'R', items: GOOD, grade: '老翘' }])).at(-1)).toBe('L4 grade-conflict');
    expect(judge(ITEMS, [{ id: 'R', items: GOOD, grade: '青翘' }]).verdict).toBe('pass');
  });
  it('without limits by grade the grade does not matter', () => {
    expect(judge(ITEMS.slice(0, 3), [GOOD], {}).verdict).toBe('pass');
  });
});

describe('which line is which item', () => {
  const one = (item: DemandedItem, ...lines: ReportedItem[]): string => {
    const [judged] = judge([item], [lines]).items;
    return `${judged?.verdict} ${judged?.reason}`;
  };
  const lead = ITEMS[2] as DemandedItem;
  const sulphur = demand('S', '二氧化硫残留量', 'max', '150', 'mg/kg', { analyte: 'SO2' });
  const assay = demand('A', '含量测定', 'min', '0.15', '%', { analyte: '连翘苷' });
  it.each([
    ['铅', lead, [line('铅', '1.2', 'mg/kg')]], ['Pb', lead, [line('Pb', '1.2', 'mg/kg')]], ['pb', lead, [line('pb', '1.2', 'mg/kg')]], ['full-width Ｐｂ', lead, [line('Ｐｂ', '1.2', 'mg/kg')]],
    ['铅(以Pb计)', lead, [line('铅（以Pb计）', '1.2', 'mg/kg')]], ['总铅', lead, [line('总铅', '1.2', 'mg/kg')]], ['重金属 with 铅', lead, [line('重金属', '1.2', 'mg/kg', { analyte: '铅' })]],
    ['重金属及有害元素(铅)', lead, [line('重金属及有害元素(铅)', '1.2', 'mg/kg')]], ['Lead', lead, [line('Lead', '1.2', 'mg/kg')]],
    ['SO₂', sulphur, [line('SO₂', '12', 'mg/kg')]], ['二氧化硫', sulphur, [line('二氧化硫', '12', 'mg/kg')]], ['二氧化硫残留量', sulphur, [line('二氧化硫残留量', '12', 'mg/kg')]],
    ['连翘苷', assay, [line('连翘苷', '0.16', '%')]], ['连翘苷含量', assay, [line('连翘苷含量', '0.16', '%')]], ['含量测定（连翘苷）', assay, [line('含量测定（连翘苷）', '0.16', '%')]],
    ['含量测定：连翘苷', assay, [line('含量测定：连翘苷', '0.16', '%')]], ['含量 with the analyte beside', assay, [line('含量', '0.16', '%', { analyte: '连翘苷' })]],
    ['Water', ITEMS[1] as DemandedItem, [line('Water', '8.1', '%')]], ['水 分 with a blank', ITEMS[1] as DemandedItem, [line('水 分', '8.1', '%')]],
  ])('is found as %s', (_name, item, lines) => expect(one(item, ...lines)).toBe('pass within-limit'));
  it.each([
    ['another analyte', assay, [line('连翘酯苷A', '0.16', '%')], 'item-missing'],
    ['an assay that does not say of what', assay, [line('含量测定', '0.16', '%')], 'analyte-unknown'],
    ['heavy metals that do not say which', lead, [line('重金属', '1.2', 'mg/kg')], 'analyte-unknown'],
    ['a name that is nearly it', assay, [line('连翘甙', '0.16', '%')], 'item-missing'],
    ['干燥失重, which is not 水分', ITEMS[1] as DemandedItem, [line('干燥失重', '8.1', '%')], 'item-missing'],
    ['酸不溶性灰分, which is not 总灰分', demand('H', '总灰分', 'max', '4.0', '%'), [line('酸不溶性灰分', '1.0', '%')], 'item-missing'],
    ['灰分, which may be either', demand('H', '总灰分', 'max', '4.0', '%'), [line('灰分', '1.0', '%')], 'item-missing'],
    ['mercury for lead', lead, [line('Hg', '0.01', 'mg/kg')], 'item-missing'],
    ['two lines', ITEMS[1] as DemandedItem, [line('水分', '8.1', '%'), line('水分', '8.3', '%')], 'ambiguous-match'],
    ['two lines under two names, one of them too much', ITEMS[1] as DemandedItem, [line('水分', '8.1', '%'), line('moisture', '12.3', '%')], 'ambiguous-match'],
    ['a sum for one of its parts', assay, [line('连翘苷+连翘酯苷A', '3.9', '%')], 'item-missing'],
  ])('is not found as %s', (_name, item, lines, reason) => expect(one(item, ...lines)).toBe(`undetermined ${reason}`));
  it('two lines that both fail are a fail', () => {
    expect(one(ITEMS[1] as DemandedItem, line('水分', '12.1', '%'), line('水分', '12.3', '%'))).toBe('fail outside-limit');
  });
  it('a bare name that two items of the standard could have is neither', () => {
    const dissolution = demand('D', '溶出度', 'min', '0.10', '%', { analyte: '连翘苷' });
    expect(reasons(judge([assay, dissolution], [[line('连翘苷', '0.16', '%')]]))).toEqual(['A ambiguous-match', 'D ambiguous-match']);
    expect(reasons(judge([assay, dissolution], [[line('含量测定', '0.16', '%', { analyte: '连翘苷' })]]))).toEqual(['A within-limit', 'D item-missing']);
  });
  it('one line serves two limits on one item', () => {
    expect(judge([demand('A', '水分', 'max', '10.0', '%'), demand('B', '水分', 'min', '5.0', '%')], [[line('水分', '8.1', '%')]]).verdict).toBe('pass');
  });
});

describe('sums of analytes', () => {
  const sum = demand('T', '黄曲霉毒素', 'max', '10', 'μg/kg', { sumOf: ['B1', 'B2', 'G1', 'G2'] });
  const saponins = demand('Q', '含量测定', 'min', '0.30', '%', { sumOf: ['柴胡皂苷a', '柴胡皂苷d'] });
  const part = (analyte: string, value: string, more: Partial<ReportedItem> = {}): ReportedItem => line('黄曲霉毒素', value, 'μg/kg', { analyte, ...more });
  const verdictOn = (item: DemandedItem, ...lines: ReportedItem[]): [Verdict | undefined, string | undefined, string | undefined] => {
    const [judged] = judge([item], [lines]).items;
    return [judged?.verdict, judged?.reason, judged?.numbers?.converted];
  };
  it('are added up before rounding', () => {
    expect(verdictOn(saponins, line('柴胡皂苷a', '0.147', '%'), line('柴胡皂苷d', '0.149', '%'))).toEqual(['pass', 'within-limit', '0.296']);
    expect(verdictOn(saponins, line('柴胡皂苷a', '0.147', '%'), line('柴胡皂苷d', '0.147', '%'))).toEqual(['fail', 'outside-limit', '0.294']);
  });
  it('are added up across units', () => {
    expect(verdictOn(saponins, line('柴胡皂苷a', '1.60', 'mg/g'), line('柴胡皂苷d', '0.15', '%'))).toEqual(['pass', 'within-limit', '0.31']);
  });
  it('with a part missing are undetermined, though what is there is enough', () => {
    expect(verdictOn(saponins, line('柴胡皂苷a', '0.40', '%')).slice(0, 2)).toEqual(['undetermined', 'part-missing']);
  });
  it('parts below LOQ count as nothing and as LOQ: what passes both ways passes', () => {
    const below = (loq: string) => [part('B1', '2.1'), ...['B2', 'G1', 'G2'].map((name) => part(name, '未检出', { loq }))];
    expect(verdictOn(sum, ...below('1'))).toEqual(['pass', 'within-limit', '2.1~5.1']);
    expect(verdictOn(sum, ...below('3')).slice(0, 2)).toEqual(['undetermined', 'loq-above-limit']);
    expect(verdictOn(sum, part('B1', '11.2'), part('B2', '<1'), part('G1', '<1'), part('G2', '<1')).slice(0, 2)).toEqual(['fail', 'outside-limit']);
    expect(verdictOn(saponins, line('柴胡皂苷a', '0.31', '%'), line('柴胡皂苷d', '<0.01', '%')).slice(0, 2)).toEqual(['pass', 'within-limit']);
    expect(verdictOn(saponins, line('柴胡皂苷a', '0.295', '%'), line('柴胡皂苷d', '<0.05', '%')).slice(0, 2)).toEqual(['undetermined', 'bound-too-wide']);
  });
  it('parts without LOQ are undetermined', () => {
    expect(verdictOn(sum, part('B1', '2.1'), part('B2', 'ND'), part('G1', 'ND'), part('G2', 'ND')).slice(0, 2)).toEqual(['undetermined', 'loq-missing']);
  });
  it('are read where the report states the sum', () => {
    expect(verdictOn(saponins, line('含量测定', '0.31', '%', { analyte: '柴胡皂苷a+柴胡皂苷d' }))[0]).toBe('pass');
    expect(verdictOn(saponins, line('柴胡皂苷d + 柴胡皂苷a', '0.31', '%'))[0]).toBe('pass');
    expect(verdictOn(sum, line('黄曲霉毒素总量', '4.2', 'μg/kg'))[0]).toBe('pass');
    expect(verdictOn(sum, line('黄曲霉毒素', '4.2', 'μg/kg', { analyte: 'G2+G1+B2+B1' }))[0]).toBe('pass');
  });
  it('stated as a sum and in parts have to agree', () => {
    const parts = (b1: string) => [part('B1', b1), part('B2', '0.1'), part('G1', '0.1'), part('G2', '0.1')];
    expect(verdictOn(sum, line('黄曲霉毒素总量', '4.2', 'μg/kg'), ...parts('3.9'))[0]).toBe('pass');
    expect(verdictOn(sum, line('黄曲霉毒素总量', '4.2', 'μg/kg'), ...parts('30.9')).slice(0, 2)).toEqual(['undetermined', 'ambiguous-match']);
    expect(verdictOn(sum, line('黄曲霉毒素总量', '31.2', 'μg/kg'), ...parts('30.9'))[0]).toBe('fail');
  });
  it('with an end that is open above', () => {
    expect(verdictOn(sum, part('B1', 'ND', { loq: '1' }), part('B2', '>5'), part('G1', '0.1'), part('G2', '0.1')).slice(0, 2)).toEqual(['undetermined', 'loq-above-limit']);
  });
});

describe('several reports', () => {
  const [looks, water, lead, assay] = GOOD as [ReportedItem, ReportedItem, ReportedItem, ReportedItem];
  it('share the work', () => {
    expect(judge(ITEMS, [[looks, water], [lead, assay]]).verdict).toBe('pass');
  });
  it('one fail stands, whatever another says and whichever comes first', () => {
    const bad = [line('水分', '11.2', '%')];
    expect(judge(ITEMS, [GOOD, bad]).verdict).toBe('fail');
    expect(judge(ITEMS, [bad, GOOD]).verdict).toBe('fail');
  });
  it('an item one could not read is settled by one that could', () => {
    expect(judge(ITEMS, [[line('水分', '未检出', '%')], GOOD]).verdict).toBe('pass');
  });
  it('an item one leaves open to have failed is not', () => {
    expect(judge(ITEMS, [[line('水分', '9.0~11.0', '%')], GOOD]).verdict).toBe('undetermined');
    expect(judge(ITEMS, [GOOD, [line('水分', '8.0', '%'), line('水分', '12.0', '%')]]).verdict).toBe('undetermined');
    expect(judge(ITEMS, [GOOD, [line('水分', '8.0', '%', { stated: 'fail' })]]).verdict).toBe('undetermined');
  });
  it('the water of one report does not dry the assay of another', () => {
    const dried = demand('A', '含量测定', 'min', '0.15', '%', { analyte: '连翘苷', basis: 'dried' });
    const assayed = line('连翘苷', '0.14', '%', { basis: 'as-is' });
    expect(judge([dried], [[assayed, line('水分', '10.0', '%')]]).verdict).toBe('pass');
    expect(reasons(judge([dried], [[assayed], [line('水分', '10.0', '%')]]))).toEqual(['A moisture-missing']);
    expect(reasons(judge([dried], [[assayed, line('水分', '10.0', '%'), line('水分', '12.0', '%')]]))).toEqual(['A moisture-missing']);
    expect(reasons(judge([dried], [[assayed, line('水分', '10.0')]]))).toEqual(['A moisture-missing']);
  });
});

describe('families side by side', () => {
  const of = (family: StandardFamily, verdict: Verdict): StandardVerdict =>
    judgeByStandard({ id: family, version: '1', family, items: [demand('L', '水分', 'max', '10.0', '%', { confirmed: verdict !== 'undetermined' })] }, [{ id: 'R', items: [line('水分', verdict === 'fail' ? '12.0' : '8.0', '%')] }], {});
  it.each([
    [[of('pharmacopoeia', 'pass')], 'passed', 'pass'],
    [[of('pharmacopoeia', 'pass'), of('house', 'pass'), of('contract', 'pass')], 'passed', 'pass'],
    [[of('pharmacopoeia', 'fail'), of('house', 'pass')], 'unlawful', 'fail'],
    [[of('provincial', 'fail'), of('pharmacopoeia', 'pass')], 'unlawful', 'fail'],
    [[of('registration', 'fail')], 'unlawful', 'fail'],
    [[of('pharmacopoeia', 'pass'), of('house', 'fail')], 'rejected-by-firm', 'fail'],
    [[of('pharmacopoeia', 'pass'), of('contract', 'fail')], 'rejected-by-firm', 'fail'],
    [[of('pharmacopoeia', 'undetermined'), of('house', 'fail')], 'rejected-by-firm', 'fail'],
    [[of('pharmacopoeia', 'undetermined'), of('house', 'pass')], 'undetermined', 'undetermined'],
    [[of('pharmacopoeia', 'pass'), of('house', 'undetermined')], 'undetermined', 'undetermined'],
    [[of('house', 'pass')], 'no-statutory-standard', 'undetermined'],
    [[of('house', 'undetermined')], 'undetermined', 'undetermined'],
    [[], 'no-statutory-standard', 'undetermined'],
  ] as const)('case %#', (standards, outcome, verdict) => {
    expect(judgeFamilies(standards)).toMatchObject({ outcome, verdict });
  });
  it('keeps each family’s own verdict in sight', () => {
    expect(judgeFamilies([of('pharmacopoeia', 'pass'), of('house', 'fail'), of('gi', 'undetermined')])).toMatchObject({ statutory: 'pass', house: 'fail', other: 'undetermined' });
  });
});
