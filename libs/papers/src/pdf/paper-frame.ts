import type { PaperPage, TextLook } from '../layout/paper-document';
import type { Placed } from '../layout/placed';
import { setLines, type TypeSetter } from '../layout/set-lines';

/** What the platform itself puts on every page, whatever a template says. */
export interface PaperFrame {
  /** 演示, a hold, a failed test: on top of every page. */
  readonly warnings: readonly string[];
  /** Number of the pack, the paper, its template, its issue: at the foot. */
  readonly foot: string;
  readonly isDemo: boolean;
}

const WARNING: TextLook = { size: 9, isBold: true, isUnderlined: false, colour: 'B00020' };
const FOOT: TextLook = { size: 7, isBold: false, isUnderlined: false, colour: '555555' };
const LINE = 1.35;
/** Nothing is printed nearer to the edge: office printers leave it white. */
const EDGE = 17;

/** What stands above and below the text of a page, and how much room it takes from the edges. */
export interface FramePlaced {
  readonly top: number;
  readonly bottom: number;
  placed(page: number, pages: number): Placed[];
}

/** Lays the frame of a page out. */
export function layOutFrame({ warnings, foot }: PaperFrame, page: PaperPage, setter: TypeSetter): FramePlaced {
  const width = page.width - 2 * EDGE;
  const above = warnings.flatMap((text) => linesOf(text, WARNING, width, setter));
  const below = linesOf(foot, FOOT, width - 60, setter);
  const topHeight = above.length * WARNING.size * LINE;
  const bottomHeight = below.length * FOOT.size * LINE;
  const put = (lines: readonly string[], look: TextLook, y: number): Placed[] =>
    lines.map((text, i) => ({ what: 'text', text, x: EDGE, y: y + i * look.size * LINE + look.size, width: setter.width(text, look), look }));
  return {
    top: above.length === 0 ? 0 : EDGE + topHeight + 6,
    bottom: EDGE + bottomHeight + 6,
    placed: (number, pages) => {
      const count = `${number} / ${pages}`;
      const countWidth = setter.width(count, FOOT);
      return [
        ...put(above, WARNING, EDGE - 4),
        ...put(below, FOOT, page.height - EDGE - bottomHeight),
        { what: 'text', text: count, x: page.width - EDGE - countWidth, y: page.height - EDGE - bottomHeight + FOOT.size, width: countWidth, look: FOOT },
      ];
    },
  };
}

function linesOf(text: string, look: TextLook, width: number, setter: TypeSetter): string[] {
  return setLines([{ what: 'text', text, ...look }], () => width, setter).map(({ fragments }) => fragments.map((one) => (one.what === 'text' ? one.text : '')).join(''));
}
