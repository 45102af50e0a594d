import { children, type Element } from '../package/xml';
import { type FilledPiece, fillText, type Where } from './fill-text';
import type { Filling } from './filling';
import { pictureOf } from './picture-mark';
import type { Scope } from './scope';
import { tokensOf } from './tokens';

/** A stretch of a paragraph's text, and the element that holds it. Word parts text wherever somebody once corrected it. */
interface Stretch {
  readonly element: Element;
  readonly from: number;
  readonly to: number;
}

/** Elements around runs whose text counts; deleted text does not. */
const AROUND = new Set(['w:hyperlink', 'w:ins', 'w:smartTag', 'w:sdt', 'w:sdtContent', 'w:r']);

function stretchesOf(paragraph: Element): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  const visit = (parent: Element): void => {
    for (const one of children(parent)) {
      if (one.tagName === 'w:t') {
        const length = (one.textContent ?? '').length;
        stretches.push({ element: one, from: at, to: at + length });
        at += length;
      } else if (AROUND.has(one.tagName)) visit(one);
    }
  };
  visit(paragraph);
  return stretches;
}

/** The text of a paragraph. */
export const textOf = (paragraph: Element): string => stretchesOf(paragraph).map(({ element }) => element.textContent ?? '').join('');

/** Fills one paragraph; each piece looks like the first character of what it stands for. */
export function fillParagraph(paragraph: Element, scope: Scope, where: Where, { watch, marksPictures }: Filling): void {
  const text = textOf(paragraph);
  if (tokensOf(text).every(({ kind }) => kind === 'text')) return;
  const pieces = fillText(text, scope, where, watch).map((piece) => (piece.isPicture && marksPictures ? { ...piece, text: pictureOf(piece.text) } : piece));
  write(stretchesOf(paragraph), pieces);
}

/** Takes a stretch of text out of a paragraph, such as a marker of a list. */
export function cutText(paragraph: Element, from: number, to: number): void {
  for (const stretch of stretchesOf(paragraph)) {
    const text = stretch.element.textContent ?? '';
    setText(stretch.element, text.slice(0, Math.max(0, from - stretch.from)) + text.slice(Math.max(0, to - stretch.from)));
  }
}

function write(stretches: readonly Stretch[], pieces: readonly FilledPiece[]): void {
  // A list inside one paragraph goes back to its beginning for each line: then all of it looks like its beginning.
  const isInOrder = pieces.every((piece, i) => i === 0 || piece.at >= (pieces[i - 1] as FilledPiece).at);
  const first = stretches.find(({ to }) => to > (pieces[0]?.at ?? 0)) ?? stretches[0];
  const texts = new Map<Element, string>();
  const add = (element: Element, text: string): void => void texts.set(element, (texts.get(element) ?? '') + text);
  for (const piece of pieces) {
    for (const stretch of stretches) {
      if (!isInOrder) {
        if (stretch === first) add(stretch.element, piece.text);
      } else if (piece.isLiteral) add(stretch.element, piece.text.slice(Math.max(0, stretch.from - piece.at), Math.max(0, stretch.to - piece.at)));
      else if (piece.at >= stretch.from && piece.at < stretch.to) add(stretch.element, piece.text);
    }
  }
  for (const { element } of stretches) setText(element, texts.get(element) ?? '');
}

function setText(element: Element, text: string): void {
  element.textContent = text;
  element.setAttribute('xml:space', 'preserve');
}
