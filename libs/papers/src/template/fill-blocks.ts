import { children, type Element } from '../package/xml';
import { cutText, fillParagraph, textOf } from './fill-paragraph';
import { linesOf, refuseOtherName, unclosed, unopened, type Where } from './fill-text';
import type { Filling } from './filling';
import { placeOf } from './places';
import { closingMarker, rowMarkers } from './row-markers';
import type { Scope } from './scope';
import { loneMarker } from './tokens';

/** Fills paragraphs and tables that follow each other. */
export function fillBlocks(blocks: readonly Element[], scope: Scope, filling: Filling): void {
  const { watch } = filling;
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i] as Element;
    if (block.tagName === 'w:tbl') fillRows(block, children(block, 'w:tr'), scope, filling);
    else if (block.tagName === 'w:sdt') fillBlocks(children(children(block, 'w:sdtContent')[0]), scope, filling);
    else if (block.tagName === 'w:p') {
      const where = placeOf(block);
      const marker = loneMarker(textOf(block));
      if (marker === undefined) fillParagraph(block, scope, where, filling);
      else if (marker.kind === 'close') watch.fault(unopened(marker.name, where));
      else {
        const end = closingBlock(blocks, i);
        if (end === -1) watch.fault(unclosed(marker.name, where));
        else {
          refuseOtherName(marker.name, loneMarker(textOf(blocks[end] as Element)), scope, where, watch);
          repeat(blocks.slice(i + 1, end), marker.name, scope, where, filling);
          remove(blocks[end] as Element);
          i = end;
        }
        remove(block);
      }
    }
  }
}

/** Puts a copy of the blocks for each line of a list before them, filled, and takes them away. */
function repeat(blocks: readonly Element[], list: string, scope: Scope, where: Where, filling: Filling): void {
  const [first] = blocks;
  for (const line of linesOf(list, scope, where, filling.watch)) {
    const copies = blocks.map((block) => copyOf(block, filling));
    for (const copy of copies) first?.parentNode?.insertBefore(copy, first);
    fillBlocks(copies, line, filling);
  }
  blocks.forEach(remove);
}

function closingBlock(blocks: readonly Element[], from: number): number {
  let depth = 0;
  for (let i = from; i < blocks.length; i++) {
    const block = blocks[i] as Element;
    const marker = block.tagName === 'w:p' ? loneMarker(textOf(block)) : undefined;
    if (marker?.kind === 'open') depth += 1;
    else if (marker?.kind === 'close' && --depth === 0) return i;
  }
  return -1;
}

function copyOf(element: Element, { budget }: Filling): Element {
  budget.spend(1 + element.getElementsByTagName('*').length);
  return element.cloneNode(true) as Element;
}

const remove = (element: Element): void => void element.parentNode?.removeChild(element);

/** Fills rows of a table. */
function fillRows(table: Element, rows: readonly Element[], scope: Scope, filling: Filling): void {
  const { watch } = filling;
  const markers = rows.flatMap((row, i) => rowMarkers(row, i));
  for (let i = 0; i < rows.length; i++) {
    const opening = markers.find(({ row, token }) => row === i && token.kind === 'open');
    if (opening === undefined) {
      for (const stray of markers.filter(({ row, token }) => row === i && token.kind === 'close')) {
        watch.fault(unopened(stray.token.name, placeOf(stray.paragraph)));
        cutText(stray.paragraph, stray.token.at, stray.token.end);
      }
      fillCells(rows[i] as Element, scope, filling);
      continue;
    }
    const where = placeOf(opening.paragraph);
    const end = closingMarker(markers, opening);
    if (end === undefined) {
      watch.fault(unclosed(opening.token.name, where));
      continue;
    }
    refuseOtherName(opening.token.name, end.token, scope, where, watch);
    // The later one first: cutting moves what stands behind it in the same paragraph.
    cutText(end.paragraph, end.token.at, end.token.end);
    cutText(opening.paragraph, opening.token.at, opening.token.end);
    const repeated = rows.slice(i, end.row + 1);
    for (const line of linesOf(opening.token.name, scope, where, watch)) {
      const copies = repeated.map((row) => copyOf(row, filling));
      for (const copy of copies) table.insertBefore(copy, repeated[0] as Element);
      fillRows(table, copies, line, filling);
    }
    repeated.forEach(remove);
    i = end.row;
  }
}

function fillCells(row: Element, scope: Scope, filling: Filling): void {
  for (const cell of children(row, 'w:tc')) {
    fillBlocks(children(cell), scope, filling);
    // A cell without a paragraph is none to Word.
    if (children(cell, 'w:p').length === 0) cell.appendChild((cell.ownerDocument as NonNullable<typeof cell.ownerDocument>).createElement('w:p'));
  }
}
