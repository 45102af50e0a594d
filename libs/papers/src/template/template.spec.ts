import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { buildDocx } from '../defaults/build-docx';
import { DEFAULT_TEMPLATES } from '../defaults/default-templates';
import type { Block } from '../layout/paper-document';
import { Budget, TooLong } from './filling';
import { PAPER_KINDS } from './paper-kinds';
import { checkTemplate, fillTemplate } from './template';
import { loneMarker, tokensOf } from './tokens';

const docx = (...texts: string[]): Buffer => buildDocx(texts.map((text) => ({ text })), '');
const rulesOf = (bytes: Buffer): string[] => {
  const checked = checkTemplate(bytes);
  return checked.ok ? [] : checked.faults.map(({ rule, where }) => `${rule} @${where.en}`);
};
const changed = (file: Buffer, part: string, change: (xml: string) => string): Buffer => {
  const files = unzipSync(file);
  files[part] = strToU8(change(strFromU8(files[part] as Uint8Array)));
  return Buffer.from(zipSync(files));
};
const BATCHES = [{ herb: '连翘', kg: '1', reports: [{ reportNumber: 'A' }, { reportNumber: 'B' }] }, { herb: '黄芩', kg: '2.5', reports: [] }];

/** The text of a filled template, a paragraph or cell a line. */
function filled(bytes: Buffer, values: object, budget = new Budget()): string[] {
  const checked = checkTemplate(bytes);
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
  const { sections } = fillTemplate(checked.office, { values: values as never, watch: { fault: () => undefined, used: () => undefined }, marksPictures: true, budget });
  const textOf = (block: Block): string[] =>
    block.what === 'paragraph' ? [block.pieces.map((piece) => (piece.what === 'text' ? piece.text : piece.what === 'code' ? `[${piece.text}]` : '')).join('')] : block.rows.flatMap(({ cells }) => cells.flatMap(({ blocks }) => blocks.flatMap(textOf)));
  return sections.flatMap(({ body }) => body.flatMap(textOf));
}

describe('placeholders', () => {
  it('are read as typed on an English or a Chinese keyboard', () => {
    expect(tokensOf('甲{品名}乙｛＃批次｝{/batches}').map((token) => [token.kind, 'name' in token ? token.name : token.text])).toEqual([['text', '甲'], ['name', '品名'], ['text', '乙'], ['open', '批次'], ['close', 'batches']]);
    expect(loneMarker(' {#批次} ')).toEqual({ kind: 'open', name: '批次' });
    expect(tokensOf('a } b').some(({ kind }) => kind === 'broken')).toBe(true);
  });

  it('are filled in Chinese and English alike, though Word parted them', () => {
    const parted = changed(docx('品名：{he@rb@}'.replace('{he@rb@}', '{#batches}{herb} {千克} kg；{/批次}')), 'word/document.xml', (xml) => xml.replace('{herb}', '{he</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>rb}'));
    expect(filled(parted, { batches: BATCHES })).toEqual(['品名：连翘 1 kg；黄芩 2.5 kg；']);
  });

  it('repeat paragraphs, and lists in lists', () => {
    expect(filled(docx('{#批次}', '{品名}', '{#检验报告}', '报告 {报告编号}', '{/检验报告}', '{/批次}', '完'), { batches: BATCHES })).toEqual(['连翘', '报告 A', '报告 B', '黄芩', '完']);
  });

  it('repeat rows of a table, and what a record holds is never read as a placeholder', () => {
    const table = buildDocx([{ widths: [40, 40], rows: [['品名', '数'], ['{#批次}{品名}', '{千克}{/批次}']] }], '');
    expect(filled(table, { batches: [{ herb: '{千克}', kg: '1' }, { herb: '乙', kg: '2' }] })).toEqual(['品名', '数', '{千克}', '1', '乙', '2']);
  });

  it('are named with their place where they are unknown, broken, not closed, or in themselves', () => {
    expect(rulesOf(docx('{品名}'))).toEqual(['unknown-placeholder @body, paragraph 1']);
    expect(rulesOf(docx('{供货单位}', '{供货单位'))).toEqual(['brace @body, paragraph 2']);
    expect(rulesOf(docx('{#批次}', '{品名}'))).toEqual(['list-not-closed @body, paragraph 1', 'unknown-placeholder @body, paragraph 2']);
    expect(rulesOf(docx('{/批次}', '{供货单位}'))).toEqual(['list-not-opened @body, paragraph 1']);
    expect(rulesOf(docx('{#批次}', '{#batches}', '{品名}', '{/batches}', '{/批次}'))).toEqual(['list-in-itself @body, paragraph 2']);
    expect(rulesOf(docx('{#批次}', '{品名}', '{/证书}'))).toEqual(['list-not-closed @body, paragraph 1']);
    expect(rulesOf(docx('没有占位符'))).toEqual(['no-placeholder @']);
  });

  it('make no paper without end', () => {
    expect(() => filled(docx('{#批次}', '{品名}', '{/批次}'), { batches: Array.from({ length: 50 }, () => ({ herb: 'x' })) }, new Budget(100))).toThrow(TooLong);
  });
});

describe('files', () => {
  it('of ours are taken as they are', () => {
    for (const kind of PAPER_KINDS) expect([kind, rulesOf(DEFAULT_TEMPLATES[kind].build())]).toEqual([kind, []]);
  });

  it('with embedded objects under another prefix, formulas or data beside pixels are refused', () => {
    const other = changed(docx('{供货单位}'), 'word/document.xml', (xml) => xml.replace('<w:body>', '<w:body><z:altChunk xmlns:z="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'));
    expect(rulesOf(other)).toEqual(['active-content @word/document.xml']);
    const sheet = DEFAULT_TEMPLATES['delivery-note'].build();
    expect(rulesOf(changed(sheet, 'xl/worksheets/sheet1.xml', (xml) => xml.replace('<c r="A9" s="0"/>', '<c r="A9"><f>WEBSERVICE("http://x")</f></c>')))).toEqual(['formula @xl/worksheets/sheet1.xml A9']);
    const bomb = Buffer.alloc(64);
    bomb.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    bomb.writeUInt32BE(10, 16);
    bomb.writeUInt32BE(10, 20);
    expect(rulesOf(Buffer.from(zipSync({ ...unzipSync(docx('{供货单位}')), 'word/media/image1.png': bomb })))).toEqual(['picture @word/media/image1.png']);
  });

  it('lose what is not needed and nothing else: settings of printers, thumbnails', () => {
    const checked = checkTemplate(Buffer.from(zipSync({ ...unzipSync(docx('{供货单位}')), 'docProps/thumbnail.jpeg': strToU8('x'), 'word/printerSettings/printerSettings1.bin': strToU8('x') })));
    expect(checked.ok && [...checked.dropped].sort()).toEqual(['docProps/thumbnail.jpeg', 'word/printerSettings/printerSettings1.bin']);
  });
});
