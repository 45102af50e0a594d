import { ingredientKey } from './ingredients';

/** A line of a report, as the laboratory writes it. */
export interface ResidueItem {
  readonly test: string;
  /** Which analyte, where the test has several. */
  readonly analyte?: string;
  readonly value: string;
  readonly unit?: string;
  /** 定量限, in the unit of the value unless it names its own. */
  readonly loq?: string;
  readonly limitText?: string;
  readonly verdict?: string;
}

/**
 * Whether a line of a report shows that an ingredient is not there, or below a limit: 未检出 or ND with the limit of
 * quantification beside it, `<0.01`, or a number not above the number of its limit in the same unit. A bare 未检出
 * shows nothing: nobody knows how finely was looked. Whatever the laboratory itself judged as fail or open is no pass.
 */
export function showsAbsence({ test, analyte, value, unit, loq, limitText, verdict }: ResidueItem, ingredient: string): boolean {
  if (verdict === 'fail' || verdict === 'undetermined' || ![test, analyte].some((name) => name !== undefined && names(name, ingredient))) return false;
  const text = value.normalize('NFKC').replace(/\s+/g, '');
  const limit = numberIn(limitText);
  const below = /^<(\d+(?:\.\d+)?)/.exec(text)?.[1];
  if (below !== undefined) return limit === undefined || compare(below, limit) <= 0;
  if (/^(未检出|nd|n\.d\.)/iu.test(text)) {
    const quantified = numberIn(text) ?? (sameUnit(unit, loq) ? numberIn(loq) : undefined);
    if (quantified !== undefined) return limit === undefined || compare(quantified, limit) <= 0;
    return /loq|定量限/iu.test((limitText ?? '').normalize('NFKC')) && limit !== undefined;
  }
  if (!/^\d+(\.\d+)?$/.test(text) || limit === undefined || !sameUnit(unit, limitText)) return false;
  return compare(text, limit) <= 0;
}

const names = (test: string, ingredient: string): boolean => ingredientKey(test).replace(/(残留量?|含量|检测)$/u, '') === ingredientKey(ingredient);

const numberIn = (text: string | undefined): string | undefined => /\d+(?:\.\d+)?/.exec((text ?? '').normalize('NFKC'))?.[0];

/** A limit that names a unit names the value's. */
function sameUnit(unit: string | undefined, limitText: string | undefined): boolean {
  const said = /(mg\/kg|μg\/kg|ug\/kg|µg\/kg|mg\/g|%|ppm|ppb)/iu.exec((limitText ?? '').normalize('NFKC'))?.[1];
  return said === undefined || said.toLowerCase() === (unit ?? '').normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}

/** Compares two plain decimal numbers exactly. */
function compare(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => text.split('.') as [string, string?]);
  const decimals = Math.max(x?.[1]?.length ?? 0, y?.[1]?.length ?? 0);
  const scaled = ([whole, fraction = '']: [string, string?]): bigint => BigInt(`${whole}${fraction.padEnd(decimals, '0')}`);
  const [p, q] = [scaled(x as [string, string?]), scaled(y as [string, string?])];
  return p < q ? -1 : p > q ? 1 : 0;
}
