/** A paper to be drawn: what Word and Excel files come to, all lengths in points. */

export interface PaperPage {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
  /** From the edge of the paper to the header and footer. */
  readonly header: number;
  readonly footer: number;
}

/** Letters of one look. */
export interface TextLook {
  readonly size: number;
  readonly isBold: boolean;
  readonly isUnderlined: boolean;
  /** Six hexadecimal digits. */
  readonly colour: string;
}

export interface TextPiece extends TextLook {
  readonly what: 'text';
  readonly text: string;
}

/** The number of the page, or how many there are. */
export type CountPiece = (TextLook & { readonly what: 'page-number' }) | (TextLook & { readonly what: 'page-count' });

export interface CodePiece {
  readonly what: 'code';
  readonly text: string;
  readonly side: number;
}

export interface PicturePiece {
  readonly what: 'picture';
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

export type Piece = TextPiece | CountPiece | CodePiece | PicturePiece | { readonly what: 'tab' } | { readonly what: 'break' } | { readonly what: 'page-break' };

export type Align = 'left' | 'center' | 'right' | 'justify';

export interface Paragraph {
  readonly what: 'paragraph';
  readonly align: Align;
  readonly before: number;
  readonly after: number;
  readonly left: number;
  readonly right: number;
  readonly firstLine: number;
  /** Lines of text: a multiple of their natural height, or points. */
  readonly line: { readonly times: number } | { readonly exactly: number } | { readonly atLeast: number };
  readonly startsPage: boolean;
  readonly keepsNext: boolean;
  readonly pieces: readonly Piece[];
  /** Of a line without letters. */
  readonly look: TextLook;
}

export interface Border {
  readonly width: number;
  readonly colour: string;
  readonly isDouble?: boolean;
}

export type Side = 'top' | 'right' | 'bottom' | 'left';
export type Borders = Readonly<Partial<Record<Side, Border>>>;

export interface Cell {
  /** Columns and rows it covers. */
  readonly columns: number;
  readonly rows: number;
  /** First column, from 0. */
  readonly at: number;
  readonly blocks: readonly Block[];
  readonly borders: Borders;
  readonly fill?: string;
  readonly vertical: 'top' | 'center' | 'bottom';
  readonly padding: Readonly<Record<Side, number>>;
}

export interface Row {
  readonly cells: readonly Cell[];
  readonly height?: number;
  /** Not higher than it says, whatever is in it. */
  readonly isExact: boolean;
  /** Repeated on top of each page. */
  readonly isHeading: boolean;
}

export interface Table {
  readonly what: 'table';
  readonly columns: readonly number[];
  readonly align: 'left' | 'center' | 'right';
  readonly indent: number;
  readonly rows: readonly Row[];
}

export type Block = Paragraph | Table;

/** One section: Word has one, Excel one for each sheet. */
export interface PaperDocument {
  readonly page: PaperPage;
  readonly header: readonly Block[];
  readonly footer: readonly Block[];
  readonly body: readonly Block[];
}
