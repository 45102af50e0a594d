import { PRODUCT_FORM_MEANINGS } from '../../products/product.dto';
import { BASIS_MEANINGS, DIRECTION_MEANINGS, FAMILY_MEANINGS, halfWidth, plain } from '../limit';

/** A column of a table of standards, a limit to a row: the first members are those of the standard, the others of the limit. */
export interface StandardColumn {
  readonly member: string;
  readonly of: 'standard' | 'limit';
  readonly zh: string;
  readonly en: string;
  /** Words for the values of a closed list. */
  readonly words?: ReadonlyMap<string, string>;
  readonly kind?: 'day' | 'list' | 'exact';
  readonly needed?: true;
  /** What would be right, where something else stands. */
  readonly right: { readonly zh: string; readonly en: string };
}

/** What stands before the first blank of a meaning is its Chinese word, what stands behind it the English one. */
function wordsOf(meanings: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> {
  const words = Object.entries(meanings).flatMap(([code, meaning]) => {
    const [zh = '', ...en] = meaning.split(' ');
    return [[plain(zh).replace(/（.*$|\(.*$/u, ''), code], [plain(en.join(' ')).toLowerCase(), code], [code, code]] as const;
  });
  return new Map([...words, ...Object.entries(more)]);
}

const TEXT = { zh: '一段文字', en: 'a text' };
const DAY = { zh: '日期，如 2025-10-01', en: 'a day such as 2025-10-01' };
const oneOf = (words: ReadonlyMap<string, string>): StandardColumn['right'] => {
  const codes = [...new Set(words.values())];
  const zh = codes.map((code) => [...words].find(([, one]) => one === code)?.[0]);
  return { zh: `以下之一：${zh.join('、')}`, en: `one of ${codes.join(', ')}` };
};
const closed = (words: ReadonlyMap<string, string>): Pick<StandardColumn, 'words' | 'right'> => ({ words, right: oneOf(words) });

/** All columns, in the order in which they are written. Titles are read in either language, whatever the order. */
export const STANDARD_COLUMNS: readonly StandardColumn[] = [
  { member: 'family', of: 'standard', zh: '标准类别', en: 'family', needed: true, ...closed(wordsOf(FAMILY_MEANINGS, { 省标: 'provincial', 地方标准: 'provincial', 内控: 'house', 企业标准: 'house', 地理标志: 'gi', 代用茶: 'tea', 食品: 'food', 合同: 'contract' })) },
  { member: 'name', of: 'standard', zh: '标准名称', en: 'name', needed: true, right: TEXT },
  { member: 'edition', of: 'standard', zh: '版次', en: 'edition', right: TEXT },
  { member: 'number', of: 'standard', zh: '标准编号', en: 'number', right: TEXT },
  { member: 'herb', of: 'standard', zh: '品种', en: 'herb', right: { zh: '药材目录中的代码或中文名', en: 'a code or Chinese name of the catalogue of herbs' } },
  { member: 'form', of: 'standard', zh: '形态', en: 'form', ...closed(wordsOf(PRODUCT_FORM_MEANINGS)) },
  { member: 'piece', of: 'standard', zh: '饮片品名', en: 'piece', right: TEXT },
  { member: 'grade', of: 'standard', zh: '规格等级', en: 'grade', right: TEXT },
  { member: 'region', of: 'standard', zh: '适用地区', en: 'region', right: { zh: '行政区划代码前缀，如 14', en: 'first digits of administrative codes, such as 14' } },
  { member: 'effectiveFrom', of: 'standard', zh: '施行日期', en: 'effective from', kind: 'day', needed: true, right: DAY },
  { member: 'effectiveTo', of: 'standard', zh: '最后一日', en: 'effective to', kind: 'day', right: DAY },
  { member: 'source', of: 'standard', zh: '来源', en: 'source', needed: true, right: TEXT },
  { member: 'item', of: 'limit', zh: '检验项目', en: 'item', needed: true, right: { zh: '检验项目，如 水分', en: 'an item such as 水分' } },
  { member: 'itemCode', of: 'limit', zh: '项目代码', en: 'item code', right: { zh: '小写字母与连字符', en: 'small letters and hyphens' } },
  { member: 'analytes', of: 'limit', zh: '成分', en: 'analytes', kind: 'list', right: { zh: '一个成分，或用 + 连接的合计', en: 'one analyte, or a sum joined by +' } },
  { member: 'direction', of: 'limit', zh: '方向', en: 'direction', needed: true, ...closed(wordsOf(DIRECTION_MEANINGS, { '≤': 'max', '≥': 'min', 不得少于: 'min', 不低于: 'min', 不高于: 'max', 符合规定: 'conforms' })) },
  { member: 'limitText', of: 'limit', zh: '限度', en: 'limit', kind: 'exact', needed: true, right: { zh: '只写数，如 10.0；范围写作 4.0~6.0', en: 'the number alone, such as 10.0; a range as 4.0~6.0' } },
  { member: 'unit', of: 'limit', zh: '单位', en: 'unit', right: { zh: '单位，如 %、mg/kg', en: 'a unit such as %, mg/kg' } },
  { member: 'basis', of: 'limit', zh: '计算基准', en: 'basis', ...closed(wordsOf(BASIS_MEANINGS, { 干燥品: 'dried', 原样: 'as-is' })) },
  { member: 'chapter', of: 'limit', zh: '通则', en: 'chapter', kind: 'exact', right: { zh: '通则号，如 0832', en: 'the number of a general chapter such as 0832' } },
  { member: 'page', of: 'limit', zh: '页码', en: 'page', right: TEXT },
  { member: 'source', of: 'limit', zh: '限度出处', en: 'source of the limit', right: TEXT },
];

/** The column a title names, in either language. */
export function columnTitled(title: string): StandardColumn | undefined {
  const wanted = plain(title).toLowerCase().replace(/[*＊]/g, '');
  return STANDARD_COLUMNS.find(({ zh, en, member }) => [zh, plain(en), member.toLowerCase()].includes(wanted));
}

/** The Chinese word of a value, by which it is written. */
export function wordOf({ words }: StandardColumn, value: string): string {
  return (words === undefined ? undefined : [...words].find(([, code]) => code === value)?.[0]) ?? value;
}

/** A day as people and spreadsheets write it: 2025-10-01, 2025/10/1, 2025.10.1, 2025年10月1日. */
export function dayOf(text: string): string | undefined {
  const [, year, month = '', day = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(halfWidth(text)) ?? [];
  return year === undefined ? undefined : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
