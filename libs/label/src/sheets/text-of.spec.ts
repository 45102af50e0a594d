import type { Passport, PassportStep } from '@daodi/passport';
import type { LabelFacts } from './label-facts';
import { codePointName, printable } from './printable';
import { massText, statusOf, textOf } from './text-of';

const by = { type: 'cooperative' };
const step = (kind: PassportStep['kind'], from: string, to = from): PassportStep => ({ kind, from, to, count: 1, by, attested: ['self'], corrections: [] });
const passport = (more: Partial<Passport> = {}): Passport => ({
  state: 'known', demo: false, subject: { kind: 'batch', path: '/b/7K2QZ0ABCD4' }, standing: 'not-released', release: { state: 'not-released', reasons: [], isHeld: false },
  herb: { name: '连翘', pinyin: 'lianqiao', latin: 'Forsythiae Fructus', part: '果实', verified: false }, grade: '青翘', origins: [],
  maker: { name: { zh: '某合作社', en: 'Coop' }, type: 'cooperative' }, reports: [], openProblems: { blocking: 0, warning: 0 },
  steps: [step('harvest', '2026-08-18'), step('harvest', '2026-08-20'), step('processing', '2026-08-24')], withdrawn: [], certificates: [], unknown: [], notProven: [], ...pure, ...more,
});
const ANZE = { zh: '山西省临汾市安泽县', en: 'Anze' };
const GANSU = { zh: '甘肃省定西市', en: 'Dingxi' };
/** All of it proven, harvested in one county and year. */
const pure: Pick<Passport, 'composition' | 'claims'> = {
  composition: { state: 'determined', parts: [{ proof: 'proven', places: [ANZE], year: 2026, percent: '100.0' }] }, claims: { proven: true, origin: ANZE, year: 2026, grade: '青翘' },
};
const facts = (more: Partial<LabelFacts> = {}): LabelFacts => ({ passport: passport(), batch: { kind: 'batch' }, today: '2026-09-02', ...more });
const valueOf = (zh: string, some: LabelFacts, kind: 'bag' | 'carton' | 'sample' = 'bag') => textOf(kind, some).fields.find((field) => field.zh === zh)?.value;

