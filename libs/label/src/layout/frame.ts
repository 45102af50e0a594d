import { fitText, type Measure, MM_PER_PT, SMALLEST_PT, wrap } from './fit-text';
import type { LabelFormat } from './label-format';
import type { LabelText } from './label-text';
import type { Area, Placed } from './placed';

/** A quiet zone of four modules on each side of a symbol of 29 modules, the smallest an address of ours needs (version 3). */
const QUIET = 4 / 29;
/** The em box of a Chinese character stands this far above its baseline. */
export const ASCENT = 0.88;

export const DEMO_WORDS = '演示 DEMO';

/** How a label is parted: facts with the small print below them, what identifies it beside or under them, in a demo a bar across. */
export interface Frame {
  readonly facts: Area;
  readonly identity: Area;
  readonly placed: readonly Placed[];
}

/** Parts a label, and puts the small print and the bar of a demo. */
export function frameOf(text: LabelText, notes: readonly string[], format: LabelFormat, measure: Measure): Frame {
  const { heightMm, marginMm } = format;
  const bar = text.isDemo ? demoBar(format, measure) : { placed: [], topMm: heightMm };
  const bottomMm = Math.min(bar.topMm - 0.8, heightMm - marginMm);
  const { column, identity } = format.heightMm > format.widthMm ? parted.upright(format, bottomMm) : parted.lying(format, bottomMm);
  const print = smallPrint(notes, column, measure);
  return { facts: { ...column, heightMm: print.topMm - column.yMm }, identity, placed: [...bar.placed, ...print.placed] };
}

const parted = {
  /** Wider than high: what identifies it stands in a column on the right. */
  lying({ widthMm, marginMm, symbolMm }: LabelFormat, bottomMm: number): { column: Area; identity: Area } {
    const quietMm = symbolMm * QUIET;
    const identityMm = symbolMm + 2 * quietMm;
    const identityX = widthMm - identityMm - Math.max(0, marginMm - quietMm);
    return {
      column: { xMm: marginMm, yMm: marginMm, widthMm: identityX - marginMm, heightMm: bottomMm - marginMm },
      identity: { xMm: identityX, yMm: quietMm, widthMm: identityMm, heightMm: bottomMm - quietMm },
    };
  },
  /** Higher than wide: it stands in a band at the foot. */
  upright({ widthMm, marginMm, symbolMm }: LabelFormat, bottomMm: number): { column: Area; identity: Area } {
    const bandMm = symbolMm * (1 + QUIET);
    return {
      column: { xMm: marginMm, yMm: marginMm, widthMm: widthMm - 2 * marginMm, heightMm: bottomMm - bandMm - symbolMm * QUIET - marginMm },
      identity: { xMm: marginMm, yMm: bottomMm - bandMm, widthMm: widthMm - 2 * marginMm, heightMm: bandMm },
    };
  },
};

/** White on black from edge to edge: nobody can take it for part of the print. */
function demoBar({ widthMm, heightMm, titlePt }: LabelFormat, measure: Measure): { placed: Placed[]; topMm: number } {
  const words = `${DEMO_WORDS} · 非真实货物 NOT REAL GOODS`;
  const { sizePt } = fitText(words, { widthMm: widthMm * 0.92, maxPt: Math.max(7, titlePt * 0.42), minPt: SMALLEST_PT, maxLines: 1, weight: 'bold' }, measure);
  const sizeMm = sizePt * MM_PER_PT;
  const barMm = sizeMm * 1.3;
  const topMm = heightMm - barMm;
  return {
    topMm,
    placed: [
      { what: 'box', xMm: 0, yMm: topMm, widthMm, heightMm: barMm },
      { what: 'text', text: words, xMm: (widthMm - measure(words, sizePt, 'bold')) / 2, baselineMm: topMm + barMm / 2 + sizeMm * 0.37, sizePt, weight: 'bold', isWhite: true },
    ],
  };
}

/** Small print at the bottom of an area, on as many lines as it needs. */
function smallPrint(notes: readonly string[], { xMm, yMm, widthMm, heightMm }: Area, measure: Measure): { placed: Placed[]; topMm: number } {
  const lineMm = SMALLEST_PT * MM_PER_PT * 1.15;
  const lines = notes.flatMap((note) => wrap(note, widthMm - 1, SMALLEST_PT, 'regular', measure));
  const topMm = yMm + heightMm - lines.length * lineMm;
  const placed = lines.map((text, i): Placed => ({
    what: 'text', text, xMm, baselineMm: topMm + i * lineMm + SMALLEST_PT * MM_PER_PT * ASCENT, sizePt: SMALLEST_PT, weight: 'regular',
  }));
  return { placed, topMm: topMm - 1 };
}
