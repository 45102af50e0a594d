/**
 * The words in which a fraud season is written. What a body names by `@kind/key` is put in when it is played: `@batch/x` the
 * code issued beforehand for what an act of the story makes, `@uri/x` the same as a URI, `@id/x` what the act x left (an
 * event id or the id of a record), `@site` and `@base` those of who acts, `@square/MU/key` a piece of land of so many mu
 * that nobody else has, the same again under the same key.
 */
import type { Code } from './cast';

export type Json = { readonly [key: string]: unknown };

/** Whose hands: the organisation's system, its head of quality, or one of the three who sign a report. */
export type By = 'key' | 'head' | 'tester' | 'reviewer' | 'approver';

/** One request of somebody. */
export interface Act {
  /** Unique in its story. */
  readonly name: string;
  readonly org: Code;
  readonly by: By;
  /** Below `/api/v1`, unless it begins with `/epcis`. */
  readonly path: string;
  readonly body: Json;
  /** When it happened. */
  readonly at: string;
  /** When somebody wrote it down. */
  readonly written: string;
  /** The phone it was written on, where that had no network for two weeks. */
  readonly phone?: string;
  /** Registered before the season begins: land, scales, zones. */
  readonly isStanding?: true;
  /** It is an event, whose id its device gives. */
  readonly isEvent?: true;
}

export type Severity = 'note' | 'warning' | 'blocking';

/** What makes a story a cheat. */
export interface Guilt {
  readonly org: Code;
  /** Acts that show it; one of the entries they left must stand in the evidence. */
  readonly acts: readonly string[];
  /** A warning unless said. */
  readonly atLeast?: Severity;
  /** Where no finding is due: what the law demands in its place, and why. The story's `law` tries it. */
  readonly inPlaceOfAFinding?: string;
}

/** What a story may ask when everything is here. */
export interface Asking {
  code(name: string): string;
  uri(name: string): string;
  id(act: string): string;
  send(org: Code | 'nobody', verb: 'GET' | 'POST', path: string, body?: Json, by?: By): Promise<{ readonly status: number; readonly body: any; readonly text: string }>;
  /** What lies where: `CODE state kilograms overdrawn`. */
  holdings(batch: string): Promise<readonly string[]>;
}

/** A cheat, or something odd that honest people do. */
export interface Story {
  readonly name: string;
  /** One sentence: what was done, and where that is told of. */
  readonly told: string;
  readonly acts: readonly Act[];
  readonly guilt?: Guilt;
  /** Rules that rightly stand above a note with goods of honest people, as long as they accuse nobody: goods that failed a test did. */
  readonly stands?: readonly string[];
  /** Anything else that must hold when everything is here. */
  readonly law?: (asking: Asking) => Promise<void>;
}

export const cheat = (name: string, told: string, guilt: Guilt, acts: readonly (Act | readonly Act[])[], law?: Story['law']): Story => ({ name, told, guilt, acts: acts.flat(), ...(law && { law }) });
export const honest = (name: string, told: string, acts: readonly (Act | readonly Act[])[], law?: Story['law']): Story => ({ name, told, acts: acts.flat(), ...(law && { law }) });
/** Something unlucky that befalls honest people: rules that stand with the goods and accuse nobody. */
export const unlucky = (name: string, told: string, stands: readonly string[], acts: readonly (Act | readonly Act[])[]): Story => ({ name, told, stands, acts: acts.flat() });

/** A moment in China. @param day `MM-DD` or `YYYY-MM-DD` @param time `HH:MM` */
export const on = (day: string, time = '09:30'): string => `${day.length === 5 ? `2026-${day}` : day}T${time}:00+08:00`;
export const dayOf = (moment: string): string => moment.slice(0, 10);
const later = (moment: string, minutes: number): string => new Date(Date.parse(moment) + minutes * 60_000).toISOString();

/** A mass in kilograms, as it is typed. */
export const kg = (kilograms: number) => ({ quantity: String(kilograms), unit: 'kg' });
/** So many kilograms of a batch of the story. */
export const of = (batch: string, kilograms: number) => ({ batch: `@batch/${batch}`, ...kg(kilograms) });

/** What an act may say besides. */
export interface More {
  readonly by?: By;
  readonly phone?: string;
  /** When it was written down; ten minutes after it happened unless said. */
  readonly written?: string;
  readonly body?: Json;
}

/** An act by one of the forms: `eventTime` is when it happened. */
export const form = (name: string, org: Code, path: string, at: string, body: Json, { by = 'key', phone, written = later(at, 10), body: more }: More = {}): Act => ({
  name, org, by, path, at, written, isEvent: true, body: { eventTime: at, ...body, ...more }, ...(phone !== undefined && { phone }),
});

/** An act that leaves a record and no event. */
export const record = (name: string, org: Code, path: string, at: string, body: Json, { by = 'key', phone, written = at, body: more }: More = {}): Act => ({
  name, org, by, path, at, written, body: { ...body, ...more }, ...(phone !== undefined && { phone }),
});

/** Something registered before the season. */
export const standing = (name: string, org: Code, path: string, body: Json): Act => ({ name, org, by: 'key', path, body, at: on('2020-01-01'), written: on('2020-01-01'), isStanding: true });

/** A plot of so many mu; where two have one key they are the same ground. */
export const plot = (name: string, org: Code, mu: number, { key = name, ...more }: Json & { readonly key?: string } = {}): Act =>
  standing(name, org, '/plots', { baseId: '@base', name: `地块 ${name}`, layer: 'crop', fromYear: 2019, boundary: `@square/${mu}/${key}`, datum: 'WGS-84', ...more });

