import fc from 'fast-check';
import { fitText, type Measure, MM_PER_PT, SMALLEST_PT, wrap } from './fit-text';
import { FORMATS, type LabelFormat } from './label-format';
import type { LabelField, LabelPiece, LabelText } from './label-text';
import { layOut } from './lay-out';
import type { Placed } from './placed';

/** Chinese characters as wide as they are high, others a little more than half of that. */
const measure: Measure = (text, sizePt) => [...text].reduce((em, c) => em + ((c.codePointAt(0) as number) > 0x2e80 ? 1 : 0.56), 0) * sizePt * MM_PER_PT;

const field = (zh: string, value: string, rank: LabelField['rank'] = 1): LabelField => ({ zh, en: 'Word', value, rank });
const TEXT: LabelText = {
  kind: 'bag', isDemo: false, title: '连翘（青翘）', subtitle: 'lianqiao · Forsythiae Fructus*', status: { zh: '待验', en: 'Not released', isWarning: false },
  fields: [field('净含量', '100 g'), field('批号', '260901'), field('产地', '山西省临汾市安泽县'), field('采收', '2026-08-20'), field('包装', '2026-09-01', 2), field('单位', '安泽县某某中药材种植专业合作社')],
  notes: [{ zh: '2026-09-02 打印，现状请扫码', en: 'scan for the current state' }],
};
const PIECE: LabelPiece = { uri: 'https://trace.example.cn/b/7K2QZ0ABCD4', captions: ['7K2QZ0ABCD4'] };

/** Everything on a label, or nothing where it does not fit. */
function placedOn(text: LabelText, format: LabelFormat, piece: LabelPiece = PIECE): Placed[] | undefined {
  const laidOut = layOut(text, format, measure);
  const own = laidOut?.of(piece);
  return laidOut && own && [...laidOut.common, ...own];
}

type Rectangle = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** The ink of something: of a text its em boxes. */
function inkOf(one: Placed): Rectangle {
  if (one.what === 'text') {
    const height = one.sizePt * MM_PER_PT;
    return { left: one.xMm, right: one.xMm + measure(one.text, one.sizePt, one.weight), top: one.baselineMm - height * 0.88, bottom: one.baselineMm + height * 0.12 };
  }
  const [width, height] = one.what === 'symbol' ? [one.sideMm, one.sideMm] : [one.widthMm, one.heightMm];
  return { left: one.xMm, right: one.xMm + width, top: one.yMm, bottom: one.yMm + height };
}

const overlap = (a: Rectangle, b: Rectangle): boolean => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.05 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.05;

/** What is wrong with a label, in words. */
function faultsOf(placed: readonly Placed[], { widthMm, heightMm }: LabelFormat): string[] {
  const texts = placed.filter((one) => one.what === 'text');
  const symbol = placed.find((one) => one.what === 'symbol')!;
  const quiet = (4 / 29) * symbol.sideMm - 0.05;
  const s = inkOf(symbol);
  const zone = { left: s.left - quiet, top: s.top - quiet, right: s.right + quiet, bottom: s.bottom + quiet };
  return [
    ...placed.flatMap((one) => {
      const ink = inkOf(one);
      return ink.left < -0.01 || ink.top < -0.01 || ink.right > widthMm + 0.01 || ink.bottom > heightMm + 0.01 ? [`beyond the edge: ${JSON.stringify(one)}`] : [];
    }),
    ...texts.flatMap((a, i) => texts.slice(i + 1).flatMap((b) => (overlap(inkOf(a), inkOf(b)) ? [`${a.text} lies over ${b.text}`] : []))),
    ...placed.flatMap((one) => (one.what !== 'symbol' && overlap(inkOf(one), zone) ? [`in the quiet zone: ${JSON.stringify(one)}`] : [])),
    ...texts.flatMap(({ text, sizePt }) => (sizePt < SMALLEST_PT ? [`too small to read: ${text}`] : [])),
    ...(symbol.sideMm < 15 ? ['the symbol is smaller than 15 mm'] : []),
  ];
}

