import { areaAnswer, type Authentic, speciesAnswer } from '@daodi/herbal';
import type { PassportFacts } from './passport-facts';

/** 品种道地 and 产区道地 as the public is told: whether, and whether the list it was answered by had been compared with its source. */
export interface PublicAuthentic {
  readonly species: { readonly answer: Authentic; readonly plants: readonly string[]; readonly verified: boolean };
  readonly area: { readonly answer: Authentic; readonly areas: readonly string[]; readonly verified: boolean };
}

/** Both are inherited from what a thing consists of: from every crop, and from what is proven of where it grew. */
export function publicAuthentic({ composition: known, nodes, plants = [] }: PassportFacts): PublicAuthentic | undefined {
  if (known === undefined) return undefined;
  const { parts } = known.composition;
  const crops = [...new Set(parts.flatMap(({ roots }) => roots.map(nodeOf)))];
  const herbs = new Set(parts.flatMap(({ herb }) => herb ?? []));
  const areas = herbs.size !== 1 ? [] : (nodes.find(({ herb }) => herb !== undefined && herbs.has(herb.code))?.herb?.areas ?? []);
  const species = speciesAnswer(crops.map((crop) => plants.filter(({ node }) => node === crop)), parts.every(({ proof }) => proof === 'proven'));
  const area = areaAnswer(parts, areas);
  return { species, area: { answer: area.answer, areas: area.areas.map(({ name }) => name), verified: area.verified } };
}

/** A root is a crop in a year: its node stands first. */
const nodeOf = (root: string): string => root.split(' ')[0] as string;
