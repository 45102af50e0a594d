import { resolveContext } from '@daodi/epcis';
import { type TermField, valuesOf, wordUri } from './event-fields';
import type { EventQuery, TimeSpan } from './event-query';

/** An event as somebody may read it, with what stands beside it in the log. */
export interface SeenEvent {
  readonly event: Readonly<Record<string, unknown>>;
  readonly context: unknown;
  readonly eventId: string;
  readonly type: string;
  readonly eventTime: string;
  readonly recordTime: string;
  readonly declaration: boolean;
}

/**
 * Whether an event answers a query, judged by nothing but what its reader sees of it: a value that was cut away matches
 * nothing, so no question can feel for it.
 *
 * @param canonicalise gives identifiers one spelling
 */
export function matches(query: EventQuery, seen: SeenEvent, canonicalise: (uri: string) => string): boolean {
  const { event } = seen;
  const context = resolveContext(seen.context ?? undefined);
  const isAny = (fields: readonly Exclude<TermField, 'bizStep' | 'disposition'>[], values: readonly string[]): boolean => {
    const wanted = new Set(values.map(canonicalise));
    return fields.some((field) => valuesOf(event, field).some((uri) => wanted.has(canonicalise(uri))));
  };
  return (
    isOneOf(query.types, seen.type) &&
    isOneOf(query.actions, event['action']) &&
    isOneOf(query.eventIds, seen.eventId) &&
    isWithin(query.eventTime, seen.eventTime) &&
    isWithin(query.recordTime, seen.recordTime) &&
    (query.isDeclaration === undefined || query.isDeclaration === seen.declaration) &&
    query.words.every(({ field, values }) => {
      const wanted = new Set(values.map((word) => wordUri(field, word, resolveContext(undefined))));
      return valuesOf(event, field).some((word) => wanted.has(wordUri(field, word, context)));
    }) &&
    query.places.every(({ field, values }) => isAny([field], values)) &&
    (query.transformationIds === undefined || isAny(['transformationID'], query.transformationIds)) &&
    query.matches.every(({ fields, values }) => isAny(fields, values))
  );
}

const isOneOf = (allowed: readonly string[] | undefined, value: unknown): boolean => allowed === undefined || (typeof value === 'string' && allowed.includes(value));

/** Instants of one length in UTC sort as they read. */
const isWithin = ({ ge, lt }: TimeSpan, time: string): boolean => (ge === undefined || time >= ge) && (lt === undefined || time < lt);
