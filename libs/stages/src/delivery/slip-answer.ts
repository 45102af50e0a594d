import { decimalOf } from './decimals';
import type { Slip, SlipState } from './slip-state';

/** A mass both ways, exact decimal text. */
export interface TwoUnits {
  readonly kg: string;
  /** 斤. */
  readonly jin: string;
}

/** Milligrams as kilograms and as 斤, exactly. */
export const inTwoUnits = (mg: string | bigint): TwoUnits => ({ kg: decimalOf(BigInt(mg), 1_000_000n), jin: decimalOf(BigInt(mg), 500_000n) });

/** What recording a slip answers. It is kept under the Idempotency-Key, so it holds no name and no price. */
export function slipAnswer(id: string, slip: SlipState, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const { status, picker, day, herb, grade, arrivedMg, netMg, paidMg, notes, lateFor } = slip;
  return {
    id, status, picker, day, herb, grade, arrived: inTwoUnits(arrivedMg), net: inTwoUnits(netMg), paid: inTwoUnits(paidMg), notes, lateFor, ...more,
    links: { self: `/api/v1/slips/${id}`, ...(lateFor !== undefined && { addToHeap: `/api/v1/heaps/${lateFor}/slips` }) },
  };
}

/** A slip as its own organisation reads it. */
export function slipView({ id, heap, ...slip }: Slip, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const { grossMg, tareMg, arrivedMg, netMg, paidMg, deductions, ...said } = slip;
  return {
    id, ...said, ...more, heap,
    deductions: deductions.map(({ mg, ...one }) => ({ ...one, ...inTwoUnits(mg) })),
    exact: { gross: inTwoUnits(grossMg), tare: inTwoUnits(tareMg), arrived: inTwoUnits(arrivedMg), net: inTwoUnits(netMg), paid: inTwoUnits(paidMg) },
  };
}
