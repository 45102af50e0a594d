import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { TemplateFault } from '../template/template-fault';
import { type Dropped, judgePart, type OfficeKind } from './parts';
import { children, parseXml, xmlText } from './xml';

/** The most a template may have, as a file and unpacked: a Word file with a logo is far below it. */
export const TEMPLATE_BYTES_MAX = 5 * 1024 * 1024;
const UNPACKED_BYTES_MAX = 20 * 1024 * 1024;
const XML_BYTES_MAX = 4 * 1024 * 1024;
const PARTS_MAX = 300;

/** A Word or Excel file (ECMA-376, Office Open XML), unpacked: only parts that are known and harmless. */
export interface OfficePackage {
  readonly kind: OfficeKind;
  /** Bytes by the name of the part, without a leading slash. */
  readonly parts: ReadonlyMap<string, Uint8Array>;
}

export type PackageReading =
  | { readonly ok: true; readonly office: OfficePackage; readonly dropped: readonly Dropped[] }
  | { readonly ok: false; readonly faults: readonly TemplateFault[] };

/**
 * Unpacks a file somebody sent. What could run, fetch or hide something is refused with a reason; what is merely not
 * needed (thumbnails, editing history) is left out. Sizes are checked before anything is unpacked, and no more is
 * unpacked than the directory of the file says.
 */
export function readOfficePackage(bytes: Uint8Array): PackageReading {
  const refuse = (rule: string, zh: string, en: string, where = ''): PackageReading => ({ ok: false, faults: [{ where: { zh: where, en: where }, rule, zh, en }] });
  if (bytes.length > TEMPLATE_BYTES_MAX) return refuse('too-large', '文件超过 5 MB', 'the file is larger than 5 MB');
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return refuse('old-format', '这是旧的 .doc/.xls 或加密文件：请另存为 .docx/.xlsx，不加密码', 'this is an old .doc/.xls or an encrypted file: save it as .docx/.xlsx without a password');
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return refuse('no-office-file', '不是 .docx 或 .xlsx 文件', 'this is no .docx or .xlsx file');
  let unpacked = 0;
  let count = 0;
  let bomb = false;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        unpacked += originalSize;
        count += 1;
        bomb ||= unpacked > UNPACKED_BYTES_MAX || count > PARTS_MAX || (/\.(xml|rels)$/i.test(name) && originalSize > XML_BYTES_MAX);
        return !bomb && !name.endsWith('/');
      },
    });
  } catch {
    return refuse('no-office-file', '文件已损坏，无法解压', 'the file is damaged and cannot be unpacked');
  }
  if (bomb) return refuse('zip-bomb', '文件解压后过大或部件过多', 'unpacked, the file is too large or has too many parts');
  return judge(files);
}

function judge(files: Readonly<Record<string, Uint8Array>>): PackageReading {
  const kind: OfficeKind | undefined = files['word/document.xml'] !== undefined ? 'docx' : files['xl/workbook.xml'] !== undefined ? 'xlsx' : undefined;
  if (kind === undefined || files['[Content_Types].xml'] === undefined) {
    return { ok: false, faults: [{ where: { zh: '', en: '' }, rule: 'no-office-file', zh: '压缩包里没有 Word 正文或 Excel 工作簿', en: 'there is neither a Word document nor an Excel workbook in it' }] };
  }
  const faults: TemplateFault[] = [];
  const dropped: Dropped[] = [];
  const parts = new Map<string, Uint8Array>();
  for (const [name, bytes] of Object.entries(files)) {
    const judged = judgePart(name, bytes, kind);
    if (judged === 'keep') parts.set(name, bytes);
    else if (judged === 'drop') dropped.push(name);
    else faults.push(...judged);
  }
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, office: { kind, parts: withoutDangling(parts) }, dropped };
}

/** Relationships and content types that lead to a part that was left out would make Word call the file damaged. */
function withoutDangling(parts: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const kept = new Map(parts);
  for (const [name, bytes] of parts) {
    if (name !== '[Content_Types].xml' && !name.endsWith('.rels')) continue;
    const document = parseXml(strFromU8(bytes));
    const base = name.replace(/_rels\/[^/]+$/, '');
    for (const one of children(document.documentElement)) {
      const target = one.getAttribute('PartName') ?? one.getAttribute('Target');
      if (target !== null && !parts.has(resolve(base, target))) document.documentElement?.removeChild(one);
    }
    kept.set(name, strToU8(xmlText(document)));
  }
  return kept;
}

/** The part a relationship's target means. @param base folder of the part the relationship belongs to */
export function resolve(base: string, target: string): string {
  const segments: string[] = [];
  for (const segment of (target.startsWith('/') ? target.slice(1) : base + target).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}

/** Text of a part. @throws RangeError where it is not there: it was looked for before */
export function partText(office: OfficePackage, name: string): string {
  const bytes = office.parts.get(name);
  if (bytes === undefined) throw new RangeError(`no part ${name}`);
  return strFromU8(bytes);
}

/** Where the relationships of a part lead: part name by relationship id. */
export function relationsOf(office: OfficePackage, part: string): Map<string, string> {
  const [folder, file] = [part.replace(/[^/]+$/, ''), part.split('/').at(-1)];
  const bytes = office.parts.get(`${folder}_rels/${file}.rels`);
  const relations = new Map<string, string>();
  if (bytes === undefined) return relations;
  for (const one of parseXml(strFromU8(bytes)).getElementsByTagName('Relationship')) {
    relations.set(one.getAttribute('Id') ?? '', resolve(folder, one.getAttribute('Target') ?? ''));
  }
  return relations;
}

/** The file again. Fixed times: the same parts give the same bytes. */
export function writeOfficePackage({ parts }: OfficePackage): Buffer {
  const names = [...parts.keys()].sort((a, b) => (a === '[Content_Types].xml' ? -1 : b === '[Content_Types].xml' ? 1 : a < b ? -1 : 1));
  const files = Object.fromEntries(names.map((name) => [name, parts.get(name) as Uint8Array]));
  return Buffer.from(zipSync(files, { mtime: new Date(Date.UTC(1980, 0, 2)), level: 6 }));
}