describe('a label', () => {
  it.each(Object.entries(FORMATS))('of %s has everything on it, nothing over anything, and a symbol with its quiet zone', (_name, format) => {
    for (const isDemo of [false, true]) {
      const placed = placedOn({ ...TEXT, isDemo }, format, { ...PIECE, number: '12/120' })!;
      expect(faultsOf(placed, format)).toEqual([]);
      const all = placed.map((one) => (one.what === 'text' ? one.text : '')).join('');
      for (const { value } of TEXT.fields.filter(({ rank }) => rank === 1)) expect(all).toContain(value);
      for (const words of ['连翘（青翘）', '待验', '7K2QZ0ABCD4', '件号 12/120']) expect(all).toContain(words);
      expect(all.includes('演示 DEMO')).toBe(isDemo);
    }
  });

  it('never overflows, whatever it has to say: it shrinks, wraps, names what it left out, or is refused', () => {
    const word = fc.string({ unit: fc.constantFrom('安', '泽', '翘', '（', '）', '、', 'A', 'g', '7', '-', '/', ' ', '𬶍'), minLength: 1, maxLength: 90 }).filter((text) => text.trim() !== '');
    const field_ = fc.record({ zh: fc.constantFrom('批号', '有效期至', '产地'), en: fc.constantFrom('Lot', 'Producer'), value: word, rank: fc.constantFrom(1 as const, 2 as const, 3 as const) });
    const text = fc.record({ title: word, fields: fc.array(field_, { minLength: 1, maxLength: 9 }), isDemo: fc.boolean() });
    fc.assert(fc.property(text, fc.constantFrom(...Object.values(FORMATS)), (some, format) => {
      const placed = placedOn({ ...TEXT, ...some }, format, { ...PIECE, captions: ['7K2QZ0ABCD4', 'S-7K2QZ0ABCD4XY'] });
      if (placed === undefined) return;
      expect(faultsOf(placed, format)).toEqual([]);
      const all = placed.map((one) => (one.what === 'text' ? one.text : '')).join('').replace(/\s/g, '');
      const printed = (value: string): boolean => all.includes(value.replace(/\s/g, ''));
      for (const { value, rank } of some.fields) if (rank === 1) expect(printed(value)).toBe(true);
      if (some.fields.some(({ value }) => !printed(value))) expect(all).toContain('未印');
      expect(printed(some.title)).toBe(true);
    }), { numRuns: 150 });
  });
});

describe('fitText', () => {
  const space = { widthMm: 20, maxPt: 12, minPt: 6, maxLines: 2, weight: 'regular' } as const;
  it('shrinks before it wraps, wraps before it cuts', () => {
    expect(fitText('连翘', space, measure)).toEqual({ lines: ['连翘'], sizePt: 12, isCut: false });
    expect(fitText('安泽县岳北乡', space, measure)).toEqual({ lines: ['安泽县岳北乡'], sizePt: 9, isCut: false });
    expect(fitText('安泽县岳北乡连翘合作社', space, measure)).toMatchObject({ lines: ['安泽县岳北乡', '连翘合作社'], isCut: false });
    expect(fitText('安'.repeat(30), space, measure)).toEqual({ lines: ['安'.repeat(9), `${'安'.repeat(8)}…`], sizePt: 6, isCut: true });
  });
  it('keeps words and numbers whole where they fit a line, and no line begins with a closing sign', () => {
    expect(wrap('采收于 2026-08-20，晒干', 20, 8, 'regular', measure)).toEqual(['采收于', '2026-08-20，', '晒干']);
    expect(wrap('甲/乙', 3, 8, 'regular', measure)).toEqual(['甲', '/', '乙']);
    expect(wrap('ABCDEFGHIJKLMNOPQRST', 20, 8, 'regular', measure).join('')).toBe('ABCDEFGHIJKLMNOPQRST');
  });
});
