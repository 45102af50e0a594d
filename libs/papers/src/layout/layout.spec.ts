import { layOutBlocks } from './lay-out-blocks';
import { paginate } from './paginate';
import type { Block, Cell, Paragraph, Row, TextLook } from './paper-document';
import type { Placed } from './placed';
import { setLines, type TypeSetter } from './set-lines';

const LOOK: TextLook = { size: 10, isBold: false, isUnderlined: false, colour: '000000' };
/** Chinese characters are as wide as high, all others half. */
const SETTER: TypeSetter = { width: (text, { size }) => [...text].reduce((sum, one) => sum + (/[\u2e80-\u{3ffff}\uff00-\uffef]/u.test(one) ? size : size / 2), 0) };
const said = (text: string, more: Partial<Paragraph> = {}): Paragraph => ({
  what: 'paragraph', align: 'left', before: 0, after: 0, left: 0, right: 0, firstLine: 0, line: { exactly: 10 }, startsPage: false, keepsNext: false, look: LOOK, pieces: [{ what: 'text', text, ...LOOK }], ...more,
});
const cell = (at: number, text: string, more: Partial<Cell> = {}): Cell => ({ at, columns: 1, rows: 1, blocks: [said(text)], borders: {}, vertical: 'top', padding: { top: 0, right: 0, bottom: 0, left: 0 }, ...more });
const row = (...cells: Cell[]): Row => ({ cells, isExact: false, isHeading: false });
const linesOf = (text: string, width: number): string[] => setLines(said(text).pieces, () => width, SETTER).map(({ fragments }) => fragments.map((one) => (one.what === 'text' ? one.text : '')).join(''));
const pagesOf = (blocks: readonly Block[], width: number, height: number): string[][] =>
  paginate(layOutBlocks(blocks, width, height, SETTER), height).map((page) => page.flatMap((one: Placed) => (one.what === 'text' ? [one.text] : [])));

describe('lines', () => {
  it('never begin with a closing mark nor end with an opening one, and keep words and numbers whole', () => {
    expect(linesOf('连翘一批，青翘', 40)).toEqual(['连翘一', '批，青翘']);
    expect(linesOf('连翘一（青翘）', 40)).toEqual(['连翘一', '（青翘）']);
    expect(linesOf('重 200.125 kg 整', 45)).toEqual(['重', '200.125', 'kg 整']);
  });

  it('part a word only where it alone is longer than a line, and lose nothing', () => {
    const address = 'https://trace.example.cn/b/7K2QZ0ABCD4';
    expect(linesOf(address, 60).join('')).toBe(address);
  });
});

describe('pages', () => {
  it('hold every line of a row that is higher than a page', () => {
    const many = Array.from({ length: 25 }, (_, i) => said(`行${i}`));
    const pages = pagesOf([{ what: 'table', columns: [100], align: 'left', indent: 0, rows: [row(cell(0, '', { blocks: many }))] }], 100, 100);
    expect(pages.length).toBe(3);
    expect(pages.flat()).toEqual(many.map((_, i) => `行${i}`));
  });

  it('repeat the headings of a table, and keep rows of a merged cell together', () => {
    const table: Block = {
      what: 'table', columns: [50, 50], align: 'left', indent: 0,
      rows: [
        { ...row(cell(0, '题', { columns: 2 })), isHeading: false }, { ...row(cell(0, '头'), cell(1, '头二')), isHeading: true },
        ...Array.from({ length: 6 }, (_, i) => row(cell(0, `甲${i}`), cell(1, `乙${i}`))), row(cell(0, '合', { rows: 2 }), cell(1, '上')), row(cell(1, '下')),
      ],
    };
    const pages = pagesOf([table], 100, 50);
    expect(pages[0]).toEqual(['题', '头', '头二', '甲0', '乙0', '甲1', '乙1', '甲2', '乙2']);
    expect(pages[1]?.slice(0, 4)).toEqual(['头', '头二', '甲3', '乙3']);
    const merged = pages.find((page) => page.includes('合'));
    expect(merged).toEqual(expect.arrayContaining(['上', '下']));
  });

  it('keep a heading with what follows it', () => {
    const pages = pagesOf([...Array.from({ length: 4 }, (_, i) => said(`${i}`)), said('标题', { keepsNext: true }), said('正文')], 100, 50);
    expect(pages).toEqual([['0', '1', '2', '3'], ['标题', '正文']]);
  });
});
