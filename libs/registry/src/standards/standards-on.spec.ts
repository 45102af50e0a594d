import { judgeByStandard, type ReportToJudge } from '@daodi/herbal';
import type { Confirmation } from './confirmation-state';
import { type BindingStandard, everInForce, judgedOn, type JudgedGoods, type StandardBinding, standardsOn, type StandardsOnRecord, type StandardVersion } from './standards-on';
import { toJudgeBy } from './to-judge-by';

const LIMIT = { id: 'L1', item: '水分', limitText: '10.0', unit: '%', direction: 'max', verified: false } as const;
const version = (id: string, more: Partial<StandardVersion> = {}): StandardVersion => ({
  id, standardId: 's', version: 1, correction: false, family: 'pharmacopoeia', name: '药典 连翘', herb: 'lianqiao', form: 'herb', effectiveFrom: '2020-12-30', source: '印刷本',
  organisationId: 'operator', platform: true, shared: true, fictional: false, withdrawn: false, limits: [LIMIT], ...more,
});
const record = (versions: readonly StandardVersion[], more: Partial<StandardsOnRecord> = {}): StandardsOnRecord => ({
  organisationId: 'mine', region: '141026', versions, bindings: [], confirmations: new Map(), ...more,
});
const HERB: JudgedGoods = { herb: 'lianqiao', form: 'herb', grade: '青翘' };
const idsOn = (versions: readonly StandardVersion[], day: string, goods = HERB, more: Partial<StandardsOnRecord> = {}): string[] =>
  standardsOn(record(versions, more), goods, day).standards.map(({ standard }) => standard.id);

describe('the edition that binds on a day', () => {
  const edition2020 = version('2020');
  const edition2025 = version('2025', { version: 2, supersedes: '2020', effectiveFrom: '2025-10-01' });
  const overlapping = { ...edition2020, effectiveTo: '2025-12-31' };
  const gap = { ...edition2020, effectiveTo: '2025-06-30' };
  const typo = version('typo', { version: 2, supersedes: '2020', effectiveFrom: '2025-01-01' });
  const right = version('right', { version: 3, supersedes: 'typo', correction: true, effectiveFrom: '2025-10-01' });
  const after = version('after', { version: 3, supersedes: '2025', effectiveFrom: '2030-07-01' });
  it.each<[what: string, versions: readonly StandardVersion[], day: string, binding: readonly string[]]>([
    ['nothing before the first day', [edition2020], '2020-12-29', []],
    ['the first day counts', [edition2020], '2020-12-30', ['2020']],
    ['one without end goes on', [edition2020], '2099-01-01', ['2020']],
    ['the day before the change', [edition2020, edition2025], '2025-09-30', ['2020']],
    ['the day of the change', [edition2020, edition2025], '2025-10-01', ['2025']],
    ['whichever was entered first', [edition2025, edition2020], '2025-10-01', ['2025']],
    ['the day after', [edition2020, edition2025], '2025-10-02', ['2025']],
    ['both where the old one says a later last day', [overlapping, edition2025], '2025-12-31', ['2020', '2025']],
    ['one again after it', [overlapping, edition2025], '2026-01-01', ['2025']],
    ['the last day itself', [gap], '2025-06-30', ['2020']],
    ['none between two', [gap, edition2025], '2025-07-01', []],
    ['a withdrawn version binds nothing and ends nothing', [edition2020, { ...edition2025, withdrawn: true }], '2026-01-01', ['2020']],
    ['what comes after a withdrawn one ends the one before', [edition2020, { ...edition2025, withdrawn: true }, after], '2030-07-01', ['after']],
    ['and not earlier', [edition2020, { ...edition2025, withdrawn: true }, after], '2030-06-30', ['2020']],
    ['what was copied wrongly never held, whatever day it said', [edition2020, typo, right], '2025-05-01', ['2020']],
    ['its correction does, from its own day', [edition2020, typo, right], '2025-10-01', ['right']],
    ['a correction of the same day takes the place', [edition2020, version('r', { version: 2, supersedes: '2020', correction: true })], '2021-01-01', ['r']],
    ['a correction that was withdrawn leaves what it corrected', [edition2020, version('r', { version: 2, supersedes: '2020', correction: true, withdrawn: true })], '2021-01-01', ['2020']],
    ['two standards of one herb are both there', [edition2020, version('other', { standardId: 'o' })], '2021-01-01', ['2020', 'other']],
  ])('%s', (_, versions, day, binding) => expect(idsOn(versions, day)).toEqual(binding));

  it('is told with the last day it holds', () => {
    expect(everInForce([edition2020, edition2025, after]).map(({ version: { id }, to }) => [id, to])).toEqual([['2020', '2025-09-30'], ['2025', '2030-06-30'], ['after', undefined]]);
  });
});

