import { children, type Element } from '../package/xml';
import type { Where } from './fill-text';

/** Where each paragraph stands is written on it before anything is repeated, so that copies know it too. */
const MARK = 'daodi-place';

/** Writes on every paragraph where it stands. */
export function markPlaces(story: Element, part: string): void {
  const [zh, en] = part.includes('header') ? ['页眉', 'header'] : part.includes('footer') ? ['页脚', 'footer'] : ['正文', 'body'];
  let paragraphs = 0;
  let tables = 0;
  const visit = (parent: Element): void => {
    for (const one of children(parent)) {
      if (one.tagName === 'w:p') one.setAttribute(MARK, `${zh}第 ${++paragraphs} 段|${en}, paragraph ${paragraphs}`);
      else if (one.tagName === 'w:tbl') markTable(one, ++tables, zh, en);
      else if (one.tagName === 'w:sdt' || one.tagName === 'w:sdtContent') visit(one);
    }
  };
  visit(story);
}

function markTable(table: Element, number: number, zh: string, en: string): void {
  children(table, 'w:tr').forEach((row, r) => {
    children(row, 'w:tc').forEach((cell, c) => {
      const place = `${zh}表 ${number} 第 ${r + 1} 行第 ${c + 1} 格|${en}, table ${number}, row ${r + 1}, cell ${c + 1}`;
      for (const paragraph of cell.getElementsByTagName('w:p')) paragraph.setAttribute(MARK, place);
    });
  });
}

/** Where a paragraph stands. */
export function placeOf(paragraph: Element): Where {
  const [zh = '', en = ''] = (paragraph.getAttribute(MARK) ?? '').split('|');
  return { zh, en };
}

/** Takes the marks away. */
export function unmarkPlaces(story: Element): void {
  for (const paragraph of story.getElementsByTagName('w:p')) paragraph.removeAttribute(MARK);
}
