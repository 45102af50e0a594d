/**
 * The words in which the season is written. What an act names by `@kind/key` is put in when it is played: `@batch/…` the
 * URI of a batch made before, `@serials/…` a list of them, `@event/…` the id of an event for a path, `@event-id/…` for a
 * body, `@site`, `@land`, `@product`, `@person`, `@scale`, `@picker`, `@report`, `@order` and `@part` the id of what was
 * registered or entered before.
 */

/** One request of one person. */
export interface Act {
  /** Names it for good: its Idempotency-Key is made of it. */
  readonly step: string;
  /** Who signs in for it. */
  readonly by: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Names for the batches the answer gives codes to, in the answer's order. */
  readonly makes?: readonly string[];
  /** Name for the serials it commissions; for the report it enters; for its event. */
  readonly serials?: string;
  readonly report?: string;
  readonly event?: string;
  /** Kind and name of what it registers, e.g. a scale. */
  readonly registers?: readonly [kind: string, key: string];
  /** When it was written down, if not some minutes after it happened. */
  readonly writtenAt?: string;
  /** It happens as it is played, since a release is only as old as the log that holds it: what it allowed came after. */
  readonly isNow?: true;
  /** Acts of other chapters that come before it; those of its own come in their order. */
  readonly after?: readonly string[];
}

/** Acts in the order in which they happened, of one line of material: chapters are played side by side. */
export type Chapter = readonly Act[];

export type Body = Readonly<Record<string, unknown>>;

/** A mass, as it is typed. */
export const kg = (quantity: string): Body => ({ quantity, unit: 'kg' });

/** A mass in whole grams, typed in kilograms. */
export const grams = (amount: number): Body => kg(`${Math.trunc(amount / 1000)}.${String(amount % 1000).padStart(3, '0')}`.replace(/\.?0+$/, ''));

/** Some of a batch. */
export const of = (batch: string, amount: string | number): Body => ({ batch: `@batch/${batch}`, ...(typeof amount === 'string' ? kg(amount) : grams(amount)) });

/** An act by one of the forms. */
export const form = (step: string, by: string, path: string, body: Body, more: Partial<Act> = {}): Act => ({ step, by, path: `/api/v1/${path}`, body, ...more });

/** A moment in China. @param day `MM-DD`; @param time `HH:MM`; @param plusDays whole days after it */
export function at(year: number, day: string, time: string, plusDays = 0): string {
  const date = new Date(Date.UTC(year, Number(day.slice(0, 2)) - 1, Number(day.slice(3)) + plusDays));
  return `${date.toISOString().slice(0, 10)}T${time}:00+08:00`;
}

/** Its day. */
export const dayOf = (moment: string): string => moment.slice(0, 10);
