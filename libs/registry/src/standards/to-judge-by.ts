import type { DemandedItem, StandardToJudgeBy } from '@daodi/herbal';
import type { BindingStandard } from './standards-on';

/**
 * A standard that binds goods as the kernel judges by it: a limit counts as confirmed where two people of the
 * organisation confirmed it and it is clear that the standard is these goods'.
 */
export function toJudgeBy({ standard, limits, unclear }: BindingStandard): StandardToJudgeBy {
  const items = limits.map(({ limit: { id, item, analytes = [], direction, limitText, unit, basis }, state }): DemandedItem => ({
    id, test: item, ...(analytes.length === 1 && { analyte: analytes[0] }), ...(analytes.length > 1 && { sumOf: analytes }), ...(standard.grade !== undefined && { grade: standard.grade }),
    direction, limitText, ...(unit !== undefined && { unit }), ...(basis !== undefined && { basis }), confirmed: state === 'confirmed' && unclear === undefined,
  }));
  return { id: standard.standardId, version: standard.id, family: standard.family, items };
}