describe('the day that counts', () => {
  it.each([
    ['药材: of production', { form: 'herb', producedOn: '2025-09-30', chargedOn: undefined }, '2025-09-30'],
    ['饮片: of charging, though production went on over the change', { form: 'decoction-piece', producedOn: '2025-10-02', chargedOn: '2025-09-30' }, '2025-09-30'],
    ['饮片 without it: cannot be told', { form: 'decoction-piece', producedOn: '2025-10-02' }, undefined],
    ['nothing known', {}, undefined],
  ])('%s', (_, known, day) => expect(judgedOn(known)).toBe(day));
});

describe('which goods a standard binds', () => {
  const green = version('green', { grade: '青翘' });
  const ripe = version('ripe', { grade: '老翘', standardId: 'r' });
  const piece = version('piece', { form: 'decoction-piece', piece: '醋北柴胡', herb: 'chaihu' });
  const shanxi = version('shanxi', { family: 'provincial', region: '14' });
  const house = version('house', { family: 'house', standardId: 'h', platform: false, shared: false, organisationId: 'mine', herb: undefined, form: undefined });
  const theirLaw = version('theirs', { platform: false, organisationId: 'theirs' });
  const on = '2026-09-01';
  const binds = (more: Partial<StandardBinding>): StandardBinding[] => [{ id: 'b', standardId: 'h', from: '2026-01-01', ended: false, ...more }];
  it.each<[what: string, versions: readonly StandardVersion[], goods: JudgedGoods, more: Partial<StandardsOnRecord>, binding: readonly string[]]>([
    ['its own grade and no other: 青翘 is not judged by the limits of 老翘', [green, ripe], HERB, {}, ['green']],
    ['a grade in full-width or spaced letters is the same', [version('a', { grade: 'Ａ 级' })], { ...HERB, grade: 'A级' }, {}, ['a']],
    ['another herb, never', [green], { ...HERB, herb: 'huangqi' }, {}, []],
    ['another form, never', [green], { ...HERB, form: 'decoction-piece' }, {}, []],
    ['a piece by its name', [piece], { herb: 'chaihu', form: 'decoction-piece', piece: '醋北柴胡' }, {}, ['piece']],
    ['another piece of the herb, never', [piece], { herb: 'chaihu', form: 'decoction-piece', piece: '北柴胡' }, {}, []],
    ['a province’s in the province', [shanxi], HERB, {}, ['shanxi']],
    ['and not elsewhere', [shanxi], HERB, { region: '230100' }, []],
    ['what another organisation calls the law, never, though shared', [theirLaw], HERB, {}, []],
    ['what an organisation itself entered as the law, it alone', [theirLaw], HERB, { organisationId: 'theirs' }, ['theirs']],
    ['a house standard only where it is bound', [house], HERB, {}, []],
    ['by product', [house], { ...HERB, product: 'p' }, { bindings: binds({ product: 'p' }) }, ['house']],
    ['another product, no', [house], { ...HERB, product: 'q' }, { bindings: binds({ product: 'p' }) }, []],
    ['goods of no product, no', [house], HERB, { bindings: binds({ product: 'p' }) }, []],
    ['by herb and form', [house], HERB, { bindings: binds({ herb: 'lianqiao', form: 'herb' }) }, ['house']],
    ['before its first day, no', [house], HERB, { bindings: binds({ herb: 'lianqiao', from: '2026-09-02' }) }, []],
    ['on its last day', [house], HERB, { bindings: binds({ herb: 'lianqiao', to: on }) }, ['house']],
    ['after it, no', [house], HERB, { bindings: binds({ herb: 'lianqiao', to: '2026-08-31' }) }, []],
    ['a binding withdrawn, no', [house], HERB, { bindings: binds({ herb: 'lianqiao', ended: true }) }, []],
    ['another’s standard as it was when bound, though its owner withdrew it', [version('x', { family: 'contract', platform: false, organisationId: 'theirs', withdrawn: true })], HERB, { bindings: binds({ pinned: 'x', herb: 'lianqiao' }) }, ['x']],
    ['and no later version of its owner', [version('x', { family: 'contract', platform: false, organisationId: 'theirs', standardId: 'h' }), version('y', { family: 'contract', platform: false, organisationId: 'theirs', standardId: 'h', version: 2, supersedes: 'x', effectiveFrom: '2026-02-01' })], HERB, { bindings: binds({ pinned: 'x', herb: 'lianqiao' }) }, ['x']],
  ])('%s', (_, versions, goods, more, binding) => expect(idsOn(versions, on, goods, more)).toEqual(binding));

  it('cannot be told where the goods do not say their grade, and then nothing statutory judges', () => {
    const { standards, lacksStatutory } = standardsOn(record([green, ripe]), { herb: 'lianqiao', form: 'herb' }, on);
    expect(standards.map(({ standard, unclear }) => [standard.id, unclear])).toEqual([['green', ['grade']], ['ripe', ['grade']]]);
    expect(lacksStatutory).toBe(true);
  });
  it('says where no statutory standard is on record', () => {
    expect(standardsOn(record([]), HERB, on)).toEqual({ day: on, standards: [], lacksStatutory: true });
    expect(standardsOn(record([house], { bindings: binds({ herb: 'lianqiao' }) }), HERB, on).lacksStatutory).toBe(true);
    expect(standardsOn(record([green]), HERB, on).lacksStatutory).toBe(false);
  });
});

