import { decimalText } from '@daodi/epcis';

/**
 * How moisture came to be known. The first five are methods of the pharmacopoeia's general chapter on water (费休氏 烘干
 * 减压干燥 甲苯 气相色谱); then a quick meter 快速水分仪, a table's figure 查表, an estimate by hand 手感估计.
 */
export const MOISTURE_METHODS = ['karl-fischer', 'oven', 'reduced-pressure', 'toluene', 'gas-chromatography', 'meter', 'table', 'estimate'] as const;
export type MoistureMethod = (typeof MOISTURE_METHODS)[number];

/** Moisture as it was stated of a mass. */
export interface Moisture {
  /** Per cent of the mass as weighed, decimal text as typed: `12.0` says more than `12`. */
  readonly percent: string;
  readonly method: MoistureMethod;
  /** What its method can be out by, in per cent of the mass, where whoever measured says so. */
  readonly uncertainty?: string;
}

/** Fractions are counted in billionths of a billionth: eight decimals of a per cent are exact. */
export const WHOLE = 10n ** 12n;

/** The dry part of a mass as a fraction in {@link WHOLE}ths: as stated, and the least and most it can be. */
export interface DryPart {
  readonly stated: bigint;
  readonly least: bigint;
  readonly most: bigint;
}

/**
 * The dry part that a stated moisture leaves. A stated per cent stands for half a unit of its last digit either way
 * (`12.0` for 11.95 to 12.05; a number 12 for 11.5 to 12.5), and for its method's uncertainty on top, where that is
 * stated. Nothing more is assumed of a method: what is not on record widens nothing.
 *
 * @throws RangeError where it is no number from 0 to 100 with at most eight decimals
 */
export function dryPartOf({ percent, uncertainty }: Pick<Moisture, 'percent' | 'uncertainty'>): DryPart {
  const water = inWholes(percent);
  if (water > WHOLE) throw new RangeError(`moisture ${percent}`);
  const out = halfOfLastDigit(percent) + (uncertainty === undefined ? 0n : inWholes(uncertainty));
  const within = (part: bigint): bigint => (part < 0n ? 0n : part > WHOLE ? WHOLE : part);
  return { stated: WHOLE - water, least: within(WHOLE - water - out), most: within(WHOLE - water + out) };
}

/**
 * Whether a gain of dry matter judged by it is physics. It is measured by a method that weighs or titrates the water,
 * or by a meter that says how far it may be out; a meter without that, a table or an estimate only warns.
 */
export const isPhysics = ({ method, uncertainty }: Pick<Moisture, 'method' | 'uncertainty'>): boolean =>
  method === 'meter' ? uncertainty !== undefined : method !== 'table' && method !== 'estimate';

/** Whether a text is a moisture: a plain decimal from 0 to 100 with at most eight decimals. */
export const isPercent = (text: string): boolean => /^\d{1,3}(\.\d{1,8})?$/.test(text) && inWholes(text) <= WHOLE;

/** Per cent as it was typed: text keeps its zeros, a number has none. */
export const percentText = (typed: string | number): string => (typeof typed === 'string' && /^\d+\.\d+$/.test(typed) ? typed : decimalText(typed));

function inWholes(percent: string): bigint {
  const [, integer, fraction = ''] = /^(\d{1,3})(?:\.(\d{1,8}))?$/.exec(percent) ?? [];
  if (integer === undefined) throw new RangeError(`per cent ${percent}`);
  return BigInt(integer + fraction.padEnd(10, '0'));
}

const halfOfLastDigit = (percent: string): bigint => (5n * 10n ** 9n) / 10n ** BigInt(percent.split('.')[1]?.length ?? 0);
