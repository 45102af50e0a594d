import type { Paragraph } from './paper-document';
import type { Band, Placed } from './placed';
import { type Fragment, type Line, type PageCount, setLines, type TypeSetter } from './set-lines';

/** Natural height of a line of letters: what Chinese office documents have. */
const LINE = 1.3;
/** The em box of a Chinese character stands this far above its baseline. */
const ASCENT = 0.88;

/** Lays a paragraph out in a width: one band a line. */
export function layOutParagraph(paragraph: Paragraph, width: number, setter: TypeSetter, count?: PageCount): Band[] {
  const { left, right, firstLine, before, after } = paragraph;
  const room = Math.max(4, width - left - right);
  const lines = setLines(paragraph.pieces, (i) => Math.max(4, i === 0 ? room - firstLine : room), setter, count);
  let startsPage = paragraph.startsPage;
  return lines.map((line, i): Band => {
    const gap = i === 0 ? before : 0;
    const height = heightOfLine(line, paragraph);
    const band: Band = {
      height: gap + height + (i === lines.length - 1 ? after : 0),
      placed: placeLine(line, left + (i === 0 ? firstLine : 0), i === 0 ? room - firstLine : room, gap, height, paragraph),
      startsPage,
      keepsNext: paragraph.keepsNext,
    };
    startsPage = line.endsPage;
    return band;
  });
}

const sizeOf = (line: Line, { look }: Paragraph): number => {
  const sizes = line.fragments.flatMap((one) => (one.what === 'text' ? [one.look.size] : []));
  return sizes.length > 0 ? Math.max(...sizes) : line.fragments.length > 0 ? 0 : look.size;
};

const figureHeight = (one: Fragment): number => (one.what === 'code' ? one.side + 4 : one.what === 'picture' ? one.height : 0);

function heightOfLine(line: Line, paragraph: Paragraph): number {
  const figures = Math.max(0, ...line.fragments.map(figureHeight));
  const natural = sizeOf(line, paragraph) * LINE;
  const rule = paragraph.line;
  const letters = 'times' in rule ? natural * rule.times : 'exactly' in rule ? rule.exactly : Math.max(natural, rule.atLeast);
  return Math.max(letters, figures);
}

function placeLine(line: Line, from: number, room: number, top: number, height: number, paragraph: Paragraph): Placed[] {
  const free = Math.max(0, room - line.width);
  const gaps = line.fragments.length - 1;
  const stretch = paragraph.align === 'justify' && !line.isEnd && gaps > 0 && free < room * 0.25 ? free / gaps : 0;
  let x = from + (paragraph.align === 'right' ? free : paragraph.align === 'center' ? free / 2 : 0);
  const size = sizeOf(line, paragraph);
  const baseline = top + (height - size) / 2 + size * ASCENT;
  const placed: Placed[] = [];
  for (const one of line.fragments) {
    if (one.what === 'text') {
      const last = placed.at(-1);
      // Neighbours of one look are one text: the file stays small, and what is copied out of it stays whole.
      if (stretch === 0 && last?.what === 'text' && last.look === one.look && Math.abs(last.x + last.width - x) < 0.01) placed[placed.length - 1] = { ...last, text: last.text + one.text, width: last.width + one.width };
      else placed.push({ what: 'text', text: one.text, x, y: baseline, width: one.width, look: one.look });
    } else if (one.what === 'code') placed.push({ what: 'code', text: one.text, x, y: top + (height - one.side) / 2, side: one.side });
    else if (one.what === 'picture') placed.push({ what: 'picture', bytes: one.bytes, x, y: top + height - one.height, width: one.width, height: one.height });
    x += one.width + stretch;
  }
  return placed;
}