describe('a limit for an organisation', () => {
  const reading = (limitText: string, more: object = {}) => ({ limit: 'L1', limitText, unit: '%', direction: 'max' as const, ...more });
  const said = (personId: string, limitText: string, more: Partial<Confirmation> & { unit?: string; direction?: 'min' } = {}): Confirmation => {
    const { unit, direction, ...rest } = more;
    return { id: `${personId}-${limitText}`, personId, page: { number: '177', file: 'f' }, readings: [reading(limitText, { ...(unit && { unit }), ...(direction && { direction }) })], withdrawn: false, ...rest };
  };
  const stateOf = (...confirmations: Confirmation[]): string => standardsOn(record([version('v')], { confirmations: new Map([['v', confirmations]]) }), HERB, '2026-09-01').standards[0]?.limits[0]?.state as string;
  it.each<[what: string, confirmations: Confirmation[], state: string]>([
    ['nobody', [], 'unconfirmed'],
    ['one person', [said('a', '10.0')], 'once'],
    ['one person twice is one person', [said('a', '10.0'), { ...said('a', '10.0'), id: 'again' }], 'once'],
    ['two people', [said('a', '10.0'), said('b', '10.0')], 'confirmed'],
    ['full-width and spaced digits are the same', [said('a', '１０．０'), said('b', ' 10.0 ')], 'confirmed'],
    ['other decimals are another limit', [said('a', '10.0'), said('b', '10')], 'disagreement'],
    ['two alike and one otherwise', [said('a', '10.0'), said('b', '10.0'), said('c', '12.0')], 'disagreement'],
    ['another unit', [said('a', '10.0'), said('b', '10.0', { unit: 'mg/g' })], 'disagreement'],
    ['another direction', [said('a', '10.0'), said('b', '10.0', { direction: 'min' })], 'disagreement'],
    ['two people who both read another', [said('a', '12.0'), said('b', '12.0')], 'disagreement'],
    ['a slip withdrawn', [said('a', '10.0'), said('b', '12.0', { withdrawn: true }), said('b', '10.0')], 'confirmed'],
    ['a confirmation withdrawn', [said('a', '10.0'), said('b', '10.0', { withdrawn: true })], 'once'],
    ['of another limit of the page', [said('a', '10.0'), { ...said('b', '10.0'), readings: [{ ...reading('10.0'), limit: 'L2' }] }], 'once'],
  ])('%s', (_, confirmations, state) => expect(stateOf(...confirmations)).toBe(state));
});

describe('what the kernel judges by', () => {
  const limits = [LIMIT, { ...LIMIT, id: 'L2', item: '含量测定', analytes: ['Rg1', 'Re'], limitText: '0.30', direction: 'min' as const, basis: 'dried' as const }];
  const read = (personId: string): Confirmation => ({ id: personId, personId, page: { number: '1', file: 'f' }, withdrawn: false, complete: true, readings: limits.map(({ id, limitText, unit, direction }) => ({ limit: id, limitText, unit, direction })) });
  const judge = (goods: JudgedGoods, readers: readonly string[], reports: readonly ReportToJudge[], more: Partial<Confirmation> = {}) => {
    const standard = standardsOn(record([version('v', { grade: '青翘', limits })], { confirmations: new Map([['v', readers.map((reader) => ({ ...read(reader), ...more }))]]) }), goods, '2026-09-01').standards[0] as BindingStandard;
    return judgeByStandard(toJudgeBy(standard), reports, { ...(goods.grade !== undefined && { grade: goods.grade }) });
  };
  const found: ReportToJudge[] = [{ id: 'r', items: [{ test: '水分', value: '9.96', unit: '%' }, { test: '含量测定', analyte: 'Rg1+Re', value: '0.31', unit: '%', basis: 'dried' }] }];
  it('passes where everything is confirmed and found, and nowhere else', () => {
    expect(judge(HERB, ['a', 'b'], found)).toMatchObject({ version: 'v', verdict: 'pass' });
    expect(judge(HERB, ['a'], found).verdict).toBe('undetermined');
    expect(judge(HERB, ['a', 'b'], found, { complete: undefined })).toMatchObject({ verdict: 'undetermined', items: [{ verdict: 'pass' }, { verdict: 'pass' }, { verdict: 'undetermined' }] });
    expect(judge(HERB, ['a', 'b'], found, { complete: false }).verdict).toBe('undetermined');
    expect(judge(HERB, ['a', 'b'], [{ id: 'r', items: [{ test: '水分', value: '12.0', unit: '%' }] }], { complete: undefined }).verdict).toBe('fail');
    expect(judge({ herb: 'lianqiao', form: 'herb' }, ['a', 'b'], found).verdict).toBe('undetermined');
    expect(judge({ herb: 'lianqiao', grade: '青翘' }, ['a', 'b'], found).verdict).toBe('undetermined');
    expect(judge(HERB, ['a', 'b'], [{ id: 'r', items: [{ test: '水分', value: '9.0', unit: '%' }] }]).verdict).toBe('undetermined');
  });
});
