import { compare, readNumber, type WrittenNumber } from './exact';
import { halfWidth } from './half-width';
import { findUnit, type Unit } from './units';

/**
 * Which way a limit binds: not more than 不得过, not less than 不得少于, within both ends, 不得检出 not to be found, or in
 * words (性状, 鉴别: the laboratory's word 符合规定).
 */
export const LIMIT_DIRECTIONS = ['max', 'min', 'range', 'not-detected', 'conforms'] as const;
export type LimitDirection = (typeof LIMIT_DIRECTIONS)[number];

/** One end of a limit. Its decimals are those of the judgement: 0.20 is another limit than 0.2. */
export interface LimitEnd extends WrittenNumber {
  readonly text: string;
  /** Whether the end itself is outside (小于, <). */
  readonly isStrict: boolean;
}

export type ReadLimit =
  | { readonly kind: 'numeric'; readonly least?: LimitEnd; readonly most?: LimitEnd; readonly unit: Unit }
  /** Judged by the laboratory's word; with `absent`, what is sought and not counted may not be there. */
  | { readonly kind: 'words'; readonly absent: boolean }
  /** Measured and not to be found, and the limit does not say how finely one has to look. */
  | { readonly kind: 'no-loq' }
  | { readonly kind: 'unreadable' };

/** What the words in front of a limit say. 不得过, 不得少于 as the pharmacopoeia writes; the rest as reports and house standards do. */
const BEFORE: readonly (readonly [RegExp, 'max' | 'min', boolean])[] = [
  [/^(?:应)?(?:不得过|不得超过|不得大于|不得高于|不大于|不超过|不高于|≤|≦|<=|nmt|not more than)/i, 'max', false],
  [/^(?:应)?(?:不得少于|不得低于|不得小于|不少于|不低于|不小于|≥|≧|>=|nlt|not less than)/i, 'min', false],
  [/^(?:应)?(?:小于|低于|<)/, 'max', true],
  [/^(?:应)?(?:大于|高于|>)/, 'min', true],
];

/**
 * Reads a limit as its source prints it. The words in it, the direction and the unit beside it have to agree; a number in
 * powers of ten is not read, since what `10³` of a count allows is written in a general chapter and not in the number.
 */
export function readLimit(text: string, direction: LimitDirection, unit: string | undefined): ReadLimit {
  const wanted = halfWidth(text).replace(/\s+/g, ' ');
  if (direction === 'conforms') return wanted === '' ? UNREADABLE : { kind: 'words', absent: false };
  if (direction === 'not-detected') return readAbsence(wanted, unit);
  if (direction === 'range') return readRange(wanted, unit);
  const marked = BEFORE.find(([pattern]) => pattern.test(wanted));
  if (marked !== undefined && marked[1] !== direction) return UNREADABLE;
  const rest = marked === undefined ? wanted : wanted.replace(marked[0], '').trim();
  const end = readEnd(rest, unit);
  if (end === undefined) return UNREADABLE;
  const limit: LimitEnd = { ...end.number, text: end.text, isStrict: marked?.[2] ?? false };
  return { kind: 'numeric', unit: end.unit, ...(direction === 'max' ? { most: limit } : { least: limit }) };
}

const UNREADABLE: ReadLimit = { kind: 'unreadable' };

/**
 * 不得检出 of a residue means below a limit of quantification that the limit names (`不得检出（定量限0.02mg/kg）`, or that
 * number alone); of a germ it is the laboratory's word. Which of the two it is shows in whether the limit has a unit.
 */
function readAbsence(text: string, unit: string | undefined): ReadLimit {
  if (text === '') return UNREADABLE;
  const number = text.replace(/^(?:不得检出|不应检出|未检出|not detected)?\s*\(?\s*(?:<|定量限|loq)?\s*[:：=为]?\s*/i, '').replace(/\)$/, '').trim();
  if (number === '') return unit === undefined || unit === '' ? { kind: 'words', absent: true } : { kind: 'no-loq' };
  const end = readEnd(number, unit);
  if (end !== undefined) return { kind: 'numeric', unit: end.unit, most: { ...end.number, text: end.text, isStrict: true } };
  // `不得检出（10g）` of a germ: the amount looked at, no limit.
  return unit === undefined || unit === '' ? { kind: 'words', absent: true } : UNREADABLE;
}

function readRange(text: string, unit: string | undefined): ReadLimit {
  const [, from, unitBetween = '', to, behind = ''] = /^(?:应为|应在)?\s*([-+]?[\d,.]+)\s*([^\d\s~–—至-]*)\s*[~–—至-]\s*([-+]?[\d,.]+)\s*(.*)$/u.exec(text) ?? [];
  if (from === undefined || to === undefined || (unitBetween !== '' && unitBetween !== behind)) return UNREADABLE;
  const [least, most] = [readEnd(from, unit ?? behind), readEnd(`${to} ${behind}`.trim(), unit)];
  if (least === undefined || most === undefined || compare(least.number.value, most.number.value) > 0) return UNREADABLE;
  const end = ({ number, text: written }: typeof least): LimitEnd => ({ ...number, text: written, isStrict: false });
  return { kind: 'numeric', unit: most.unit, least: end(least), most: end(most) };
}

function readEnd(text: string, unitBeside: string | undefined): { number: WrittenNumber; text: string; unit: Unit } | undefined {
  const [, digits, behind = ''] = /^([-+]?\d[\d,]*(?:\.\d+)?)\s*(.*)$/u.exec(text) ?? [];
  const number = digits === undefined ? undefined : readNumber(digits);
  if (number === undefined || digits === undefined) return undefined;
  const [beside, within] = [unitBeside, behind].map((one) => (one === undefined || one === '' ? undefined : (findUnit(one) ?? null)));
  if (beside === null || within === null) return undefined;
  const unit = beside ?? within;
  if (unit === undefined || (within !== undefined && within.code !== unit.code)) return undefined;
  return { number, text: digits, unit };
}
