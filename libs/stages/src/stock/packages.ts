import { Amount, OneOf } from '@daodi/registry';
import { AmountOrZero, Whole } from '../form/fields';
import { type Measured, UNITS } from '../form/units';
import type { Steps, Work } from '../form/work';

/** 件 × kg, and the odd one 零头: how a store counts. */
export class CountedPackagesDto {
  @Whole(0, 1_000_000, { description: 'Whole packages, each of the weight below. 整件数', unit: '件 packages', example: 12 })
  count: number;

  @Amount({ description: 'Net weight of one whole package. 每件净重', example: '25' })
  each: string | number;

  @AmountOrZero({ optional: true, description: 'Net weight of the one that is not full. 零头净重', example: '8.4' })
  odd?: string | number;

  @OneOf(UNITS, { description: 'Unit of both weights. 单位', example: 'kg' })
  unit: string;
}

/** An amount either weighed as a whole or counted in packages. */
export interface Counted {
  readonly quantity?: string | number;
  readonly unit?: string;
  readonly packages?: CountedPackagesDto;
}

/** What it comes to, exactly; notes a fault where neither or both are typed, or a weight cannot be taken. */
export function countedAmount(work: Work, { quantity, unit, packages }: Counted, pointer: Steps): Measured | undefined {
  const isWhole = quantity !== undefined && unit !== undefined;
  if (isWhole === (packages !== undefined) || (packages !== undefined && (quantity ?? unit) !== undefined)) {
    work.fault(pointer, 'quantity-or-packages', '请填写数量与单位，或件数与每件重量，二者之一', 'give either a quantity with its unit, or packages');
    return undefined;
  }
  if (packages === undefined) return isWhole ? work.measured({ quantity, unit }, pointer) : undefined;
  const each = work.measured({ quantity: packages.each, unit: packages.unit }, `${pointer}/packages/each`);
  const odd = work.measured({ quantity: packages.odd ?? 0, unit: packages.unit }, `${pointer}/packages/odd`);
  return each && odd && { amount: BigInt(packages.count) * each.amount + odd.amount, unit: each.unit };
}

/** Packages as the event carries them: a plain list a reader can add up. */
export function packagesOut(work: Work, packages: CountedPackagesDto | undefined, pointer: Steps) {
  if (packages === undefined) return undefined;
  const { count, each, odd, unit } = packages;
  return { count, each: work.exact(each, `${pointer}/packages/each`), ...(odd !== undefined && { odd: work.exact(odd, `${pointer}/packages/odd`) }), unit };
}
