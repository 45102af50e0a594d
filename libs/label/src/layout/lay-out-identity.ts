import { fitText, type Measure, MM_PER_PT, SMALLEST_PT } from './fit-text';
import { ASCENT } from './frame';
import type { LabelFormat } from './label-format';
import type { LabelPiece, LabelStatus } from './label-text';
import type { Area, Placed } from './placed';

/** The symbol, what it says in letters, the number of the piece and where the batch stands; nothing where they do not fit. */
export function layOutIdentity(piece: LabelPiece, status: LabelStatus | undefined, area: Area, format: LabelFormat, measure: Measure): readonly Placed[] | undefined {
  const { symbolMm } = format;
  const isBand = area.widthMm > area.heightMm;
  const quietMm = isBand ? area.heightMm - symbolMm : (area.widthMm - symbolMm) / 2;
  const symbol: Placed = { what: 'symbol', xMm: area.xMm + (isBand ? 0 : quietMm), yMm: area.yMm, sideMm: symbolMm };
  const beside: Area = isBand
    ? { xMm: area.xMm + symbolMm + quietMm, yMm: area.yMm, widthMm: area.widthMm - symbolMm - quietMm, heightMm: symbolMm }
    : { ...area, yMm: area.yMm + symbolMm + quietMm, heightMm: area.heightMm - symbolMm - quietMm };
  const inset = isBand ? 0 : quietMm;
  const words = wordsOf(piece, beside, format, measure);
  const bottomMm = beside.yMm + beside.heightMm;
  if (status === undefined) return words.bottomMm <= bottomMm ? [symbol, ...words.placed] : undefined;
  const heightMm = Math.min(bottomMm - words.bottomMm - 0.8, symbolMm * 0.42);
  const box: Area = { xMm: beside.xMm + inset, yMm: isBand ? bottomMm - heightMm : words.bottomMm + 0.8, widthMm: beside.widthMm - 2 * inset, heightMm };
  const stamp = stampOf(status, box, measure);
  return stamp && [symbol, ...words.placed, ...stamp];
}

/** The code and the number of the piece, centred. */
function wordsOf(piece: LabelPiece, area: Area, format: LabelFormat, measure: Measure): { placed: Placed[]; bottomMm: number } {
  const placed: Placed[] = [];
  let topMm = area.yMm;
  const put = (text: string, maxPt: number, minPt: number, maxLines: number): void => {
    const { lines, sizePt } = fitText(text, { widthMm: area.widthMm, maxPt, minPt, maxLines, weight: 'bold' }, measure);
    for (const line of lines) {
      placed.push(centred(line, area, topMm, sizePt, measure));
      topMm += sizePt * MM_PER_PT * 1.18;
    }
  };
  for (const caption of piece.captions) put(caption, Math.max(SMALLEST_PT, format.rowPt * 0.95), SMALLEST_PT, 4);
  if (piece.number !== undefined) {
    topMm += 0.6;
    put(`件号 ${piece.number}`, format.titlePt * 0.62, SMALLEST_PT + 1, 1);
  }
  return { placed, bottomMm: topMm };
}

/** Where the batch stands, framed; white on black where it must not be used. */
function stampOf({ zh, en, isWarning }: LabelStatus, box: Area, measure: Measure): Placed[] | undefined {
  const enPt = Math.max(SMALLEST_PT, Math.min(8, (box.heightMm / MM_PER_PT) * 0.24));
  const zhPt = Math.min(30, (box.heightMm / MM_PER_PT - enPt * 1.25) * 0.8, (box.widthMm * 0.86 * 10) / measure(zh, 10, 'bold'));
  if (zhPt < SMALLEST_PT + 1) return undefined;
  const frame: Placed = { what: 'box', ...box, ...(isWarning ? {} : { lineMm: 0.45 }) };
  const inkMm = (zhPt + enPt * 1.15) * MM_PER_PT;
  const topMm = box.yMm + (box.heightMm - inkMm) / 2 - 0.2;
  const white = isWarning ? { isWhite: true as const } : {};
  const english = fitText(en, { widthMm: box.widthMm - 1, maxPt: enPt, minPt: SMALLEST_PT, maxLines: 1, weight: 'regular' }, measure);
  return [
    frame,
    { ...centred(zh, box, topMm, zhPt, measure), ...white },
    { ...centred(english.lines[0] as string, box, topMm + zhPt * MM_PER_PT * 1.05, english.sizePt, measure, 'regular'), ...white },
  ];
}

type PlacedText = Extract<Placed, { readonly what: 'text' }>;

function centred(text: string, { xMm, widthMm }: Area, topMm: number, sizePt: number, measure: Measure, weight: 'bold' | 'regular' = 'bold'): PlacedText {
  return { what: 'text', text, xMm: xMm + (widthMm - measure(text, sizePt, weight)) / 2, baselineMm: topMm + sizePt * MM_PER_PT * ASCENT, sizePt, weight };
}
