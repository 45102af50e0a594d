import { DIFFERENCE_REASONS, type DifferenceReason, isPercent, type Moisture, MOISTURE_METHODS, type MoistureMethod, scaleUncertainty, WEIGHING_NOTES, type WeighingNote } from '@daodi/herbal';
import { massToMilligrams } from '@daodi/epcis';
import type { Canonicalise, LineRole, StatedLine } from './line';

type Json = Readonly<Record<string, unknown>>;

/** What an event says about how a line's amount was weighed. All masses in milligrams. */
export interface WeighedLine {
  /** The line it is about. */
  readonly ordinal: number;
  readonly netMg: bigint;
  /** What the scale cannot tell apart over all readings; absent where none is named. */
  readonly scaleMg?: bigint;
  /** What the last digit typed stands for, over all readings. */
  readonly typedMg: bigint;
  readonly moisture?: Moisture;
  readonly notes: readonly WeighingNote[];
}

/** A line by which a difference between two weighings, or between floor and book, was booked with its reason. */
export interface BookedLine {
  readonly ordinal: number;
  readonly reason: DifferenceReason;
  /** Mass before it, and how far the two weighings might lie apart; absent where no agreement was judged. */
  readonly beforeMg?: bigint;
  readonly toleranceMg?: bigint;
}

/** Roles that a weighing's `of` names. */
const ROLE_OF = { input: 'input', output: 'output', accepted: 'receive', rejected: 'reject' } as const satisfies Readonly<Record<string, LineRole>>;

/** Which side of an event a weighing is of, where its batch may stand on several. */
export type WeighedAs = keyof typeof ROLE_OF;
export const isWeighedAs = (value: unknown): value is WeighedAs => typeof value === 'string' && Object.hasOwn(ROLE_OF, value);

/**
 * How the lines of an event were weighed (`daodi:weighing`). Each element goes to the first line of its batch that no
 * other went to: of the role it names (`of`), of its own amount before any other. What cannot be read says nothing.
 */
export function weighedLines(event: Json, lines: readonly StatedLine[], canonicalise: Canonicalise): WeighedLine[] {
  const taken = new Set<number>();
  return elements(event['daodi:weighing']).flatMap((element): WeighedLine[] => {
    const [netMg, readings] = [mg(element['net']), element['readings'] ?? 1];
    if (typeof element['epcClass'] !== 'string' || netMg === undefined || !isCount(readings)) return [];
    const identifier = canonicalise(element['epcClass']);
    const role = isWeighedAs(element['of']) ? ROLE_OF[element['of']] : undefined;
    const free = lines.filter((line) => line.identifier === identifier && line.unit === 'mg' && !taken.has(line.ordinal) && (role === undefined || line.role === role));
    const line = free.find(({ amount }) => amount === netMg) ?? free[0];
    if (line === undefined) return [];
    taken.add(line.ordinal);
    const divisionMg = mg(element['division']);
    const notes = Array.isArray(element['notes']) ? WEIGHING_NOTES.filter((note) => (element['notes'] as unknown[]).includes(note)) : [];
    return [{
      ordinal: line.ordinal, netMg, typedMg: (mg(element['resolution']) ?? 0n) * BigInt(readings), moisture: moistureOf(element['moisture']), notes,
      ...(divisionMg !== undefined && { scaleMg: scaleUncertainty(divisionMg, readings) }),
    }];
  });
}

/**
 * The lines by which differences were booked: a receipt's `daodi:agreement`, and what a stock-take gives as reason
 * (`daodi:counts`) where that is a difference of weights and no mere surplus or shortage.
 */
export function bookedLines(event: Json, lines: readonly StatedLine[], canonicalise: Canonicalise): BookedLine[] {
  const taken = new Set<number>();
  const booking = (element: Json): BookedLine[] => {
    const reason = DIFFERENCE_REASONS.find((known) => known === element['reason']);
    if (typeof element['epcClass'] !== 'string' || reason === undefined) return [];
    const identifier = canonicalise(element['epcClass']);
    const line = [...lines].reverse().find((one) => one.identifier === identifier && BOOKING.has(one.role) && one.unit === 'mg' && !taken.has(one.ordinal));
    if (line === undefined) return [];
    taken.add(line.ordinal);
    const [beforeMg, toleranceMg] = [mg(element['shipped'] ?? element['book']), mg(element['tolerance'])];
    return [{ ordinal: line.ordinal, reason, ...(toleranceMg !== undefined && { beforeMg, toleranceMg }) }];
  };
  return [...elements(event['daodi:agreement']), ...elements(event['daodi:counts'])].flatMap(booking);
}

/** By these a receipt or stock-take books what is too little or too much. */
const BOOKING: ReadonlySet<LineRole> = new Set(['short', 'gain', 'loss']);

/** A stated moisture, if it can be read. */
export function moistureOf(stated: unknown): Moisture | undefined {
  if (!isObject(stated)) return undefined;
  const { percent, method, uncertainty } = stated;
  const known = MOISTURE_METHODS.find((one) => one === method) as MoistureMethod | undefined;
  if (typeof percent !== 'string' || !isPercent(percent) || known === undefined) return undefined;
  return { percent, method: known, ...(typeof uncertainty === 'string' && isPercent(uncertainty) && { uncertainty }) };
}

/** Most readings that are believed to make up one quantity. */
const READINGS_MAX = 1_000_000;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= READINGS_MAX;

/** Our extensions state masses in kilograms. */
function mg(kilograms: unknown): bigint | undefined {
  const amount = typeof kilograms === 'number' ? massToMilligrams(kilograms, 'KGM') : undefined;
  return amount === undefined || amount < 0n ? undefined : amount;
}

const elements = (list: unknown): Json[] => (Array.isArray(list) ? (list as unknown[]).filter(isObject) : []);

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
