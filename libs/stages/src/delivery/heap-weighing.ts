import { typedResolution } from '@daodi/herbal';
import { findScaleOn } from '@daodi/registry';
import { amountOut } from '@daodi/trace';
import type { WeighingElement } from '../form/weighing';
import { withoutAbsent, type Work } from '../form/work';
import type { Slip } from './slip-state';

/**
 * How a heap was weighed: as many readings as it has slips, each on a scale of at most the coarsest division among
 * them, so that whoever weighs it again knows how far the two may lie apart. Nothing where a slip names no scale.
 */
export async function weighingOfHeap(work: Work, uri: string, slips: readonly Slip[], arrivedMg: string): Promise<{ readonly 'daodi:weighing'?: readonly WeighingElement[] }> {
  const scales = new Map<string, bigint>();
  for (const { scale, day } of slips) {
    const found = scale === undefined ? undefined : await findScaleOn(work.tx, work.caller.organisationId, scale, day);
    if (found === undefined) return {};
    scales.set(found.identifier, largest(scales.get(found.identifier), found.divisionMg));
  }
  const kilograms = (mg: bigint): number => Number(amountOut(mg, 'mg'));
  const [only, ...others] = scales.keys();
  const element = withoutAbsent({
    epcClass: uri, net: kilograms(BigInt(arrivedMg)), uom: 'KGM', readings: slips.length, scale: others.length === 0 ? only : undefined,
    division: kilograms([...scales.values()].reduce(largest)),
    resolution: kilograms(slips.map(({ gross, unit }) => typedResolution({ quantity: gross, unit })).reduce(largest)),
  }) as WeighingElement;
  return { 'daodi:weighing': [element] };
}

const largest = (a: bigint | undefined, b: bigint): bigint => (a !== undefined && a > b ? a : b);
