import type { LineUnit } from '@daodi/trace';
import type { QuantityDto } from '../form/form-body';
import type { OutputRole } from '../form/material';
import { findThings, hasMeasure, type Portion, type Thing } from '../form/things';
import type { Loss } from '../form/transformation';
import type { Measured } from '../form/units';
import type { Steps, Work } from '../form/work';

/** What a batch hands on to what is the same material after it was divided or wrapped anew. */
const CARRIED = ['herb', 'grade', 'form', 'formula', 'herbs', 'herbStated', 'productId', 'expiryDate', 'netContentMg'] as const;

/** One batch that is divided, sorted or wrapped anew. Lacks the thing where it was not found; then a fault is noted. */
export class SourceBatch {
  private constructor(
    private readonly work: Work,
    readonly thing: Thing | undefined,
  ) {}

  /** Finds it by what was typed at `/batch`. */
  static async find(work: Work, text: string): Promise<SourceBatch> {
    const thing = (await findThings(work, [{ text, pointer: '/batch' }])).get(text);
    const hasNoAmount = thing?.facts?.kind === 'crop' || thing?.facts?.kind === 'container';
    if (hasNoAmount) work.fault('/batch', 'no-lot', '种植批和容器没有数量', 'a crop or container has no quantity of its own');
    return new SourceBatch(work, hasNoAmount ? undefined : thing);
  }

  /** Bulk stays bulk, packs stay packs. */
  get kind(): 'batch' | 'retail' {
    return this.thing?.facts?.kind === 'retail' ? 'retail' : 'batch';
  }

  get role(): OutputRole {
    return (this.thing?.facts?.attributes['role'] as OutputRole | undefined) ?? 'product';
  }

  get form(): string | undefined {
    return this.thing?.facts?.attributes['form'] as string | undefined;
  }

  get herb(): string | undefined {
    return this.thing?.facts?.herb;
  }

  /** Facts of what is the same material. Lot numbers, codes and where it came from are not handed on: the trace tells. */
  get carried(): Readonly<Record<string, unknown>> {
    const attributes = this.thing?.facts?.attributes ?? {};
    return Object.fromEntries(CARRIED.filter((name) => attributes[name] !== undefined).map((name) => [name, attributes[name]]));
  }

  /** A typed amount of it; what cannot be taken, or is in another dimension than the batch is kept in, is noted. */
  measured(typed: QuantityDto, pointer: Steps): Measured | undefined {
    const measured = this.work.measured(typed, pointer);
    if (measured === undefined || this.thing === undefined) return undefined;
    return hasMeasure(this.work, this.thing, measured, pointer) ? measured : undefined;
  }

  /** The amount as what goes into a transformation; none where it, or the batch, is not known. */
  portion(measured: Measured | undefined): Portion[] {
    return this.thing === undefined || measured === undefined ? [] : [{ thing: this.thing, measured, pointer: '/batch' }];
  }
}

/**
 * The sum of amounts. Notes a fault where some are mass and some are pieces: nothing adds them up.
 *
 * @returns nothing where there are none, or no sum
 */
export function totalOf(work: Work, amounts: readonly (Measured | undefined)[], pointer: Steps): Measured | undefined {
  const known = amounts.filter((amount): amount is Measured => amount !== undefined);
  const units = new Set<LineUnit>(known.map(({ unit }) => unit));
  if (units.size > 1) work.fault(pointer, 'unit-dimension', '重量与件数不能相加', 'mass and pieces do not add up');
  const [unit] = units;
  return units.size !== 1 || unit === undefined ? undefined : { amount: known.reduce((sum, { amount }) => sum + amount, 0n), unit };
}

/**
 * What is missing between what went in and all that came out of it, as one more loss. What came out beyond that is
 * left as it was weighed: it happened, and the balance of the step judges it.
 *
 * @param into what went in
 * @param outOf what came out and was lost by a named cause, together
 */
export function withMissing(losses: readonly Loss[], into: Measured, outOf: Measured, cause: string): readonly Loss[] {
  const missing = into.amount - outOf.amount;
  return into.unit !== outOf.unit || missing <= 0n ? losses : [...losses, { cause, measured: { amount: missing, unit: into.unit } }];
}
