/** Nest token of the limits the product ships. */
export const REFERENCE_LIMITS = Symbol('REFERENCE_LIMITS');

/** Not more than, not less than, usually within. */
export const REFERENCE_DIRECTIONS = ['max', 'min', 'band'] as const;

/**
 * A limit or usual band as it was read somewhere. It judges nothing: none was compared with the printed source, and who
 * is to judge by one confirms it first.
 */
export interface ReferenceLimit {
  /** Code of the herb; absent where it is said of all. */
  readonly herb?: string;
  /** As its source calls it: `药材`, `饮片:熟地黄`. */
  readonly form: string;
  readonly grade?: string;
  /** 项目. */
  readonly test: string;
  readonly analyte?: string;
  readonly direction: (typeof REFERENCE_DIRECTIONS)[number];
  /** As printed: its decimals are significant, `0.20` is another limit than `0.2`. */
  readonly limitText: string;
  readonly unit: string;
  /** Number of the pharmacopoeia's general chapter, where the source names it. */
  readonly chapter?: string;
  readonly source: Source;
  /** True where other sources say another number. */
  readonly disputed: boolean;
  readonly verified: boolean;
}

/** Where something was read. */
export interface Source {
  readonly zh: string;
  readonly en: string;
  readonly url?: string;
}

interface Row {
  readonly herb: string;
  readonly form: string;
  readonly grade: string;
  readonly limits: readonly (readonly [test: string, analyte: string, direction: string, limitText: string, unit: string, chapter: string, source: string, disputed: number])[];
}

/**
 * Reads the limits the product ships (`seeds/standards.json`): facts with their sources, no statement of anybody here, so
 * they are no entries of the log.
 *
 * @throws Error naming the first row that cannot be: the product was built wrongly
 */
export function readReferenceLimits(json: unknown): readonly ReferenceLimit[] {
  const { verified, sources, standards } = json as { verified: boolean; sources: Record<string, Source>; standards: Row[] };
  return standards.flatMap(({ herb, form, grade, limits }) =>
    limits.map(([test, analyte, direction, limitText, unit, chapter, source, disputed]): ReferenceLimit => {
      const known = sources[source];
      if (known === undefined || test === '' || limitText === '' || unit === '' || !REFERENCE_DIRECTIONS.some((one) => one === direction)) {
        throw new Error(`the limit ${test} of ${herb} ${form} is none, or its source is not named`);
      }
      return {
        ...(herb !== '*' && { herb }), form, ...(grade !== '' && { grade }), test, ...(analyte !== '' && { analyte }),
        direction: direction as ReferenceLimit['direction'], limitText, unit, ...(chapter !== '' && { chapter }), source: known, disputed: disputed === 1, verified,
      };
    }),
  );
}
