import { zipSync } from 'fflate';
import order from '../../../../seeds/gap-inspection-order.json';

/** A part of the file, in the order of the inspection guide. */
export interface GapSection {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** Sections in their order; the order is second hand and not verified, which the file says. */
export const GAP_SECTIONS: readonly GapSection[] = order.sections;

/** What the file is about. */
export interface GapFileAbout {
  readonly organisation: string;
  readonly base: string;
  readonly herb: string;
  readonly year: number;
}

/** A day inside the range ZIP knows, and the same for every file: the same records give the same bytes. */
const FIXED_TIME = new Date('2000-01-01T00:00:00Z');

/** One file: a list of contents that says how much of each section is on record and which are empty, and a folder of records for each. */
export function gapFile(about: GapFileAbout, records: Readonly<Record<string, readonly unknown[]>>): Uint8Array {
  const text = (value: string): Uint8Array => new TextEncoder().encode(value);
  const json = (value: unknown): Uint8Array => text(`${JSON.stringify(value, null, 2)}\n`);
  const rows = GAP_SECTIONS.map(({ code, zh, en }, i) => {
    const count = records[code]?.length ?? 0;
    return `${i + 1},${zh},${en},${count},${count === 0 ? '无记录 nothing on record' : `${nameOf(i, code)}`}`;
  });
  const contents = `\uFEFF序号 no.,内容 section,in English,条数 records,文件 file\r\n${rows.join('\r\n')}\r\n`;
  const files: Record<string, Uint8Array> = {
    '00-contents.csv': text(contents),
    '00-about.json': json({ ...about, order: { verified: order.verified, source: order.source } }),
    ...Object.fromEntries(GAP_SECTIONS.flatMap(({ code }, i) => ((records[code]?.length ?? 0) === 0 ? [] : [[nameOf(i, code), json(records[code])]]))),
  };
  return zipSync(files, { mtime: FIXED_TIME });
}

const nameOf = (i: number, code: string): string => `${String(i + 1).padStart(2, '0')}-${code}.json`;

/** Work on land; stores move on steps of our own as well. */
const FIELD = new Set(['sowing', 'transplanting', 'weeding', 'fertilising', 'plant-protection', 'irrigation', 'pruning', 'tending', 'inspection', 'other'].map((work) => `urn:daodi:bizstep:${work}`));

/** Which section an event belongs to. */
export function sectionOf(event: Readonly<Record<string, unknown>>): string {
  const step = typeof event['daodi:step'] === 'string' ? event['daodi:step'] : undefined;
  const biz = typeof event['bizStep'] === 'string' ? event['bizStep'].split(/[:/-]/).at(-1) : undefined;
  if (event['daodi:planting'] !== undefined || event['daodi:propagule'] !== undefined || biz === 'commissioning' || step === 'planting-out') return 'propagules';
  if (step === 'harvest') return 'harvest';
  if (FIELD.has(String(event['bizStep']))) return 'field-work';
  if (biz === 'packing' || biz === 'repackaging') return 'packing';
  if (event['type'] === 'TransformationEvent') return 'processing';
  if (biz === 'shipping' || biz === 'receiving' || biz === 'void_shipping') return 'transport';
  if (biz === 'sampling' || biz === 'inspecting') return 'testing';
  return 'storage';
}
