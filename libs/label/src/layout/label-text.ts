/** What a label says. It stands in the log as it was printed, so a sheet can be drawn again and comes out the same. */

export const LABEL_KINDS = ['bag', 'carton', 'sample'] as const;
export type LabelKind = (typeof LABEL_KINDS)[number];

/** What each kind is. */
export const LABEL_KIND_MEANINGS = {
  bag: '袋签 bag', carton: '箱签 carton', sample: '样品签 sample',
} as const;

/** One line of facts. */
export interface LabelField {
  readonly zh: string;
  readonly en: string;
  readonly value: string;
  /** Set in bold: what people look for first. */
  readonly isStrong?: true;
  /** 1: the label is none without it. Where room is short the highest numbers go first, and the label says so. */
  readonly rank: 1 | 2 | 3;
}

/** Where the batch stood when the label was made. */
export interface LabelStatus {
  readonly zh: string;
  readonly en: string;
  /** White on black: what must not be used. */
  readonly isWarning: boolean;
}

/** A sentence of small print. */
export interface LabelNote {
  readonly zh: string;
  readonly en: string;
}

/** What all labels of a sheet say alike. */
export interface LabelText {
  readonly kind: LabelKind;
  readonly isDemo: boolean;
  readonly title: string;
  /** Pinyin and Latin name, as the catalogue has them. */
  readonly subtitle?: string;
  /** Absent on a sample: it carries no verdict. */
  readonly status?: LabelStatus;
  readonly fields: readonly LabelField[];
  /** Small print, a sentence each; the English half goes where room is short. */
  readonly notes: readonly LabelNote[];
}

/** What one label of a sheet says for itself. */
export interface LabelPiece {
  /** What the symbol holds. */
  readonly uri: string;
  /** The same for people, below it, a line each: ASCII. */
  readonly captions: readonly string[];
  /** 件号, `3 / 20`. */
  readonly number?: string;
}