export const crop = (name: string, org: Code, herb: string, land: string, since: string, mode: string, more: Json = {}): Act =>
  form(name, org, '/crops', on(since), { herb, plots: [`@id/${land}`], mode, since, code: `@batch/${name}`, ...more });

/** Some of a crop picked or dug: makes a batch of the act's name. */
export const harvest = (name: string, org: Code, from: string, at: string, kilograms: number, more: More = {}): Act =>
  form(name, org, '/harvests', at, { crop: `@batch/${from}`, ...kg(kilograms), code: `@batch/${name}` }, more);

export type Weighed = readonly [batch: string, kilograms: number, more?: Json];

/** A step of processing: makes a batch of each output's name. */
export const worked = (name: string, org: Code, step: string, at: string, inputs: readonly Weighed[], outputs: readonly Weighed[], { lost = [], added = [], ...more }: More & { readonly lost?: readonly (readonly [cause: string, kilograms: number])[]; readonly added?: readonly (readonly [what: string, kilograms: number, stays: boolean])[] } = {}): Act =>
  form(name, org, '/processing', at, {
    step,
    inputs: inputs.map(([batch, kilograms, besides]) => ({ ...of(batch, kilograms), ...besides })),
    outputs: outputs.map(([batch, kilograms, besides]) => ({ ...kg(kilograms), ...besides, code: `@batch/${batch}` })),
    ...(lost.length > 0 && { losses: lost.map(([cause, kilograms]) => ({ cause, ...kg(kilograms) })) }),
    ...(added.length > 0 && { auxiliaries: added.map(([what, kilograms, stays]) => ({ name: what, ...kg(kilograms), stays })) }),
  }, more);

/** Dried: what is missing went as water. */
export const dried = (name: string, org: Code, at: string, input: Weighed, kilograms: number, more: More & { readonly output?: Json } = {}): Act => {
  const { output, ...rest } = more;
  const water = Math.round((input[1] - kilograms) * 1000) / 1000;
  return worked(name, org, 'drying', at, [input], [[name, kilograms, { form: 'dried', ...output }]], { ...rest, ...(water > 0 && { lost: [['drying', water]] }) });
};

export const shipped = (name: string, org: Code, to: Code, at: string, goods: readonly Weighed[], more: More = {}): Act =>
  form(name, org, '/shipments', at, { to: { organisation: to }, lines: goods.map(([batch, kilograms, besides]) => ({ ...of(batch, kilograms), ...besides })) }, more);

/** Received: `rejected` and `short` stand in what comes with a line. */
export const received = (name: string, org: Code, from: Code, at: string, goods: readonly Weighed[], more: More = {}): Act =>
  form(name, org, '/receipts', at, { from: { organisation: from }, lines: goods.map(([batch, kilograms, besides]) => ({ batch: `@batch/${batch}`, accepted: kg(kilograms), ...besides })) }, more);

/** Shipped in the morning, received in the afternoon. */
export const delivered = (name: string, from: Code, to: Code, day: string, goods: readonly Weighed[]): readonly Act[] =>
  [shipped(`ship ${name}`, from, to, on(day, '07:30'), goods), received(`receive ${name}`, to, from, on(day, '15:00'), goods)];

/** Taken in from outside. */
export const takenIn = (name: string, org: Code, at: string, means: string, herb: string, kilograms: number, more: Json = {}): Act =>
  form(name, org, '/intakes', at, { means, herb, ...kg(kilograms), code: `@batch/${name}`, ...more });

/** What a laboratory found of one item: item, value, unit, limit as printed, its verdict. */
export type Found = readonly [test: string, value: string, unit?: string, limitText?: string, verdict?: string];

/** How a report came about. */
export interface Reported {
  readonly lab: Code;
  readonly number: string;
  readonly sampleNumber?: string;
  readonly standard: string;
  readonly found: readonly Found[];
  readonly verdict?: 'pass' | 'fail' | 'undetermined';
  /** Day of the sample, else two days before the report. */
  readonly sampledOn?: string;
  /** No sample was drawn. */
  readonly unsampled?: true;
  readonly more?: Json;
}

/** A sample, and a report that three people sign: acts `sample X`, `report X`, `review X`, `approve X`. */
export const reported = (name: string, org: Code, batch: string, day: string, { lab, number, sampleNumber = `YP-${number}`, standard, found, verdict = 'pass', sampledOn, unsampled, more }: Reported): readonly Act[] => {
  const items = found.map(([test, value, unit, limitText, own = 'pass']) => ({ test, value, ...(unit !== undefined && { unit }), ...(limitText !== undefined && { limitText }), verdict: own }));
  const drawn = dayOf(on(sampledOn ?? day));
  const sample = form(`sample ${name}`, org, '/samples', on(drawn, '08:00'), { lines: [of(batch, 0.5)], laboratory: { organisation: lab }, sampleNumber });
  return [
    ...(unsampled ? [] : [sample]),
    record(`report ${name}`, lab, '/test-reports', on(day, '15:00'), { number, batch: `@batch/${batch}`, sampleNumber, commissioner: org, standard, sampledQuantity: '500 g', items, ...more }, { by: 'tester' }),
    record(`review ${name}`, lab, `/test-reports/@id/report ${name}/review`, on(day, '16:00'), {}, { by: 'reviewer' }),
    record(`approve ${name}`, lab, `/test-reports/@id/report ${name}/approval`, on(day, '17:00'), { verdict, issuedOn: dayOf(on(day)) }, { by: 'approver' }),
  ];
};
