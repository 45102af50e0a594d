import type { Block, Cell, Paragraph, TextLook } from '../layout/paper-document';

/** A batch, and the address its code leads to. */
export interface BatchCode {
  readonly name: string;
  readonly address: string;
}

const LOOK: TextLook = { size: 7, isBold: false, isUnderlined: false, colour: '333333' };
const ACROSS = 6;

const paragraph = (pieces: Paragraph['pieces'], before = 0): Paragraph => ({
  what: 'paragraph', align: 'center', before, after: 0, left: 0, right: 0, firstLine: 0, line: { times: 1 }, startsPage: false, keepsNext: false, pieces, look: LOOK,
});

/** The codes of the batches, put below a paper whose template shows none: every paper leads to what is on record now. */
export function codeAppendix(codes: readonly BatchCode[], width: number): Block[] {
  if (codes.length === 0) return [];
  const rows = Array.from({ length: Math.ceil(codes.length / ACROSS) }, (_, i) => codes.slice(i * ACROSS, (i + 1) * ACROSS));
  const padding = { top: 3, right: 3, bottom: 3, left: 3 };
  const cell = ({ name, address }: BatchCode, at: number): Cell => ({
    at, columns: 1, rows: 1, borders: {}, vertical: 'top', padding,
    blocks: [paragraph([{ what: 'code', text: address, side: 54 }]), paragraph([{ what: 'text', text: name, ...LOOK }])],
  });
  return [
    { ...paragraph([{ what: 'text', text: '批次二维码（扫码看现状）', ...LOOK }], 10), align: 'left', keepsNext: true },
    { what: 'table', columns: Array.from({ length: ACROSS }, () => width / ACROSS), align: 'left', indent: 0, rows: rows.map((row) => ({ cells: row.map(cell), isExact: false, isHeading: false })) },
  ];
}
