import { plain, type StandardLimit } from './limit';

/** What one person read of one limit in the printed source, typed without looking at what the library holds. */
export interface Reading {
  /** Id of the limit within the version. */
  readonly limit: string;
  readonly limitText: string;
  readonly unit?: string;
  readonly direction: StandardLimit['direction'];
}

/** What one person of an organisation confirmed, at a time, of one version of a standard. */
export interface Confirmation {
  readonly id: string;
  readonly personId: string;
  /** Page of the printed source and SHA-256 of its scan, hexadecimal. */
  readonly page: { readonly number: string; readonly file: string };
  readonly readings: readonly Reading[];
  /** Whether the printed standard demands nothing beyond the limits of the version; absent where nothing was said of it. */
  readonly complete?: boolean;
  readonly withdrawn: boolean;
}

/**
 * 已确认: two people read the same; 一人确认: one did; 未确认: nobody; 录入不一致: somebody reads another limit than the
 * library holds. Only a confirmed limit judges.
 */
export type LimitState = 'confirmed' | 'once' | 'unconfirmed' | 'disagreement';

/** People who must have read a limit alike before it judges for their organisation. */
export const CONFIRMING_PEOPLE = 2;

/** How a limit stands for one organisation. */
export interface JudgedLimit {
  readonly limit: StandardLimit;
  readonly state: LimitState;
  /** Who read it as it is held, each once. */
  readonly confirmedBy: readonly string[];
  /** Who reads it otherwise. */
  readonly disagreeing: readonly string[];
  /** The confirmations that count for or against it. */
  readonly confirmations: readonly string[];
}

/**
 * How a limit stands for an organisation by what its people confirmed.
 *
 * One reading that differs blocks it, however many agree: nobody can tell who mistyped before the two looked together.
 * It goes on when that confirmation is withdrawn, or a corrected version is entered and confirmed.
 *
 * @param confirmations those of one organisation for the limit's version
 */
export function judgeLimit(limit: StandardLimit, confirmations: readonly Confirmation[]): JudgedLimit {
  const readings = confirmations.filter(({ withdrawn }) => !withdrawn)
    .flatMap(({ id, personId, readings }) => readings.filter(({ limit: of }) => of === limit.id).map((reading) => ({ id, personId, agrees: agrees(limit, reading) })));
  const people = (does: boolean): string[] => [...new Set(readings.filter(({ agrees }) => agrees === does).map(({ personId }) => personId))];
  return { limit, ...stateOf(people(true), people(false)), confirmations: [...new Set(readings.map(({ id }) => id))] };
}

/**
 * Whether a version holds every limit its source demands, for an organisation: as for a limit, two people must have said
 * so and nobody otherwise. What lacks an item would pass what fails by it.
 */
export function judgeCompleteness(confirmations: readonly Confirmation[]): Pick<JudgedLimit, 'state' | 'confirmedBy' | 'disagreeing'> {
  const people = (does: boolean): string[] => [...new Set(confirmations.filter(({ withdrawn, complete }) => !withdrawn && complete === does).map(({ personId }) => personId))];
  return stateOf(people(true), people(false));
}

function stateOf(confirmedBy: readonly string[], disagreeing: readonly string[]): Pick<JudgedLimit, 'state' | 'confirmedBy' | 'disagreeing'> {
  const state = disagreeing.length > 0 ? 'disagreement' : confirmedBy.length >= CONFIRMING_PEOPLE ? 'confirmed' : confirmedBy.length > 0 ? 'once' : 'unconfirmed';
  return { state, confirmedBy, disagreeing };
}

/** Whether a reading is the limit, character by character but for spaces and full-width forms: `0.20` is not `0.2`. */
function agrees(limit: StandardLimit, reading: Reading): boolean {
  const isMeasured = limit.direction === 'max' || limit.direction === 'min' || limit.direction === 'range';
  const text = (of: string): string => (isMeasured ? plain(of).replace(/[～—–-]/u, '~') : plain(of));
  return text(limit.limitText) === text(reading.limitText) && plain(limit.unit ?? '') === plain(reading.unit ?? '') && limit.direction === reading.direction;
}