describe('what a label says', () => {
  it('is a pass only while a release stands and was confirmed', () => {
    const of = (standing: Passport['standing'], unconfirmedSince?: string) => statusOf({ standing, release: { state: 'released', reasons: [], isHeld: false, unconfirmedSince } }).zh;
    expect(of('released')).toBe('合格');
    expect(of('released', '2026-09-01T00:00:00Z')).toBe('待验');
    for (const standing of ['suspended', 'problem', 'undetermined', 'not-released'] as const) expect(of(standing)).toBe('待验');
    expect([of('failed'), of('rejected'), of('held')]).toEqual(['不合格', '不合格', '冻结']);
  });

  it('says 药材符合GAP要求 where that was found, and never on a sample', () => {
    expect([valueOf('声明', facts()), valueOf('声明', facts({ gapStatement: '药材符合GAP要求' }))]).toEqual([undefined, '药材符合GAP要求']);
    const sample = { number: 'YP-1', kind: 'test', drawnOn: '2026-08-25', drawnBy: '某社' } as const;
    expect(valueOf('声明', facts({ gapStatement: '药材符合GAP要求', sample }), 'sample')).toBeUndefined();
  });

  it('names what is missing', () => {
    const bare = facts({ passport: passport({ composition: undefined, claims: undefined, steps: [], herb: undefined, grade: undefined, maker: undefined }) });
    expect(textOf('bag', bare).title).toBe('品名未记录');
    expect([valueOf('净含量', bare), valueOf('产地', bare), valueOf('采收', bare), valueOf('单位', bare), valueOf('批号', bare)]).toEqual(['未记录', '未知', '未知', '未知', '见编码']);
    expect(textOf('bag', bare).fields.some(({ zh }) => zh === '包装' || zh === '加工' || zh === '有效期至')).toBe(false);
  });

  it('calls a declared origin declared', () => {
    const declared = { composition: { state: 'determined' as const, parts: [{ proof: 'declared' as const, places: [GANSU], year: 2025, percent: '100.0' }] }, steps: [] };
    const some = facts({ passport: passport({ ...declared, claims: { proven: false, origin: GANSU, year: 2025 } }) });
    expect([valueOf('产地', some), valueOf('采收', some), valueOf('构成', some)]).toEqual(['甘肃省定西市（申报，未经证实）', '2025（申报，未经证实）', '100.0 % 甘肃省定西市 2025 申报，未经证实']);
    expect(textOf('bag', some).notes.map(({ en }) => en)).toContain('declared: stated by who took it in, not proven');
    const bare = facts({ passport: passport({ composition: { state: 'determined', parts: [{ proof: 'declared', places: [], percent: '100.0' }] }, claims: { proven: false }, steps: [] }) });
    expect([valueOf('产地', bare), valueOf('采收', bare)]).toEqual(['申报，未经证实', '申报，未经证实']);
  });

  it('says of a mixture its parts, and of the whole only what all of it has', () => {
    const part = (percent: string, year: number, proof: 'proven' | 'declared' = 'proven') => ({ proof, places: [proof === 'proven' ? ANZE : GANSU], year, percent });
    const mixed = (...parts: ReturnType<typeof part>[]) => facts({ passport: passport({ grade: undefined, composition: { state: 'determined', parts }, claims: { proven: false } }) });
    const two = mixed(part('60.0', 2026), part('40.0', 2025, 'declared'));
    expect([valueOf('产地', two), valueOf('采收', two)]).toEqual(['见构成', '见构成']);
    expect(valueOf('构成', two)).toBe('60.0 % 山西省临汾市安泽县 2026 已证实；40.0 % 甘肃省定西市 2025 申报，未经证实');
    expect(textOf('bag', two).title).toBe('连翘');
    const many = mixed(part('50.0', 2026), part('30.0', 2025), part('19.5', 2024), part('0.5', 2023), part('<0.1', 2022, 'declared'));
    expect(valueOf('构成', many)).toMatch(/；其余 0\.5 %（2 部分）请扫码$/);
  });

  it('takes days, contents and names from the record, and marks a name nobody compared with the pharmacopoeia', () => {
    const some = facts({ batch: { kind: 'retail', lotNumber: '260901', expiryDate: '2028-08-31', netContentMg: 100_000n }, each: { quantity: '5', unit: 'kg' } });
    expect(textOf('bag', some)).toMatchObject({ title: '连翘（青翘）', subtitle: 'lianqiao · Forsythiae Fructus*' });
    expect([valueOf('净含量', some), valueOf('采收', some), valueOf('加工', some), valueOf('有效期至', some)]).toEqual(['100 g', '2026-08-18 至 2026-08-20', '2026-08-24', '2028-08-31']);
    expect(valueOf('每件', some, 'carton')).toBe('5 kg');
    const verified = textOf('bag', facts({ passport: passport({ herb: { name: '连翘', pinyin: 'lianqiao', latin: 'Forsythiae Fructus', part: '果实', verified: true } }) }));
    expect([verified.subtitle, verified.notes.length]).toEqual(['lianqiao · Forsythiae Fructus', 1]);
  });

  it('gives a sample no state and no verdict', () => {
    const sample = { number: 'S-1', kind: 'test' as const, drawnOn: '2026-08-25', amount: 200_000n, unit: 'mg' as const, drawnBy: '某合作社' };
    const text = textOf('sample', facts({ passport: passport({ standing: 'released' }), sample }));
    expect(text.status).toBeUndefined();
    expect(JSON.stringify(text)).not.toMatch(/合格|待验/);
    expect(text.fields.map(({ value }) => value)).toEqual(['S-1', '见编码', '2026-08-25', '200 g', '检验', '某合作社']);
  });

  it('writes masses as people do, to the milligram', () => {
    expect([1n, 500_000n, 999_999n, 1_000_000n, 25_000_000n, 12_345_678n].map(massText)).toEqual(['0.001 g', '500 g', '999.999 g', '1 kg', '25 kg', '12.345678 kg']);
  });
});

describe('printable', () => {
  const text = textOf('bag', facts({ batch: { kind: 'batch', lotNumber: '甲\u3000𠮿\n乙' } }));
  it('puts 〓 for what the font lacks, and says for what', () => {
    const { text: shown, missing } = printable(text, (character) => character !== '𠮿');
    expect(missing).toEqual(['𠮿']);
    expect(shown.fields.find(({ zh }) => zh === '批号')?.value).toBe('甲 〓 乙');
    expect(shown.notes.at(-1)?.zh).toBe('〓 字库无此字 U+20BBF');
    expect(codePointName('A')).toBe('U+0041');
  });
  it('leaves everything else as it is', () => {
    const { text: shown, missing } = printable(text, () => true);
    expect([missing, shown.fields.find(({ zh }) => zh === '批号')?.value, shown.title]).toEqual([[], '甲 𠮿 乙', '连翘（青翘）']);
  });
});
