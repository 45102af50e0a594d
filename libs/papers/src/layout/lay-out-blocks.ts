import { layOutParagraph } from './lay-out-paragraph';
import { layOutTable } from './lay-out-table';
import type { Block } from './paper-document';
import type { Band } from './placed';
import type { PageCount, TypeSetter } from './set-lines';

/** Lays blocks out below each other. @param tallest what a page holds: a row above that is parted */
export function layOutBlocks(blocks: readonly Block[], width: number, tallest: number, setter: TypeSetter, count?: PageCount): Band[] {
  return blocks.flatMap((block) =>
    block.what === 'paragraph' ? layOutParagraph(block, width, setter, count) : layOutTable(block, width, tallest, (inner, room) => layOutBlocks(inner, room, tallest, setter, count)),
  );
}
