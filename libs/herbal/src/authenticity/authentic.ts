import { isAcceptedSpecies } from '../identity/species-name';
import type { Part } from '../composition/parts';
import { WHOLE } from '../composition/apportion';

/** Where a herb is known to come from in its authentic quality, by a list. */
export interface AuthenticArea {
  readonly name: string;
  /** GB/T 2260: a county, a prefecture or a province, with zeros at its end. */
  readonly region: string;
  /** Whether the list was compared with its source. */
  readonly verified: boolean;
  readonly source: string;
}

/** What a record says of the plant behind goods. */
export interface StatedPlant {
  readonly stated: string;
  readonly accepted: readonly string[];
  readonly verified: boolean;
}

/**
 * One of the two answers. `yes` and `no` are shown by records; `partly`: some of it; `not-shown` 未能证明: records say too
 * little; `no-list` 无目录: nothing on record says what would be authentic.
 */
export type Authentic = 'yes' | 'partly' | 'no' | 'not-shown' | 'no-list';

/** 品种道地: whether it is of a plant accepted as the herb. */
export interface SpeciesAnswer {
  readonly answer: Exclude<Authentic, 'partly'>;
  /** The plants that records name, as they name them. */
  readonly plants: readonly string[];
  /** False where the list it was compared with was not itself compared with the printed text. */
  readonly verified: boolean;
}

/** 产区道地: whether it grew where the herb is known to come from. */
export interface AreaAnswer {
  readonly answer: Authentic;
  /** Of the goods, in tenths of per cent, rounded down: what is proven to have grown there. */
  readonly permilleInside: number;
  readonly areas: readonly AuthenticArea[];
  readonly verified: boolean;
}

/**
 * 品种道地. It is inherited: of a mixture every harvest must be shown, and one plant that is not accepted makes it no.
 *
 * @param harvests of each harvest behind the goods the plants its records name; goods from outside have none
 */
export function speciesAnswer(harvests: readonly (readonly StatedPlant[])[], isAllProven: boolean): SpeciesAnswer {
  const all = harvests.flat();
  const plants = [...new Set(all.map(({ stated }) => stated))].sort();
  const verified = all.length > 0 && all.every((one) => one.verified);
  const judged = all.map(({ stated, accepted }) => isAcceptedSpecies(stated, accepted));
  if (judged.includes(false)) return { answer: 'no', plants, verified };
  const isShown = isAllProven && harvests.length > 0 && harvests.every((one) => one.length > 0) && judged.every((one) => one === true);
  return { answer: isShown ? 'yes' : 'not-shown', plants, verified };
}

/** 产区道地, by what the goods consist of: only what is proven to have grown there counts, and only if every place it may be from lies there. */
export function areaAnswer(parts: readonly Pick<Part, 'proof' | 'places' | 'share'>[], areas: readonly AuthenticArea[]): AreaAnswer {
  const verified = areas.length > 0 && areas.every((one) => one.verified);
  if (areas.length === 0) return { answer: 'no-list', permilleInside: 0, areas, verified };
  const known = parts.filter(({ proof, places }) => proof === 'proven' && places.length > 0);
  const sum = (some: typeof known): bigint => some.reduce((total, { share }) => total + share, 0n);
  const [inside, outside] = [known.filter(({ places }) => places.every((place) => isWithin(place, areas))), known.filter(({ places }) => !places.some((place) => isWithin(place, areas)))].map(sum) as [bigint, bigint];
  const permilleInside = Number((inside * 1000n) / WHOLE);
  if (inside === WHOLE) return { answer: 'yes', permilleInside, areas, verified };
  if (outside === WHOLE) return { answer: 'no', permilleInside, areas, verified };
  return { answer: inside > 0n && inside + outside === WHOLE ? 'partly' : 'not-shown', permilleInside, areas, verified };
}

/** Whether a place lies in one of the areas: codes of regions hold those below them. */
function isWithin(place: string, areas: readonly AuthenticArea[]): boolean {
  return areas.some(({ region }) => place.startsWith(region.replace(/(?:0000|00)$/, '')));
}

/** Both answers in words. */
export const AUTHENTIC_WORDS: Readonly<Record<Authentic, { readonly zh: string; readonly en: string }>> = {
  yes: { zh: '是', en: 'yes' },
  partly: { zh: '部分', en: 'in part' },
  no: { zh: '否', en: 'no' },
  'not-shown': { zh: '未能证明', en: 'not shown' },
  'no-list': { zh: '没有登记目录，无法回答', en: 'no list on record to answer by' },
};
