import { inflateSync } from 'node:zlib';
import { strFromU8 } from 'fflate';
import type { TemplateFault } from '../template/template-fault';
import { type Document, type Element, parseXml, XmlRefused } from './xml';

export type OfficeKind = 'docx' | 'xlsx';
/** Name of a part that was left out. */
export type Dropped = string;

const KEPT: Readonly<Record<OfficeKind, RegExp>> = {
  docx: /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(document|styles|numbering|settings|fontTable|theme\/theme\d+|header\d+|footer\d+)\.xml|word\/_rels\/[\w.]+\.rels|word\/media\/[\w.-]+\.(png|jpe?g))$/i,
  xlsx: /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|styles|sharedStrings|theme\/theme\d+|worksheets\/sheet\d+)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/_rels\/[\w.]+\.rels)$/i,
};

/** What could run or bring something in: macros, embedded objects, controls, data connections, imported text. */
const DANGEROUS = /vbaProject|vbaData|(?<!printerSettings\d*)\.bin$|activeX|embeddings\/|oleObject|externalLinks\/|connections\.xml|queryTables\/|customUI|ctrlProps\/|afchunk|macrosheets\/|dialogsheets\/|webextensions\//i;

/** Pictures above this on a side are no logo; a small file can unpack to gigabytes of pixels. */
const PIXELS_MAX = 4000;
/** The name of a PNG's chunk of pixels. */
const IDAT = 0x49444154;
const PICTURE_BYTES_MAX = 2 * 1024 * 1024;

type Judged = 'keep' | 'drop' | readonly TemplateFault[];

const fault = (name: string, rule: string, zh: string, en: string): TemplateFault => ({ where: { zh: name, en: name }, rule, zh, en });

/** What becomes of one part of a file somebody sent. */
export function judgePart(name: string, bytes: Uint8Array, kind: OfficeKind): Judged {
  if (DANGEROUS.test(name)) return [fault(name, 'active-content', '含有宏、嵌入对象、控件或外部数据，不能使用；请另存为不含宏的 .docx/.xlsx', 'it holds macros, embedded objects, controls or outside data; save it as .docx/.xlsx without them')];
  if (name.includes('..') || name.includes('\\') || name.startsWith('/')) return [fault(name, 'no-office-file', '部件名称不正常', 'a part has a name no Office program gives')];
  if (!KEPT[kind].test(name)) return 'drop';
  if (/\.(png|jpe?g)$/i.test(name)) return judgePicture(name, bytes);
  try {
    const document = parseXml(strFromU8(bytes));
    if (name.endsWith('.rels')) return outsideLinks(name, document) ?? 'keep';
    if (name === '[Content_Types].xml' && /macroEnabled|ms-excel\.sheet\.binary/i.test(strFromU8(bytes))) return [fault(name, 'active-content', '这是启用宏的文件；请另存为 .docx/.xlsx', 'this is a file with macros enabled; save it as .docx/.xlsx')];
    return activeFields(name, document) ?? 'keep';
  } catch (error) {
    if (!(error instanceof XmlRefused)) throw error;
    return [fault(name, 'bad-xml', '内容无法读取（不允许 DOCTYPE 和实体）', 'it cannot be read (no DOCTYPE, no entities)')];
  }
}

/** Whatever leads out of the file: whoever opens it later would be seen doing so. */
function outsideLinks(name: string, document: Document): Judged | undefined {
  const outside = [...document.getElementsByTagName('Relationship')].filter((one) => one.getAttribute('TargetMode') === 'External' || /^[a-z][a-z0-9+.-]*:/i.test(one.getAttribute('Target') ?? ''));
  if (outside.length === 0) return undefined;
  return outside.map((one) => fault(name, 'outside-link', `有指向文件以外的链接：${(one.getAttribute('Target') ?? '').slice(0, 100)}；请删除超链接、链接的图片或附加模板`, `it links outside the file: ${(one.getAttribute('Target') ?? '').slice(0, 100)}; remove hyperlinks, linked pictures, attached templates`));
}

/** What is left of field codes once page numbers are taken away: other fields can fetch files or start programs. */
const withoutPageNumbers = (codes: string): string => codes.replace(/\b(SECTIONPAGES|NUMPAGES|PAGE)\b|\\\*\s*(MERGEFORMAT|Arabic)|\s+/gi, '');

function activeFields(name: string, document: Document): Judged | undefined {
  // By local name: a hostile file may bind another prefix.
  const named = (local: string): Element[] => [...document.getElementsByTagNameNS('*', local)];
  const codes = [...named('instrText').map((one) => one.textContent ?? ''), ...named('fldSimple').map((one) => ` ${one.getAttribute('w:instr') ?? one.attributes[0]?.value ?? ''} `)].join('');
  const rest = withoutPageNumbers(codes);
  if (rest !== '') return [fault(name, 'field', `域代码不能使用（页码除外）：${rest.slice(0, 60)}`, `fields are not taken, page numbers excepted: ${rest.slice(0, 60)}`)];
  if (['altChunk', 'object', 'OLEObject', 'control', 'subDoc'].some((local) => named(local).length > 0)) return [fault(name, 'active-content', '含有嵌入对象，不能使用', 'it holds embedded objects')];
  const formula = name.startsWith('xl/worksheets/') ? named('f')[0] : undefined;
  if (formula === undefined) return undefined;
  const cell = (formula.parentNode as Element | null)?.getAttribute('r') ?? '';
  return [fault(`${name} ${cell}`, 'formula', '公式不能使用：合计请用占位符，如 {合计千克}', 'formulas are not taken: use placeholders for totals, such as {totalKg}')];
}

function judgePicture(name: string, bytes: Uint8Array): Judged {
  const size = pictureSize(bytes);
  if (size === undefined) return [fault(name, 'picture', '图片不是 PNG 或 JPEG', 'the picture is no PNG or JPEG')];
  if (bytes.length > PICTURE_BYTES_MAX || size.width > PIXELS_MAX || size.height > PIXELS_MAX) return [fault(name, 'picture', '图片过大：最多 4000×4000 像素、2 MB', 'the picture is too large: at most 4000 × 4000 pixels, 2 MB')];
  if (!inflates(bytes, size)) return [fault(name, 'picture', '图片数据与其尺寸不符', 'the picture holds more, or other, data than its size says')];
  return 'keep';
}

/** Whether what a PNG unpacks to is as much as its size says at most: reading it would unpack all of it. */
function inflates(bytes: Uint8Array, { width, height }: { readonly width: number; readonly height: number }): boolean {
  if (bytes[0] !== 0x89) return true;
  const data: Uint8Array[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === IDAT) data.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  try {
    return inflateSync(Buffer.concat(data), { maxOutputLength: (width * 8 + 8) * (height + 8) }).length > 0;
  } catch {
    return false;
  }
}

/** Pixels of a PNG (its IHDR chunk) or JPEG (its first frame header); undefined of anything else. */
export function pictureSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length > 24 && view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) };
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1] as number;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
  }
  return undefined;
}
