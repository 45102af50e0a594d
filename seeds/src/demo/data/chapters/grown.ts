import { type Act, at, type Body, dayOf, form, grams } from '../act';

/** Crops of one herb on groups of land, the work on them, and their harvests. */
export interface Grown {
  /** Before the names of batches and acts. */
  readonly key: string;
  readonly by: string;
  readonly herb: string;
  readonly grade?: string;
  readonly mode: string;
  /** Years before that of the season in which it began to grow, and the day. */
  readonly sinceYears: number;
  readonly day: string;
  /** Land of each crop. */
  readonly land: readonly (readonly string[])[];
  /** What was done to every crop: work, `MM-DD`, what was used. */
  readonly work: readonly (readonly [work: string, day: string, inputsUsed?: readonly Body[]])[];
}

/** The crops, then the work on each. */
export function grown(y: number, { key, by, herb, grade, mode, sinceYears, day, land, work }: Grown): Act[] {
  const since = dayOf(at(y - sinceYears, day, '00:00'));
  return [
    ...land.map((plots, i) =>
      form(`${key} crop ${i + 1}`, by, 'crops', { eventTime: at(y - sinceYears, day, '09:00'), herb, ...(grade !== undefined && { grade }), mode, since, plots }, { makes: [`${key}-crop-${i + 1}`] }),
    ),
    ...work.flatMap(([what, on, inputsUsed]) =>
      land.map((_, i) =>
        form(`${key} ${what} ${on} ${i + 1}`, by, 'field-work', { eventTime: at(y, on, '08:00', i % 4), crop: `@batch/${key}-crop-${i + 1}`, work: what, ...(inputsUsed !== undefined && { inputsUsed }) }),
      ),
    ),
  ];
}

/** Harvests of every crop in one round: what each gave, in grams. */
export interface Round {
  readonly key: string;
  readonly by: string;
  readonly site: string;
  readonly name: string;
  /** First and last day of the round, `MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly amounts: readonly number[];
  readonly grade?: string;
}

/** A round of harvests, each written down on its last evening: `KEY-NAME-N`. */
export function harvested(y: number, { key, by, site, name, from, to, amounts, grade }: Round): Act[] {
  return amounts.map((amount, i) =>
    form(`${key} harvest ${name} ${i + 1}`, by, 'harvests', {
      eventTime: at(y, to, `1${4 + Math.trunc(i / 6)}:${i % 6}0`), site: `@site/${site}`, crop: `@batch/${key}-crop-${i + 1}`, ...grams(amount), ...(grade !== undefined && { grade }),
      from: dayOf(at(y, from, '00:00')), to: dayOf(at(y, to, '00:00')),
    }, { makes: [`${key}-${name}-${i + 1}`], event: `${key}-${name}-${i + 1}` }),
  );
}

/** The sum of a round. */
export const sumOf = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
