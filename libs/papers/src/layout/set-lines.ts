import { piecesOf } from '@daodi/label';
import type { CodePiece, CountPiece, PicturePiece, Piece, TextLook, TextPiece } from './paper-document';

/** Widths of letters, in points. */
export interface TypeSetter {
  width(text: string, look: TextLook): number;
}

/** A part of a line. */
export type Fragment =
  | { readonly what: 'text'; readonly text: string; readonly look: TextLook; readonly width: number }
  | { readonly what: 'space'; readonly width: number }
  | (CodePiece & { readonly width: number })
  | PicturePiece;

export interface Line {
  readonly fragments: readonly Fragment[];
  readonly width: number;
  /** It ends because the text says so, not because it was full. */
  readonly isEnd: boolean;
  /** The page ends behind it. */
  readonly endsPage: boolean;
}

/** What is never parted: a word, a Chinese character with its punctuation, a picture. */
interface Atom {
  readonly fragments: readonly Fragment[];
  readonly width: number;
}

const TAB = 36;

/** Which page it is; body text does not know. */
export interface PageCount {
  readonly page: number;
  readonly pages: number;
}

/** Breaks pieces into lines. @param widthOf how wide the n-th line may be */
export function setLines(pieces: readonly Piece[], widthOf: (line: number) => number, setter: TypeSetter, count?: PageCount): Line[] {
  const lines: Line[] = [];
  let fragments: Fragment[] = [];
  let width = 0;
  const end = (isEnd: boolean, endsPage = false): void => {
    const kept = isEnd ? fragments : withoutEndSpace(fragments, setter);
    lines.push({ fragments: kept, width: kept.reduce((sum, one) => sum + one.width, 0), isEnd, endsPage });
    [fragments, width] = [[], 0];
  };
  for (const piece of grouped(pieces, count)) {
    if (piece.what === 'break') end(true);
    else if (piece.what === 'page-break') end(true, true);
    else if (piece.what === 'tab') {
      const step = TAB - (width % TAB);
      fragments.push({ what: 'space', width: step });
      width += step;
    } else {
      for (const atom of piece.what === 'texts' ? atomsOf(piece.texts, setter) : [atomOf(piece)]) {
        if (width + atom.width > widthOf(lines.length) + 0.01 && fragments.length > 0) end(false);
        for (const part of atom.width > widthOf(lines.length) ? splitAtom(atom, setter) : [atom]) {
          if (width + part.width > widthOf(lines.length) + 0.01 && fragments.length > 0) end(false);
          fragments.push(...part.fragments);
          width += part.width;
        }
      }
    }
  }
  end(true);
  return lines;
}

type Grouped = { readonly what: 'texts'; readonly texts: readonly TextPiece[] } | Exclude<Piece, TextPiece | CountPiece>;

/** Neighbouring texts together, whatever they look like: where a line may break does not hang on the look. */
function grouped(pieces: readonly Piece[], count: PageCount | undefined): Grouped[] {
  const groups: Grouped[] = [];
  for (const piece of pieces) {
    if (piece.what === 'text' || piece.what === 'page-number' || piece.what === 'page-count') {
      const said = piece.what === 'text' ? piece.text : String((piece.what === 'page-number' ? count?.page : count?.pages) ?? '');
      const text: TextPiece = { what: 'text', text: said, size: piece.size, isBold: piece.isBold, isUnderlined: piece.isUnderlined, colour: piece.colour };
      const last = groups.at(-1);
      if (last?.what === 'texts') groups[groups.length - 1] = { what: 'texts', texts: [...last.texts, text] };
      else groups.push({ what: 'texts', texts: [text] });
    } else groups.push(piece);
  }
  return groups;
}

function atomsOf(texts: readonly TextPiece[], setter: TypeSetter): Atom[] {
  const atoms: Atom[] = [];
  let [at, offset] = [0, 0];
  for (const piece of piecesOf(texts.map(({ text }) => text).join(''))) {
    const fragments: Fragment[] = [];
    for (let rest = piece; rest !== '';) {
      while (offset >= (texts[at] as TextPiece).text.length) [at, offset] = [at + 1, 0];
      const own = texts[at] as TextPiece;
      const part = rest.slice(0, own.text.length - offset);
      fragments.push({ what: 'text', text: part, look: own, width: setter.width(part, own) });
      rest = rest.slice(part.length);
      offset += part.length;
    }
    atoms.push({ fragments, width: fragments.reduce((sum, one) => sum + one.width, 0) });
  }
  return atoms;
}

const atomOf = (piece: CodePiece | PicturePiece): Atom => (piece.what === 'code' ? { width: piece.side, fragments: [{ ...piece, width: piece.side }] } : { width: piece.width, fragments: [piece] });

/** An address or number longer than a line is parted anywhere. */
function splitAtom({ fragments }: Atom, setter: TypeSetter): Atom[] {
  return fragments.flatMap((one): Atom[] => {
    if (one.what !== 'text') return [{ fragments: [one], width: one.width }];
    return [...one.text].map((text) => {
      const width = setter.width(text, one.look);
      return { fragments: [{ ...one, text, width }], width };
    });
  });
}

function withoutEndSpace(fragments: readonly Fragment[], setter: TypeSetter): Fragment[] {
  const last = fragments.at(-1);
  if (last?.what !== 'text' || !last.text.endsWith(' ')) return [...fragments];
  const text = last.text.trimEnd();
  return [...fragments.slice(0, -1), { ...last, text, width: setter.width(text, last.look) }];
}
