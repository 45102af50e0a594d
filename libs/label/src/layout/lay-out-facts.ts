import { fitText, type Measure, MM_PER_PT, SMALLEST_PT, type Weight, wrap } from './fit-text';
import { ASCENT } from './frame';
import type { LabelFormat } from './label-format';
import type { LabelField, LabelText } from './label-text';
import type { Area, Placed } from './placed';

/** What was put, and what found no room; nothing where even the indispensable did not. */
export interface LaidOutFacts {
  readonly placed: readonly Placed[];
  readonly leftOut: readonly LabelField[];
}

const LEADING = 1.2;
const RULE_MM = 0.3;

/** How much smaller the name may become before a fact is left out. */
const TITLE_SCALES = [1, 0.8, 0.62];

/** The name on top, a rule, and the facts as rows, as large as they all fit; the less needed go one by one where they do not. */
export function layOutFacts(text: LabelText, area: Area, format: LabelFormat, measure: Measure): LaidOutFacts | undefined {
  const heads = TITLE_SCALES.map((scale) => headOf(text, area, format.titlePt * scale, measure));
  const expendable = [...text.fields].filter(({ rank }) => rank > 1).reverse().sort((a, b) => b.rank - a.rank);
  for (let n = 0; n <= expendable.length; n++) {
    const leftOut = new Set(expendable.slice(0, n));
    const fields = text.fields.filter((field) => !leftOut.has(field));
    for (const head of heads) {
      const below: Area = { ...area, yMm: head.bottomMm, heightMm: area.yMm + area.heightMm - head.bottomMm };
      const rows = largestRows(fields, below, format.rowPt, measure);
      if (rows !== undefined) return { placed: [...head.placed, ...rows], leftOut: text.fields.filter((field) => leftOut.has(field)) };
    }
  }
  return undefined;
}

/** Rows as large as they all fit: with English words, unless then the Chinese ones would become too small. */
function largestRows(fields: readonly LabelField[], area: Area, maxPt: number, measure: Measure): Placed[] | undefined {
  if (rowsOf(fields, area, SMALLEST_PT, false, measure) === undefined) return undefined;
  for (const [withEnglish, least] of [[true, SMALLEST_PT + 0.5], [false, SMALLEST_PT]] as const) {
    for (let sizePt = maxPt; sizePt >= least; sizePt -= 0.5) {
      const rows = rowsOf(fields, area, sizePt, withEnglish, measure);
      if (rows !== undefined) return rows;
    }
  }
  return undefined;
}

/** The name, in at most two lines; what had to be cut from it stands whole in small print below. */
function headOf(text: LabelText, { xMm, yMm, widthMm }: Area, titlePt: number, measure: Measure): { placed: Placed[]; bottomMm: number } {
  const placed: Placed[] = [];
  let topMm = yMm;
  const put = (lines: readonly string[], sizePt: number, weight: Weight): void => {
    for (const line of lines) {
      placed.push({ what: 'text', text: line, xMm, baselineMm: topMm + sizePt * MM_PER_PT * ASCENT, sizePt, weight });
      topMm += sizePt * MM_PER_PT * LEADING;
    }
  };
  const title = fitText(text.title, { widthMm, maxPt: titlePt, minPt: Math.max(SMALLEST_PT + 2, titlePt * 0.45), maxLines: 2, weight: 'bold' }, measure);
  put(title.lines, title.sizePt, 'bold');
  if (title.isCut) put(wrap(text.title, widthMm, SMALLEST_PT, 'regular', measure), SMALLEST_PT, 'regular');
  if (text.subtitle !== undefined) {
    const fitted = fitText(text.subtitle, { widthMm, maxPt: Math.max(SMALLEST_PT, titlePt * 0.33), minPt: SMALLEST_PT, maxLines: 3, weight: 'regular' }, measure);
    put(fitted.lines, fitted.sizePt, 'regular');
  }
  topMm += 0.4;
  placed.push({ what: 'box', xMm, yMm: topMm, widthMm: widthMm - 1, heightMm: RULE_MM });
  return { placed, bottomMm: topMm + RULE_MM + 0.4 + titlePt * MM_PER_PT * 0.08 };
}

/** The rows at one size, spread over the room there is; nothing where they do not fit. */
function rowsOf(fields: readonly LabelField[], area: Area, sizePt: number, withEnglish: boolean, measure: Measure): Placed[] | undefined {
  const englishPt = Math.max(SMALLEST_PT, sizePt * 0.68);
  const sizeMm = sizePt * MM_PER_PT;
  if (fields.length === 0) return [];
  const zhMm = Math.max(...fields.map(({ zh }) => measure(zh, sizePt, 'regular')));
  const enMm = withEnglish ? Math.max(...fields.map(({ en }) => measure(en, englishPt, 'regular'))) + sizeMm * 0.35 : 0;
  const valueX = area.xMm + zhMm + enMm + sizeMm * 0.6;
  const valueMm = area.xMm + area.widthMm - 1 - valueX;
  if (valueMm < sizeMm * 6) return undefined;
  const rows = fields.map((field) => ({ field, lines: wrap(field.value, valueMm, sizePt, weightOf(field), measure) }));
  const inkMm = rows.reduce((sum, { lines }) => sum + (1 + (lines.length - 1) * LEADING) * sizeMm, 0);
  const gapMm = (area.heightMm - inkMm) / Math.max(1, rows.length - 1);
  if (rows.length > 1 ? gapMm < sizeMm * 0.1 : gapMm < 0) return undefined;
  const stepMm = Math.min(gapMm, sizeMm * 0.75);
  const placed: Placed[] = [];
  let topMm = area.yMm;
  for (const { field, lines } of rows) {
    const baselineMm = topMm + sizeMm * ASCENT;
    placed.push({ what: 'text', text: field.zh, xMm: area.xMm, baselineMm, sizePt, weight: 'regular' });
    if (withEnglish) placed.push({ what: 'text', text: field.en, xMm: area.xMm + zhMm + sizeMm * 0.35, baselineMm, sizePt: englishPt, weight: 'regular' });
    lines.forEach((line, i) => placed.push({ what: 'text', text: line, xMm: valueX, baselineMm: baselineMm + i * sizeMm * LEADING, sizePt, weight: weightOf(field) }));
    topMm += (1 + (lines.length - 1) * LEADING) * sizeMm + stepMm;
  }
  return placed;
}

const weightOf = ({ isStrong }: LabelField): Weight => (isStrong ? 'bold' : 'regular');
