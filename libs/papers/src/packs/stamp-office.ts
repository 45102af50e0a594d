import { strToU8 } from 'fflate';
import { type OfficePackage, partText } from '../package/office-package';
import { child, children, type Element, escapeXml, parseXml, xmlText } from '../package/xml';
import { readGrids } from '../template/sheet-grid';
import { writeGrids } from '../template/write-xlsx';

/** Writes into a filled Word or Excel file what the platform puts on every page of a PDF: it can be changed there, but it was told. */
export function stampOffice(office: OfficePackage, lines: readonly string[]): OfficePackage {
  if (office.kind === 'docx') return stampDocx(office, lines);
  const grids = readGrids(office);
  return writeGrids(office, grids.map((grid, i) => (i > 0 ? grid : {
    ...grid, rows: [...grid.rows, ...lines.map((text, at) => ({ number: grid.rows.length + at + 1, cells: [{ column: 0, style: 0, text, isNumber: false }], merges: [] }))],
  })));
}

const NAMESPACE = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

function stampDocx(office: OfficePackage, lines: readonly string[]): OfficePackage {
  const document = parseXml(partText(office, 'word/document.xml'));
  const body = child(document.documentElement, 'w:body');
  const first = body?.firstChild ?? null;
  for (const line of lines) {
    const xml = `<w:p xmlns:w="${NAMESPACE}"><w:r><w:rPr><w:b/><w:color w:val="B00020"/><w:sz w:val="16"/></w:rPr><w:t xml:space="preserve">${escapeXml(line)}</w:t></w:r></w:p>`;
    body?.insertBefore(document.importNode(parseXml(xml).documentElement as Element, true), first);
  }
  if (children(body).length === 0) throw new RangeError('a Word file without a body was let in');
  return { ...office, parts: new Map(office.parts).set('word/document.xml', strToU8(xmlText(document))) };
}
