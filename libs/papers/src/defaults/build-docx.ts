import { strToU8 } from 'fflate';
import { type OfficePackage, writeOfficePackage } from '../package/office-package';
import { escapeXml } from '../package/xml';

/** A paragraph of a default template. */
export interface Said {
  readonly text: string;
  readonly size?: number;
  readonly isBold?: boolean;
  readonly align?: 'left' | 'center' | 'right';
  readonly before?: number;
  readonly after?: number;
  readonly colour?: string;
  readonly keepsNext?: boolean;
}

/** A cell: its text, or more about it. */
export type CellSaid = string | (Said & { readonly columns?: number; readonly fill?: string });

export interface TableSaid {
  /** Widths in millimetres. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly CellSaid[])[];
  /** How many rows are headings. */
  readonly headings?: number;
}

const TWIPS_PER_MM = 1440 / 25.4;
const HEAD_FILL = 'EDF2EA';

/** Makes a Word file of A4, written so that Word and WPS open it as one of theirs. */
export function buildDocx(blocks: readonly (Said | TableSaid)[], headerText: string): Buffer {
  const body = blocks.map((block) => ('rows' in block ? tableXml(block) : paragraphXml(block))).join('');
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${WORD}.styles+xml"/><Override PartName="/word/header1.xml" ContentType="${WORD}.header+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${RELS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="${RELS}"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${OFFICE}/header" Target="header1.xml"/></Relationships>`,
    'word/styles.xml': STYLES,
    'word/header1.xml': `<w:hdr ${NAMESPACES}>${paragraphXml({ text: headerText, size: 8, align: 'right', colour: '666666' })}</w:hdr>`,
    'word/document.xml': `<w:document ${NAMESPACES}><w:body>${body}<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1077" w:bottom="1134" w:left="1077" w:header="680" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`,
  };
  const office: OfficePackage = { kind: 'docx', parts: new Map(Object.entries(parts).map(([name, xml]) => [name, strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`)])) };
  return writeOfficePackage(office);
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const RELS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const NAMESPACES = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${OFFICE}"`;
const STYLES = `<w:styles ${NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="等线"/><w:sz w:val="20"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`;

function paragraphXml({ text, size = 10, isBold, align = 'left', before = 0, after = 0, colour, keepsNext }: Said): string {
  const properties = `${keepsNext ? '<w:keepNext/>' : ''}<w:spacing w:before="${before * 20}" w:after="${after * 20}"/><w:jc w:val="${align}"/>`;
  const look = `${isBold ? '<w:b/>' : ''}${colour === undefined ? '' : `<w:color w:val="${colour}"/>`}<w:sz w:val="${size * 2}"/>`;
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`;
}

function tableXml({ widths, rows, headings = 0 }: TableSaid): string {
  const twips = widths.map((mm) => Math.round(mm * TWIPS_PER_MM));
  const border = (side: string): string => `<w:${side} w:val="single" w:sz="4" w:color="7A8C74"/>`;
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(border).join('');
  const grid = twips.map((width) => `<w:gridCol w:w="${width}"/>`).join('');
  const body = rows.map((row, r) => rowXml(row, twips, r < headings)).join('');
  return `<w:tbl><w:tblPr><w:tblW w:w="${twips.reduce((a, b) => a + b, 0)}" w:type="dxa"/><w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${body}</w:tbl>`;
}

function rowXml(row: readonly CellSaid[], twips: readonly number[], isHeading: boolean): string {
  let at = 0;
  const cells = row.map((cell) => {
    const said = typeof cell === 'string' ? { text: cell } : cell;
    const { columns = 1, fill } = said as { columns?: number; fill?: string };
    const width = twips.slice(at, at + columns).reduce((a, b) => a + b, 0);
    at += columns;
    const shade = fill ?? (isHeading ? HEAD_FILL : undefined);
    const properties = `<w:tcW w:w="${width}" w:type="dxa"/>${columns > 1 ? `<w:gridSpan w:val="${columns}"/>` : ''}${shade === undefined ? '' : `<w:shd w:val="clear" w:color="auto" w:fill="${shade}"/>`}<w:vAlign w:val="center"/>`;
    return `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraphXml({ size: 9, ...(isHeading && { isBold: true, align: 'center' as const }), ...said })}</w:tc>`;
  });
  return `<w:tr><w:trPr><w:cantSplit/>${isHeading ? '<w:tblHeader/>' : ''}</w:trPr>${cells.join('')}</w:tr>`;
}

/** What a row of a two-column table of facts is called. */
export const label = (text: string): CellSaid => ({ text, fill: HEAD_FILL, isBold: true });
