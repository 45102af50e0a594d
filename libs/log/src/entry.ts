/**
 * What the log holds. Two kinds of entry, one log: an `event` is an EPCIS 2.0 event; a `record` is what a
 * person or organisation decided or changed that is no supply-chain event (organisation, site, test report,
 * release, erasure, …).
 */

/** How an entry came to us. `import` entries are always shown as written later. */
export type Provenance = 'form' | 'offline' | 'epcis' | 'device' | 'import';

/** Who did it, by id only: a person (`registry` knows the name), an API key, or the system itself. */
export interface Actor {
  readonly kind: 'person' | 'key' | 'system';
  readonly id: string;
}

/** An entry before the log has given it its position, record time and digest. */
export interface NewEntry {
  readonly kind: 'event' | 'record';
  /** The EPCIS event type, or the record's type (`site`, `release`, …). */
  readonly type: string;
  /** The organisation that says it (uuid). */
  readonly organisationId: string;
  readonly actor: Actor;
  /** 代录: the person in whose place the actor wrote it down (uuid). */
  readonly onBehalfOf?: string;
  readonly provenance: Provenance;
  /** One per HTTP request or capture job: all that one act left in the log shares it (uuid). */
  readonly requestId: string;
  /** Events only: unique per organisation among events that are no error declarations. */
  readonly eventId?: string;
  /** True for an EPCIS error declaration, which repeats the eventID of what it declares to be in error. */
  readonly declaration?: boolean;
  /** When it happened: ISO 8601 instant in UTC, up to microseconds, and the offset as recorded (`+08:00`). */
  readonly eventTime?: string;
  readonly eventOffset?: string;
  /** When someone wrote it down: ISO 8601 instant (device clock corrected by the last server time it saw). */
  readonly capturedTime: string;
  /** The device that wrote it down and its counter, so that a device's entries can be ordered and missed. */
  readonly device?: { readonly id: string; readonly counter: number };
  /** The effective JSON-LD @context of an event; null for records. */
  readonly context: unknown;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An entry as the log keeps it. */
export interface Entry extends Omit<NewEntry, 'body'> {
  readonly position: bigint;
  /** When it reached us: ISO 8601 instant, given by the database. */
  readonly recordTime: string;
  /** SHA-256 over the salt and the RFC 8785 form of {body with its context}. */
  readonly digest: Buffer;
  /**
   * The body. Of an erased entry this is what its erasure kept: the identifiers, roles and quantities that
   * the projections rest on, without free text, persons or exact places.
   */
  readonly body: Readonly<Record<string, unknown>>;
  /** Position of the `erasure` record, if the body was erased. */
  readonly erasedBy?: bigint;
}

/** The body of every `record`: what changed, from what to what, and why. */
export interface RecordBody {
  /** What the record is about: a stable id of the thing (uuid or identifier). */
  readonly subject: string;
  readonly change: 'created' | 'changed' | 'ended' | 'decided';
  /** The state before; absent for something new. */
  readonly old?: Readonly<Record<string, unknown>>;
  readonly new: Readonly<Record<string, unknown>>;
  readonly why?: string;
}
