import type { Actor, NewEntry, Provenance, RecordBody } from '@daodi/log';
import { instant } from './instant';

/** What a decision wants to write, before who, when and by which request are put to it. */
export type Draft = Pick<NewEntry, 'kind' | 'type' | 'eventId' | 'declaration' | 'eventTime' | 'eventOffset' | 'context' | 'body'>;

/** Who, when and by which request: the same for all that one act writes. */
export type Envelope = Pick<
  NewEntry,
  'organisationId' | 'actor' | 'onBehalfOf' | 'provenance' | 'requestId' | 'capturedTime' | 'device'
>;

/** What the system itself does, such as setting up an installation, stands in the log under this id. */
export const SYSTEM: Actor = { kind: 'system', id: '00000000-0000-0000-0000-000000000000' };

export type { Provenance };

/** What a record says beside its subject: the state before and after, whole, and why. */
export type Change = Pick<RecordBody, 'old' | 'new' | 'why'>;

/**
 * A draft of a `record`. `new` is the whole state after the change, not a difference, so that a projection needs the
 * latest record of a subject only.
 */
export function record(type: string, subject: string, change: RecordBody['change'], { old, new: now, why }: Change): Draft {
  const body: Record<string, unknown> = { subject, change, new: withoutAbsent(now) };
  if (old !== undefined) body.old = withoutAbsent(old);
  if (why !== undefined) body.why = why;
  return { kind: 'record', type, context: null, body };
}

/**
 * A draft of an `event` from a complete EPCIS event: it has its `eventID`, and its `eventTime` is a valid instant.
 *
 * @param context the event's effective JSON-LD @context
 * @throws RangeError where type, eventID or eventTime are not what they must be: the caller has not checked the event
 */
export function event(body: Readonly<Record<string, unknown>>, context: unknown): Draft {
  const { type, eventID, eventTime, eventTimeZoneOffset } = body;
  const at = typeof eventTime === 'string' ? instant(eventTime) : undefined;
  if (typeof type !== 'string' || typeof eventID !== 'string' || at === undefined) {
    throw new RangeError('an event needs type, eventID and a valid eventTime before it becomes an entry');
  }
  return {
    kind: 'event',
    type,
    eventId: eventID,
    declaration: body.errorDeclaration !== undefined && body.errorDeclaration !== null,
    eventTime: at,
    eventOffset: typeof eventTimeZoneOffset === 'string' ? eventTimeZoneOffset : undefined,
    context,
    body,
  };
}

/** Puts drafts into their envelope. */
export function seal(envelope: Envelope, drafts: readonly Draft[]): NewEntry[] {
  return drafts.map((draft) => ({ ...envelope, ...draft }));
}

/** The log stores JSON, which has no `undefined`: a member without a value is left out, here as there. */
function withoutAbsent(state: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));
}
