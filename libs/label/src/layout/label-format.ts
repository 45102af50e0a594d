/** What labels are printed on. All lengths in millimetres. */

/** One label and how many of them a page has. */
export interface LabelFormat {
  readonly zh: string;
  readonly en: string;
  readonly widthMm: number;
  readonly heightMm: number;
  /** White border that a printer may miss. */
  readonly marginMm: number;
  /** Side of the QR symbol without its quiet zone; 15 mm is the least a phone reads easily from a bag. */
  readonly symbolMm: number;
  /** Largest size of the name and of the rows, in points. */
  readonly titlePt: number;
  readonly rowPt: number;
  readonly page: PageGrid;
}

/** Where the labels lie on a page. */
export interface PageGrid {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly columns: number;
  readonly rows: number;
  readonly leftMm: number;
  readonly topMm: number;
  /** From the left edge of one label to that of the next; adhesive sheets have a gap between the columns. */
  readonly stepXMm: number;
  readonly stepYMm: number;
}

const onRoll = (widthMm: number, heightMm: number): PageGrid => ({
  widthMm, heightMm, columns: 1, rows: 1, leftMm: 0, topMm: 0, stepXMm: widthMm, stepYMm: heightMm,
});

/** Every format there is, by the name the API gives it. */
export const FORMATS = {
  'roll-100x150': { zh: '标签机卷纸 100×150 毫米', en: 'label printer roll, 100 × 150 mm', widthMm: 100, heightMm: 150, marginMm: 5, symbolMm: 40, titlePt: 34, rowPt: 13, page: onRoll(100, 150) },
  'roll-100x70': { zh: '标签机卷纸 100×70 毫米', en: 'label printer roll, 100 × 70 mm', widthMm: 100, heightMm: 70, marginMm: 3.5, symbolMm: 25, titlePt: 24, rowPt: 9, page: onRoll(100, 70) },
  'roll-60x40': { zh: '标签机卷纸 60×40 毫米', en: 'label printer roll, 60 × 40 mm', widthMm: 60, heightMm: 40, marginMm: 2, symbolMm: 17, titlePt: 15, rowPt: 7, page: onRoll(60, 40) },
  'a4-2x5': {
    zh: 'A4 不干胶，2 列 5 行，每张 99.1×57 毫米', en: 'A4 adhesive sheet, 2 × 5 labels of 99.1 × 57 mm', widthMm: 99.1, heightMm: 57, marginMm: 3.5, symbolMm: 23, titlePt: 20, rowPt: 8,
    page: { widthMm: 210, heightMm: 297, columns: 2, rows: 5, leftMm: 4.65, topMm: 6, stepXMm: 101.6, stepYMm: 57 },
  },
} as const satisfies Readonly<Record<string, LabelFormat>>;

/** A name of {@link FORMATS}. */
export type FormatName = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

/** What each format is. */
export const FORMAT_MEANINGS: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(FORMATS).map(([name, { zh, en }]) => [name, `${zh} ${en}`]));
