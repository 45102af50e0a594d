import type { DeductionKind } from '@daodi/herbal';

/** What is odd about a slip that all the same was written; kept with it and shown, never refused. */
export const SLIP_NOTES = {
  'net-differs': '单上净重与计算不符，按单上净重结算 the net on paper is another than computed; that of the paper is paid',
  'net-above-arrived': '单上净重大于到货重量 more is paid than arrived',
  'no-price': '没有单价 no price',
  'no-scale': '没有登记衡器 no scale is named',
  'finer-than-division': '读数细于分度值 finer than the scale shows',
  'above-capacity': '超过最大秤量 more than the scale carries',
  'calibration-expired': '检定已过期 its calibration had run out',
  'calibration-unknown': '检定情况不明 nothing is known of its calibration',
  'scale-ended': '衡器已停用 the scale was out of use',
} as const;
export type SlipNote = keyof typeof SLIP_NOTES;

/** One deduction as it stands on a slip. */
export interface SlipDeduction {
  readonly kind: DeductionKind;
  /** As typed. */
  readonly percent?: string;
  readonly weight?: string;
  readonly mg: string;
}

/**
 * A slip 过磅单 as its latest record says it: as typed, and beside it the exact milligrams as decimal text. It names its
 * picker by id only.
 */
export interface SlipState {
  readonly status: 'active' | 'void';
  readonly picker: string;
  readonly weighedAt: string;
  /** The station's day it counts to. */
  readonly day: string;
  readonly site?: string;
  readonly area?: string;
  readonly crop?: string;
  readonly herb: string;
  readonly grade?: string;
  readonly unit: string;
  readonly gross: string;
  readonly tare: string;
  readonly deductions: readonly SlipDeduction[];
  readonly netOnPaper?: string;
  readonly grossMg: string;
  readonly tareMg: string;
  /** Gross less tare: what balances run on. */
  readonly arrivedMg: string;
  /** As computed, see `slipMasses`. */
  readonly netMg: string;
  /** What is paid for: the net on paper where there is one, else the computed one. */
  readonly paidMg: string;
  readonly sacks?: number;
  /** URN of the scale. */
  readonly scale?: string;
  readonly pickedFrom?: string;
  readonly pickedTo?: string;
  /** Yuan per unit, as typed. */
  readonly price?: string;
  readonly priceUnit?: string;
  readonly photoDigest?: string;
  readonly slipNumber?: string;
  readonly note?: string;
  readonly notes: readonly SlipNote[];
  /** The heap that was closed already when this slip came; it can be added to it. */
  readonly lateFor?: string;
}

/** What slips have in common that are closed together. Absent members are part of it. */
export interface HeapKey {
  readonly site?: string;
  readonly area?: string;
  readonly crop?: string;
  readonly herb: string;
  readonly grade?: string;
  readonly day: string;
}

/** The key of a slip's heap. */
export const heapKeyOf = ({ site, area, crop, herb, grade, day }: HeapKey): HeapKey => ({ site, area, crop, herb, grade, day });

/** Whether two keys are one. */
export const isSameHeap = (a: HeapKey, b: HeapKey): boolean =>
  a.site === b.site && a.area === b.area && a.crop === b.crop && a.herb === b.herb && a.grade === b.grade && a.day === b.day;

/** A slip with its id. */
export interface Slip extends SlipState {
  readonly id: string;
  /** The heap it was closed into. */
  readonly heap?: string;
}

/** A heap 堆 as its latest record says it: which slips are in the batch. No name and no price. */
export interface HeapState extends HeapKey {
  readonly status: 'closed' | 'dissolved';
  /** Code of the batch it became. */
  readonly batch: string;
  /** URI of the batch. */
  readonly batchUri: string;
  /** The event that says so; another one after each correction. */
  readonly eventID: string;
  /** Ids of the slips, sorted. */
  readonly slips: readonly string[];
  /** See `digestOfSlips`. */
  readonly slipsDigest: string;
  readonly pickers: number;
  readonly sacks: number;
  readonly arrivedMg: string;
}
