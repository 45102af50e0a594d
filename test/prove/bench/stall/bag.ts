import { type Fraction, fraction, plus, times } from './fraction';

/** Where goods came from, as far as anybody said. */
export interface Origin {
  readonly proof: 'proven' | 'declared';
  /** County, or province where no county was said, by GB/T 2260; absent where nobody said. */
  readonly county?: string;
  readonly year?: number;
  readonly herb: string;
}

/** A bag, heap or sack with a code of its own, as this book has it: worked out here, not read from the product. */
export interface Bag {
  readonly code: string;
  readonly uri: string;
  /** What came to be of it, and what is left, in milligrams. */
  readonly came: bigint;
  left: bigint;
  /** Share of every origin, by its key; together exactly one. */
  readonly parts: ReadonlyMap<string, Fraction>;
  /** How it came to be, for messages. */
  readonly by: string;
}

/** Orders members, so that one origin has one key. */
export const keyOf = ({ proof, county, year, herb }: Origin): string => [proof, county ?? '', year ?? '', herb].join('|');
export function originOf(key: string): Origin {
  const [proof, county, year, herb] = key.split('|') as [Origin['proof'], string, string, string];
  return { proof, herb, ...(county !== '' && { county }), ...(year !== '' && { year: Number(year) }) };
}

/** What a heap of several consists of: material mixes evenly, and what is lost takes of all alike. */
export function mixed(inputs: readonly { readonly bag: Bag; readonly mg: bigint }[]): ReadonlyMap<string, Fraction> {
  const total = inputs.reduce((sum, { mg }) => sum + mg, 0n);
  const parts = new Map<string, Fraction>();
  for (const { bag, mg } of inputs) {
    for (const [key, share] of bag.parts) parts.set(key, plus(parts.get(key) ?? fraction(0n), times(share, fraction(mg, total))));
  }
  return parts;
}

/** What all of it has. */
export interface Common {
  readonly proven: boolean;
  readonly county?: string;
  readonly province?: string;
  readonly year?: number;
  readonly herb?: string;
}

/** What may be claimed: only what every part has. */
export function commonOf({ parts }: Bag): Common {
  const all = [...parts.keys()].map(originOf);
  const agreed = <T>(read: (origin: Origin) => T | undefined): T | undefined => {
    const values = new Set(all.map(read));
    return values.size === 1 ? [...values][0] : undefined;
  };
  const place = agreed(({ county }) => county);
  const common = {
    // 重庆 and the like are said by a code of a province: no county is claimed of it.
    proven: all.every(({ proof }) => proof === 'proven'), county: place?.endsWith('0000') === true ? undefined : place,
    province: agreed(({ county }) => county && `${county.slice(0, 2)}0000`), year: agreed(({ year }) => year), herb: agreed(({ herb }) => herb),
  };
  return Object.fromEntries(Object.entries(common).filter(([, value]) => value !== undefined)) as unknown as Common;
}
