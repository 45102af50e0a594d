/** Puts text into a width: smaller first, then on more lines, then shortened. Pure; widths come from whoever has the font. */

export type Weight = 'regular' | 'bold';
/** Width of a text in millimetres at a size in points. */
export type Measure = (text: string, sizePt: number, weight: Weight) => number;

/** Nothing is printed smaller: below it a thermal printer's dots close up Chinese characters. */
export const SMALLEST_PT = 6;
/** One point in millimetres. */
export const MM_PER_PT = 25.4 / 72;
const STEP_PT = 0.5;

/** Text as it was put. */
export interface Fitted {
  readonly lines: readonly string[];
  readonly sizePt: number;
  /** True where the end is missing and `…` stands for it. */
  readonly isCut: boolean;
}

export interface Space {
  readonly widthMm: number;
  readonly maxPt: number;
  readonly minPt: number;
  readonly maxLines: number;
  readonly weight: Weight;
}

/** Shrinks to `minPt` to stay on one line; else wraps, as large as `maxLines` allow; else cuts. */
export function fitText(text: string, space: Space, measure: Measure): Fitted {
  const { widthMm, maxPt, minPt, maxLines, weight } = space;
  for (let lines = 1; lines <= maxLines; lines++) {
    for (let sizePt = maxPt; sizePt >= minPt; sizePt -= STEP_PT) {
      const wrapped = wrap(text, widthMm, sizePt, weight, measure);
      if (wrapped.length <= lines) return { lines: wrapped, sizePt, isCut: false };
    }
  }
  const wrapped = wrap(text, widthMm, minPt, weight, measure);
  const last = shorten(wrapped.slice(maxLines - 1).join(''), widthMm, minPt, weight, measure);
  return { lines: [...wrapped.slice(0, maxLines - 1), last], sizePt: minPt, isCut: true };
}

/** Breaks text into lines of a width: between words and Chinese characters, inside a word only where it alone is too long. */
export function wrap(text: string, widthMm: number, sizePt: number, weight: Weight, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text)) {
    if (measure((line + piece).trimEnd(), sizePt, weight) <= widthMm) {
      line += piece;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
    for (const character of piece.trimStart()) {
      if (line !== '' && measure(line + character, sizePt, weight) > widthMm) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

function shorten(text: string, widthMm: number, sizePt: number, weight: Weight, measure: Measure): string {
  const characters = [...text];
  while (characters.length > 0 && measure(`${characters.join('')}…`, sizePt, weight) > widthMm) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** A line may not begin with these. */
const CLOSING = /^[，。、；：！？）》」』”’,.;:!?)\]}%…]$/u;
/** Latin letters, digits and what belongs to them stay together; everything else may be parted. */
const WORD = /^[\p{Script=Latin}\p{N}'’_+&@#(*.-]$/u;

/** A line may not end with these. */
const OPENING = /^[（《「『【〔“‘(\[]$/u;

/** The smallest pieces a text may be broken into. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let before = '';
  for (const character of text) {
    const joins = before !== '' && (CLOSING.test(character) || (WORD.test(before) && WORD.test(character)) || character === ' ' || OPENING.test(before));
    if (joins) pieces[pieces.length - 1] += character;
    else pieces.push(character);
    before = character;
  }
  return pieces;
}
