import type { Proof } from '@daodi/herbal';
import type { PassportFacts } from './passport-facts';
import { placeName, type Words } from './region';

/** A part of what a thing consists of, as the public is told. */
export interface PublicPart {
  /** `proven` 已证实, `declared` 申报（未经证实）, `unknown` 不明, `undetermined` 无法判定. */
  readonly proof: Proof;
  /** Counties, or provinces where no county is known; several: it grew in one or other of them. */
  readonly places: readonly Words[];
  readonly year?: number;
  /** Name of the herb in the catalogue, where the parts are of several. */
  readonly herb?: string;
  /** All parts are together exactly 100.0; a trace of something is `<0.1`. */
  readonly percent: string;
}

/** 构成 */
export interface PublicComposition {
  readonly state: 'determined' | 'undetermined';
  /** The largest first. */
  readonly parts: readonly PublicPart[];
}

/** What may be said of all of a thing. */
export interface PublicClaims {
  /** False: what is claimed is declared by whoever took goods in from outside, and has to be called that. */
  readonly proven: boolean;
  /** County all of it grew in, else the province. */
  readonly origin?: Words;
  /** Year in which all of it was harvested. */
  readonly year?: number;
  readonly grade?: string;
}

/** What a thing consists of, with names for codes. Alike parts were put together before; roots stay out of it. */
export function publicComposition({ composition: known, nodes }: PassportFacts): PublicComposition | undefined {
  if (known === undefined) return undefined;
  const { state, parts } = known.composition;
  const herbs = new Set(parts.flatMap(({ herb }) => herb ?? []));
  const nameOf = new Map(nodes.flatMap(({ herb }) => (herb === undefined ? [] : [[herb.code, herb.name] as const])));
  return {
    state,
    parts: parts.map(({ proof, places, year, herb, percent }) => ({
      proof, places: places.map(placeName), percent,
      ...(year !== undefined && { year }),
      ...(herb !== undefined && herbs.size > 1 && { herb: nameOf.get(herb) ?? herb }),
    })),
  };
}

const PROOF: Readonly<Record<Proof, Words>> = {
  proven: { zh: '已证实', en: 'proven' },
  declared: { zh: '申报，未经证实', en: 'declared, not proven' },
  unknown: { zh: '来历不明', en: 'origin unknown' },
  undetermined: { zh: '无法判定', en: 'undetermined' },
};

/** How well something is known. */
export const proofWords = (proof: Proof): Words => PROOF[proof];

/** A part in one line: `60.0 % 山西省临汾市安泽县 2026 已证实`. */
export function partWords({ proof, places, year, herb, percent }: PublicPart): Words {
  const isOpen = proof === 'unknown' || proof === 'undetermined';
  const place = places.length > 0 ? { zh: places.map(({ zh }) => zh).join('或'), en: places.map(({ en }) => en).join(' or ') } : isOpen ? undefined : { zh: '产地未记录', en: 'place not on record' };
  const line = (language: 'zh' | 'en', unknownYear: string): string =>
    [`${percent} %`, herb, place?.[language], year ?? (isOpen ? undefined : unknownYear), PROOF[proof][language]].filter((word) => word !== undefined).join(' ');
  return { zh: line('zh', '年份未记录'), en: line('en', 'year not on record') };
}

/** What may be claimed of it. */
export function publicClaims({ composition }: PassportFacts): PublicClaims | undefined {
  if (composition === undefined) return undefined;
  const { proven, county, province, year, grade } = composition.claims;
  const place = county ?? province;
  return { proven, ...(place !== undefined && { origin: placeName(place) }), ...(year !== undefined && { year }), ...(grade !== undefined && { grade }) };
}
