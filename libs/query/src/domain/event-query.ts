import type { EventType } from '@daodi/epcis';
import type { MatchField, PlaceField, WordField } from './event-fields';

/** A half-open span of time: instants in UTC with six decimals, as the log writes them. */
export interface TimeSpan {
  readonly ge?: string;
  readonly lt?: string;
}

/** One condition on identifiers: any of the values, in any of the fields. */
export interface MatchCondition {
  readonly fields: readonly MatchField[];
  readonly values: readonly string[];
}

/** A SimpleEventQuery, read and checked. Values of one condition are alternatives; conditions all have to hold. */
export interface EventQuery {
  readonly types?: readonly EventType[];
  readonly actions?: readonly string[];
  readonly eventIds?: readonly string[];
  readonly eventTime: TimeSpan;
  readonly recordTime: TimeSpan;
  readonly words: readonly { readonly field: WordField; readonly values: readonly string[] }[];
  readonly places: readonly { readonly field: PlaceField; readonly values: readonly string[] }[];
  readonly transformationIds?: readonly string[];
  readonly matches: readonly MatchCondition[];
  /** Only error declarations (`EXISTS_errorDeclaration=true`; `false` asks for nothing). */
  readonly isDeclaration?: true;
  /** Without one, in the order in which the events reached us. */
  readonly order?: { readonly by: 'eventTime' | 'recordTime'; readonly descending: boolean };
  /** Only the first so many. */
  readonly eventCountLimit?: number;
  /** A refusal instead of more than so many. */
  readonly maxEventCount?: number;
}
