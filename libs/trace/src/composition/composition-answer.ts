import { apportion, type Claims, type Proof, WHOLE } from '@daodi/herbal';
import { amountOut } from '../answer/amount';
import type { Composed } from './compose';
import { nodeOfRoot } from './descent-of';

/** A part of a batch, as answers show it. */
export interface CompositionPart {
  /** `proven` 已证实, `declared` 申报（未经证实）, `unknown` 不明, `undetermined` 无法判定. */
  readonly proof: Proof;
  /** GB/T 2260 codes to the county at most; several: it grew in one or other of them; none: not on record. */
  readonly places: readonly string[];
  /** Year of harvest. */
  readonly year?: number;
  /** Code of the catalogue. */
  readonly herb?: string;
  /** One decimal; all parts are together exactly 100.0; a part too small to print is `<0.1` and counts as 0.0. */
  readonly percent: string;
  /** The same exactly: a decimal fraction of up to 30 digits; all parts are together exactly 1. */
  readonly share: string;
  /** How much of the batch that is, of all that ever came to be of it; absent where that is not on record as a mass. */
  readonly quantity?: number | string;
  readonly uom?: 'KGM';
  /** The crops and intakes this part came from, by the names of the trace; of `undetermined`: where it cannot be told. */
  readonly roots: readonly string[];
}

/** Goods from outside in a batch: declared by their taker, not proven. 申报，未经证实 */
export interface DeclaredRoot {
  readonly at: string;
  /** Of the batch, exactly and in per cent. */
  readonly share: string;
  /** How much of the batch that is: what of it reaches it. */
  readonly quantity?: number | string;
  readonly uom?: 'KGM';
}

/** 构成: what a batch consists of by origin, year and proof, and what may be claimed of all of it. */
export interface CompositionAnswer {
  /** `undetermined` where any share cannot be told: an amount is missing, or a book on its way owes. */
  readonly state: 'determined' | 'undetermined';
  /** The largest first. */
  readonly parts: readonly CompositionPart[];
  /** What all of the batch has, and nothing else may be claimed of it; nothing at all where a share is undetermined. */
  readonly claims: Claims;
  /** How much of the batch is declared, not proven; absent where nothing is. */
  readonly declared?: Omit<DeclaredRoot, 'at'> & { readonly percent: string; readonly roots: readonly DeclaredRoot[] };
}

/** @param name of a node, as the answer calls it */
export function compositionAnswer({ composition, claims, shares, roots }: Composed, name: (node: string) => string): CompositionAnswer {
  const nameOf = (root: string): string => name(nodeOfRoot(root));
  const parts = composition.parts.map(({ amount, share, roots: own, ...part }): CompositionPart => ({
    ...part, share: fraction(share), ...massOf(amount), roots: [...new Set(own.map(nameOf))].sort(),
  }));
  const total = composition.parts.some(({ amount }) => amount === undefined) ? undefined : composition.parts.reduce((sum, { amount }) => sum + (amount as bigint), 0n);
  const declared = composition.parts.filter(({ proof }) => proof === 'declared');
  const answer = { state: composition.state, parts, claims };
  if (declared.length === 0) return answer;
  const share = declared.reduce((sum, part) => sum + part.share, 0n);
  const amount = total === undefined ? undefined : declared.reduce((sum, part) => sum + (part.amount as bigint), 0n);
  const own = [...shares.roots].filter(([root]) => roots.get(root)?.proof === 'declared').sort(([a], [b]) => (a < b ? -1 : 1));
  const amounts = amount === undefined ? undefined : apportion(amount, own.map(([, each]) => each));
  return {
    ...answer,
    declared: {
      share: fraction(share),
      percent: percentOf(declared.map(({ percent }) => percent)),
      ...massOf(amount),
      roots: own.map(([root, each], i) => ({ at: nameOf(root), share: fraction(each), ...massOf(amounts?.[i]) })).sort((a, b) => (a.at < b.at ? -1 : 1)),
    },
  };
}

const massOf = (mg: bigint | undefined): { readonly quantity?: number | string; readonly uom?: 'KGM' } => (mg === undefined ? {} : { quantity: amountOut(mg, 'mg'), uom: 'KGM' });

/** The sum of per cents as they are printed. */
function percentOf(printed: readonly string[]): string {
  const tenths = printed.reduce((sum, percent) => sum + (percent === '<0.1' ? 0n : BigInt(percent.replace('.', ''))), 0n);
  return tenths === 0n ? '<0.1' : `${tenths / 10n}.${tenths % 10n}`;
}

/** A share as a decimal fraction, exactly, without trailing zeros. */
function fraction(share: bigint): string {
  if (share === WHOLE) return '1';
  return `0.${share.toString().padStart(30, '0').replace(/0+$/, '')}`;
}
