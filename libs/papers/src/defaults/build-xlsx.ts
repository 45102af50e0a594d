import { strToU8 } from 'fflate';
import { type OfficePackage, writeOfficePackage } from '../package/office-package';
import { escapeXml } from '../package/xml';
import { cellName } from '../template/sheet-grid';

/** Looks of the cells of a default template, by name; their order is that of the styles written below. */
export const LOOKS = ['plain', 'title', 'label', 'value', 'head', 'cell', 'number', 'small', 'sum'] as const;
export type Look = (typeof LOOKS)[number];

/** A cell: where it begins, what it says, how it looks, how many columns it covers. */
export interface SheetCell {
  readonly at: number;
  readonly text: string;
  readonly look: Look;
  readonly columns?: number;
}

export interface SheetRow {
  readonly height: number;
  readonly cells: readonly SheetCell[];
}

/** Makes an Excel file with one worksheet, A4 lying, fitted to its width. @param headingRow is repeated on every page */
export function buildXlsx(name: string, widths: readonly number[], rows: readonly SheetRow[], headingRow: number): Buffer {
  const merges = rows.flatMap(({ cells }, r) => cells.flatMap(({ at, columns = 1 }) => (columns > 1 ? [`<mergeCell ref="${cellName(at, r + 1)}:${cellName(at + columns - 1, r + 1)}"/>`] : [])));
  const sheet = `<worksheet ${NAMESPACE}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><cols>${widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')}</cols><sheetData>${rows.map(rowXml).join('')}</sheetData>${merges.length > 0 ? `<mergeCells count="${merges.length}">${merges.join('')}</mergeCells>` : ''}<printOptions horizontalCentered="1"/><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`;
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${EXCEL}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${EXCEL}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${EXCEL}.styles+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${RELS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook ${NAMESPACE} xmlns:r="${OFFICE}"><sheets><sheet name="${escapeXml(name)}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${escapeXml(name)}'!$${headingRow}:$${headingRow}</definedName></definedNames></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${RELS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': STYLES,
    'xl/worksheets/sheet1.xml': sheet,
  };
  const office: OfficePackage = { kind: 'xlsx', parts: new Map(Object.entries(parts).map(([part, xml]) => [part, strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`)])) };
  return writeOfficePackage(office);
}

/** Every cell of a merged range carries its look, or its borders would have gaps. */
function rowXml({ height, cells }: SheetRow, r: number): string {
  const all = cells.flatMap(({ at, text, look, columns = 1 }) => Array.from({ length: columns }, (_, i) => {
    const style = ` s="${LOOKS.indexOf(look)}"`;
    return i > 0 || text === '' ? `<c r="${cellName(at + i, r + 1)}"${style}/>` : `<c r="${cellName(at, r + 1)}"${style} t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
  }));
  return `<row r="${r + 1}" ht="${height}" customHeight="1">${all.join('')}</row>`;
}

const NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const RELS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const font = (size: number, isBold = false, colour?: string): string => `<font>${isBold ? '<b/>' : ''}<sz val="${size}"/>${colour === undefined ? '' : `<color rgb="FF${colour}"/>`}<name val="等线"/></font>`;
const xf = (fontId: number, fillId: number, borderId: number, horizontal: string, wrap = true): string =>
  `<xf fontId="${fontId}" fillId="${fillId}" borderId="${borderId}" numFmtId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="${horizontal}" vertical="center"${wrap ? ' wrapText="1"' : ''}/></xf>`;
const THIN = ['left', 'right', 'top', 'bottom'].map((side) => `<${side} style="thin"><color rgb="FF7A8C74"/></${side}>`).join('');
const STYLES = `<styleSheet ${NAMESPACE}><fonts count="5">${font(10)}${font(18, true)}${font(10, true)}${font(9)}${font(8, false, '666666')}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEDF2EA"/></patternFill></fill></fills><borders count="2"><border/><border>${THIN}</border></borders><cellStyleXfs count="1"><xf fontId="0" fillId="0" borderId="0" numFmtId="0"/></cellStyleXfs><cellXfs count="9">${[
  xf(0, 0, 0, 'left'), xf(1, 0, 0, 'center'), xf(2, 0, 0, 'left'), xf(0, 0, 0, 'left'), xf(2, 2, 1, 'center'), xf(3, 0, 1, 'left'), xf(3, 0, 1, 'right'), xf(4, 0, 0, 'left'), xf(2, 0, 1, 'right'),
].join('')}</cellXfs></styleSheet>`;
