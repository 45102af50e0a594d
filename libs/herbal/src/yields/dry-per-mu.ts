import { FRESH_PER_DRY } from './fresh-per-dry';

/** What a mu gives at most in a year, dried; a figure to look twice at, never a limit. */
export interface DryPerMu {
  readonly herb: string;
  /** How it is grown, where that makes a difference; absent: every way, and any way not named. */
  readonly modes?: readonly string[];
  /** Kilograms of dried herb. */
  readonly most: bigint;
  /** Nobody has confirmed any of them: what is above only warns. */
  readonly verified: false;
  readonly source: string;
}

const GENERAL = 'general knowledge, unverified';
const WEB = `public web pages and ${GENERAL}`;

/**
 * Highest yields collected for the herbs of the catalogue. Where a herb is grown in several ways the named ones come first.
 * 连翘 is taken by its better grade, for both are picked from the same bushes.
 */
export const DRY_PER_MU: readonly DryPerMu[] = ([
  ['lianqiao', undefined, 200n, WEB], ['dihuang', undefined, 900n, GENERAL], ['huangqi', ['wild-imitated', 'wild-tended'], 250n, WEB], ['huangqi', undefined, 500n, WEB], ['dangshen', undefined, 330n, WEB],
  ['chaihu', undefined, 200n, WEB], ['huangqin', undefined, 400n, WEB], ['yuanzhi', undefined, 150n, WEB], ['danshen', undefined, 450n, GENERAL], ['banlangen', undefined, 400n, WEB],
  ['wuweizi', undefined, 400n, WEB], ['ciwujia', undefined, 400n, GENERAL], ['renshen', undefined, 900n, GENERAL], ['chishao', undefined, 900n, GENERAL], ['baishao', undefined, 1000n, WEB],
  ['baizhu', undefined, 380n, WEB], ['gancao', undefined, 700n, WEB], ['zhimu', undefined, 450n, WEB], ['kushen', undefined, 700n, GENERAL], ['jiegeng', undefined, 450n, WEB],
  ['jinyinhua', undefined, 150n, WEB], ['shanzha', undefined, 1200n, GENERAL],
] as const).map(([herb, modes, most, source]) => ({ herb, ...(modes !== undefined && { modes }), most, source, verified: false }) as DryPerMu);

/** A good year on good land may give a quarter more than anybody wrote down. Our own measure. */
const GOOD_YEAR_PERCENT = 125n;
/** GB 3100-93 and usage: one mu is 10,000/15 square metres. */
const MU_PER_HECTARE = 15n;
const M2_PER_HECTARE = 10_000n;

/** What ground gives at most, and by which figures. */
export interface GroundYield {
  /** Milligrams, fresh. */
  readonly mostMg: bigint;
  readonly dryKgPerMu: bigint;
  /** Hundredths. */
  readonly freshPerDry: bigint;
  readonly source: string;
}

/**
 * The most fresh herb that ground may credibly give in one year: area × highest yield × most water × a good year.
 *
 * @param areaM2 of the ground along the slope, each piece once
 * @returns undefined for herbs of which no yield is known
 */
export function mostFresh(herb: string, mode: string | undefined, areaM2: bigint): GroundYield | undefined {
  const figure = DRY_PER_MU.find((one) => one.herb === herb && (one.modes === undefined || (mode !== undefined && one.modes.includes(mode))));
  const bands = FRESH_PER_DRY.filter((band) => band.herb === herb);
  if (figure === undefined || bands.length === 0) return undefined;
  const freshPerDry = bands.reduce((most, band) => (band.most > most ? band.most : most), 0n);
  const mostMg = (areaM2 * MU_PER_HECTARE * figure.most * 1_000_000n * freshPerDry * GOOD_YEAR_PERCENT) / (M2_PER_HECTARE * 100n * 100n);
  return { mostMg, dryKgPerMu: figure.most, freshPerDry, source: figure.source };
}
