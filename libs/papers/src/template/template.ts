import { readDocx } from '../layout/read-docx';
import { readXlsx } from '../layout/read-xlsx';
import type { PaperDocument } from '../layout/paper-document';
import { type OfficePackage, readOfficePackage } from '../package/office-package';
import { XmlRefused } from '../package/xml';
import { fillDocx } from './fill-docx';
import { Budget, type Filling, TooLong } from './filling';
import { exampleValues, type PaperValues } from './paper-fields';
import { fillGrid } from './fill-xlsx';
import { readGrids } from './sheet-grid';
import type { TemplateFault } from './template-fault';
import { writeGrids } from './write-xlsx';

/** A template looked at: either it can be used, and names this, or what is wrong with it. */
export type Checked =
  | { readonly ok: true; readonly office: OfficePackage; readonly used: ReadonlySet<string>; readonly dropped: readonly string[] }
  | { readonly ok: false; readonly faults: readonly TemplateFault[] };

const FAULTS_MAX = 100;

/** Looks at a file somebody wants to use as a template: what it is, what is in it, and every placeholder, by trying it with examples. */
export function checkTemplate(bytes: Uint8Array): Checked {
  const reading = readOfficePackage(bytes);
  if (!reading.ok) return reading;
  const { office, dropped } = reading;
  const faults = new Map<string, TemplateFault>();
  const used = new Set<string>();
  const watch = { fault: (fault: TemplateFault) => void (faults.size < FAULTS_MAX && faults.set(JSON.stringify(fault), fault)), used: (name: string) => void used.add(name) };
  try {
    fillTemplate(office, { values: exampleValues(), watch, marksPictures: true, budget: new Budget() });
  } catch (error) {
    if (error instanceof TooLong) return { ok: false, faults: [{ where: { zh: '', en: '' }, rule: 'too-long', zh: '模板过长', en: 'the template is too long' }] };
    if (!(error instanceof XmlRefused || error instanceof RangeError || error instanceof TypeError)) throw error;
    return { ok: false, faults: [{ where: { zh: '', en: '' }, rule: 'no-office-file', zh: '文件结构不完整，无法读取', en: 'the file lacks parts it refers to and cannot be read' }] };
  }
  if (used.size === 0 && faults.size === 0) faults.set('none', { where: { zh: '', en: '' }, rule: 'no-placeholder', zh: '模板里没有任何占位符，如 {品名}', en: 'there is no placeholder in it, such as {herb}' });
  return faults.size > 0 ? { ok: false, faults: [...faults.values()] } : { ok: true, office, used, dropped };
}

/** A template filled: the Office file, and what is drawn of it. */
export interface Filled {
  readonly office: OfficePackage;
  readonly sections: readonly PaperDocument[];
}

/** Fills a template and reads what came of it. */
export function fillTemplate(office: OfficePackage, filling: Filling): Filled {
  if (office.kind === 'docx') {
    const filled = fillDocx(office, filling);
    return { office: filled, sections: [readDocx(filled)] };
  }
  const grids = readGrids(office).map((grid) => fillGrid(grid, filling));
  return { office: writeGrids(office, grids), sections: readXlsx(office, grids) };
}

/** Fills a template that was checked: nothing listens any more. @throws TooLong */
export const fillChecked = (office: OfficePackage, values: PaperValues, marksPictures: boolean): Filled => fillTemplate(office, { values, watch: { fault: () => undefined, used: () => undefined }, marksPictures, budget: new Budget() });
