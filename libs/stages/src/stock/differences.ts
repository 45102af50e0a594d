import { decimalText, massToMilligrams } from '@daodi/epcis';
import { amountOut, type LineUnit, uomOf } from '@daodi/trace';
import type { Thing } from '../form/things';
import { type Measured, quantityElement } from '../form/units';
import { type Steps, withoutAbsent, type Work } from '../form/work';
import { DIFFERENCE_REASONS, type Direction, explains } from './difference-reasons';
import type { Moistures } from './moisture';

/** One batch as it was, and as it is now. */
export interface Difference {
  readonly thing: Thing;
  /** In base units; below zero where the book owed. */
  readonly before: bigint;
  readonly after: Measured;
  readonly reason?: string;
  readonly moisture?: Moistures;
  /** Dry matter at both ends, where moisture is on record at both. */
  readonly dryMatter?: object;
  readonly packages?: object;
  /** How it was weighed, where that is told. */
  readonly weighing?: object;
}

/** Reasons that stand for every line of a form. */
interface CommonReasons {
  readonly surplusReason?: string;
  readonly shortageReason?: string;
}

/** Which way a line differs; nothing where it does not. */
export function directionOf({ before, after }: Pick<Difference, 'before' | 'after'>): Direction | undefined {
  if (after.amount === before) return undefined;
  return after.amount > before ? 'gain' : 'loss';
}

/** The reason of a line that differs: its own, or the form's. Notes a fault with the numbers where there is none, or one that cannot be. */
export function reasonOf(work: Work, line: Pick<Difference, 'before' | 'after'>, own: string | undefined, common: CommonReasons, pointer: Steps): string | undefined {
  const direction = directionOf(line);
  if (direction === undefined) return undefined;
  const reason = own ?? (direction === 'gain' ? common.surplusReason : common.shortageReason);
  const numbers = numbersOf(line, direction);
  if (reason === undefined) {
    work.fault(`${pointer}/reason`, 'difference-without-reason', `${numbers.zh}：请写明原因`, `${numbers.en}: say why`);
  } else if (!explains(reason, direction)) {
    const { zh, en } = DIFFERENCE_REASONS[reason as keyof typeof DIFFERENCE_REASONS];
    work.fault(`${pointer}/reason`, 'reason-direction', `${numbers.zh}：不能由“${zh}”造成`, `${numbers.en}: that cannot be because it “${en}”`);
  }
  return reason;
}

function numbersOf({ before, after }: Pick<Difference, 'before' | 'after'>, direction: Direction): { zh: string; en: string } {
  const out = (amount: bigint): string => `${amountOut(amount, after.unit)}${after.unit === 'mg' ? ' kg' : ''}`;
  const by = out(abs(after.amount - before));
  return {
    zh: `账面 ${out(before)}，实际 ${out(after.amount)}，${direction === 'gain' ? '多' : '少'} ${by}`,
    en: `the book says ${out(before)}, there is ${out(after.amount)}, ${direction === 'gain' ? 'more' : 'less'} by ${by}`,
  };
}

/**
 * Adds one ObjectEvent with bizStep stock_taking for all that is more, one for all that is less, and one for what
 * agrees: the batch keeps its identity, the difference is booked with its reason.
 *
 * @param more members of each of these events
 */
export function bookDifferences(work: Work, lines: readonly Difference[], site: object, more: Readonly<Record<string, unknown>>): void {
  for (const adjustment of ['gain', 'loss', undefined] as const) {
    const group = lines.filter((line) => directionOf(line) === adjustment);
    if (group.length > 0) work.event('ObjectEvent', adjustmentEvent(group, adjustment, { ...site, ...more }));
  }
}

/** An event that books these lines one way. */
export function adjustmentEvent(lines: readonly Difference[], adjustment: Direction | undefined, more: object): Readonly<Record<string, unknown>> {
  const stated = ({ before, after }: Difference): bigint => (adjustment === undefined ? after.amount : abs(after.amount - before));
  return {
    action: 'OBSERVE',
    bizStep: 'stock_taking',
    quantityList: lines.map((line) => quantityElement(line.thing.uri, { amount: stated(line), unit: line.after.unit })),
    'daodi:adjustment': adjustment,
    'daodi:counts': lines.map(countOf),
    'daodi:weighing': lines.some(({ weighing }) => weighing !== undefined) ? lines.flatMap(({ weighing }) => weighing ?? []) : undefined,
    ...more,
  };
}

const abs = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

function countOf({ thing, before, after, reason, moisture, dryMatter, packages }: Difference) {
  const { unit } = after;
  return withoutAbsent({
    epcClass: thing.uri,
    counted: amountOut(after.amount, unit),
    book: amountOut(before, unit),
    uom: uomOf(unit),
    reason: after.amount === before ? undefined : reason,
    moisture: moisture?.after,
    moistureBefore: moisture?.before,
    dryMatter,
    packages,
  });
}

/** What the book held when the replaced stock-take was recorded: what moved since is no part of the difference. */
export function bookedInReplaced({ replaced }: Work): Map<string, bigint> {
  const counts = (replaced?.entry.body['daodi:counts'] ?? []) as { epcClass: string; book: number | string; uom?: string }[];
  return new Map(counts.map(({ epcClass, book, uom }) => [epcClass, amountIn(book, uom)]));
}

/** An amount as {@link countOf} wrote it, in base units; it may be negative, where the book owed. */
export function amountIn(written: number | string, uom: string | undefined): bigint {
  const text = decimalText(written);
  const amount = BigInt(uom === undefined ? text.replace('-', '') : (massToMilligrams(text.replace('-', ''), uom) ?? 0n));
  return text.startsWith('-') ? -amount : amount;
}

/** The base unit of such an amount. */
export const unitIn = (uom: string | undefined): LineUnit => (uom === undefined ? 'pcs' : 'mg');
