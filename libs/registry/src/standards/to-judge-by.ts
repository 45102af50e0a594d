import type { DemandedItem, StandardToJudgeBy } from '@daodi/herbal';
import type { BindingStandard } from './standards-on';

/**
 * A standard that binds goods as the kernel judges by it: a limit counts as confirmed where two people of the
 * organisation confirmed it and it is clear that the standard is these goods'. While nobody knows whether there are more,
 * there is one more that nobody confirmed: nothing passes.
 */
export function toJudgeBy({ standard, limits, unclear, completeness }: BindingStandard): StandardToJudgeBy {
  const items = limits.map(({ limit: { id, item, analytes = [], direction, limitText, unit, basis }, state }): DemandedItem => ({
    id, test: item, ...(analytes.length === 1 && { analyte: analytes[0] }), ...(analytes.length > 1 && { sumOf: analytes }), ...(standard.grade !== undefined && { grade: standard.grade }),
    direction, limitText, ...(unit !== undefined && { unit }), ...(basis !== undefined && { basis }), confirmed: state === 'confirmed' && unclear === undefined,
  }));
  return { id: standard.standardId, version: standard.id, family: standard.family, items: completeness === 'confirmed' ? items : [...items, UNKNOWN_REST] };
}

/** What the source may demand beyond the limits that were entered. */
const UNKNOWN_REST: DemandedItem = { id: 'rest', test: '其余项目（项目是否齐全未经两人核对）', direction: 'conforms', limitText: '应符合规定', confirmed: false };
