import type { RootFacts } from './parts';
import { UNKNOWN_ROOT } from './parts';
import type { Shares } from './share-out';

/**
 * What may be said of the whole of a thing. A mixture can claim only what all of it has: one sack of another county,
 * however small its share, and the county is no longer that of the mixture. What is absent cannot be claimed.
 */
export interface Claims {
  /** Every part's harvest is on record. What is claimed without it is declared 申报, and has to be called that. */
  readonly proven: boolean;
  /** County all of it grew in: GB/T 2260, six digits. */
  readonly county?: string;
  /** Province all of it grew in: GB/T 2260, six digits ending in 0000. */
  readonly province?: string;
  /** Year in which all of it was harvested. */
  readonly year?: number;
  /** Herb all of it is, by code of the catalogue. */
  readonly herb?: string;
  /** Grade of it that all that went in bears out: see `gradeOf`. */
  readonly grade?: string;
  /** Certificates that cover the land all of it grew on. */
  readonly certificates: readonly string[];
}

const NOTHING: Claims = { proven: false, certificates: [] };

/**
 * The intersection over everything a thing consists of. Where any share cannot be determined, nothing can be claimed.
 * @param grade as `gradeOf` gives it
 */
export function claimsOf({ roots, undetermined }: Shares, facts: ReadonlyMap<string, RootFacts>, grade?: string): Claims {
  if (undetermined.size > 0 || roots.size === 0) return NOTHING;
  const all = [...roots.keys()].map((root) => facts.get(root) ?? UNKNOWN_ROOT);
  const { county, province } = placeOf(all);
  return withoutAbsent({
    proven: all.every(({ proof }) => proof === 'proven'),
    county,
    province,
    year: agreed(all, ({ year }) => year),
    herb: agreed(all, ({ herb }) => herb),
    grade,
    certificates: [...all.map(({ certificates }) => certificates ?? []).reduce((shared, own) => shared.filter((one) => own.includes(one)))].sort(),
  });
}

/** What all say alike; nothing where one says nothing. */
function agreed<T>(all: readonly RootFacts[], read: (facts: RootFacts) => T | undefined): T | undefined {
  const [first] = all;
  const value = first && read(first);
  return all.every((facts) => read(facts) === value) ? value : undefined;
}

const isProvince = (code: string): boolean => code.endsWith('0000');
/** A prefecture is finer than a province and no county; it counts for its province only. */
const isCounty = (code: string): boolean => !code.endsWith('00');

function placeOf(all: readonly RootFacts[]): Pick<Claims, 'county' | 'province'> {
  if (all.some(({ places }) => places.length === 0)) return {};
  const places = [...new Set(all.flatMap((facts) => facts.places))];
  const provinces = new Set(places.map((code) => `${code.slice(0, 2)}0000`));
  const [only] = places;
  return {
    ...(places.length === 1 && only !== undefined && !isProvince(only) && isCounty(only) && { county: only }),
    ...(provinces.size === 1 && { province: [...provinces][0] as string }),
  };
}

function withoutAbsent(claims: { [K in keyof Claims]: Claims[K] | undefined }): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)) as unknown as Claims;
}
