/** How many kilograms of fresh herb give one of dried, as usual; a band to look twice at, never a limit. */
export interface FreshPerDry {
  /** Code of the herb, and its grade where grades differ. */
  readonly herb: string;
  readonly grade?: string;
  /** Hundredths: 250 is 2.5 to 1. */
  readonly least: bigint;
  readonly most: bigint;
  /** Nobody has confirmed any of them against a printed source: outside them is a warning at most. */
  readonly verified: false;
  readonly source: string;
}

const GENERAL = 'general knowledge, unverified';
const WEB = `public web pages and ${GENERAL}`;

/**
 * Bands collected for the herbs of the catalogue. They hold for usual fresh moisture: 老翘 dries on the branch and may lose
 * nothing, early 青翘 may take more than four to one, so outside a band is only unusual.
 */
export const FRESH_PER_DRY: readonly FreshPerDry[] = [
  ['lianqiao', '青翘', 250n, 350n, WEB], ['lianqiao', '老翘', 120n, 200n, WEB], ['dihuang', undefined, 400n, 550n, GENERAL], ['huangqi', undefined, 230n, 330n, WEB],
  ['dangshen', undefined, 230n, 350n, WEB], ['chaihu', undefined, 280n, 360n, WEB], ['huangqin', undefined, 250n, 320n, WEB], ['yuanzhi', undefined, 280n, 450n, WEB],
  ['danshen', undefined, 300n, 420n, GENERAL], ['banlangen', undefined, 300n, 380n, WEB], ['wuweizi', undefined, 380n, 500n, WEB], ['ciwujia', undefined, 190n, 260n, GENERAL],
  ['renshen', undefined, 280n, 360n, GENERAL], ['chishao', undefined, 190n, 260n, GENERAL], ['baishao', undefined, 200n, 260n, WEB], ['baizhu', undefined, 280n, 360n, WEB],
  ['gancao', undefined, 190n, 260n, WEB], ['zhimu', undefined, 260n, 360n, WEB], ['kushen', undefined, 200n, 280n, GENERAL], ['jiegeng', undefined, 320n, 450n, WEB],
  ['jinyinhua', undefined, 400n, 600n, WEB], ['shanzha', undefined, 280n, 400n, GENERAL],
].map(([herb, grade, least, most, source]) => ({ herb, grade, least, most, source, verified: false }) as FreshPerDry);

/** The band of a herb: that of its grade where grades differ, else nothing; a herb without grades has one. */
export const findFreshPerDry = (herb: string, grade: string | undefined): FreshPerDry | undefined =>
  FRESH_PER_DRY.find((band) => band.herb === herb && (band.grade === undefined || band.grade === grade));

/** A drying outside the band of its herb. */
export interface UnusualRatio {
  /** Fresh for one of dried, in hundredths, rounded down. */
  readonly ratio: bigint;
  /**
   * Beyond what wilting, drying on the branch and early, watery fruit explain: less than two thirds of the least that is
   * usual, or more than one and a half times the most. Our own measure.
   */
  readonly isFar: boolean;
}

/**
 * Whether a drying is unusual.
 *
 * @returns undefined within the band
 */
export function unusualRatio(freshMg: bigint, dryMg: bigint, { least, most }: FreshPerDry): UnusualRatio | undefined {
  if (dryMg === 0n) return undefined;
  const hundredfold = freshMg * 100n;
  if (hundredfold >= least * dryMg && hundredfold <= most * dryMg) return undefined;
  return { ratio: hundredfold / dryMg, isFar: hundredfold * 3n < least * dryMg * 2n || hundredfold * 2n > most * dryMg * 3n };
}
