/**
 * A line is one statement of one event about one identifier: "this much of that lot went in", "this carton left
 * for them". Everything trace knows follows from lines: holdings, genealogy, standing, readership.
 */

/** What an event says happened to an identifier. */
export type LineRole =
  /** It came to be here, from nothing on record (ObjectEvent ADD). */
  | 'origin'
  /** It was taken in from outside: there before anything on record, declared and not proven. */
  | 'take-in'
  /** It came to be out of a transformation. */
  | 'output'
  /** It went into a transformation. */
  | 'input'
  /** A lot whose serials are commissioned in this event, and such a serial. */
  | 'serial-lot'
  | 'serial'
  /** It left for somebody; it arrived and was accepted, or rejected; it did not arrive. */
  | 'ship'
  | 'receive'
  | 'reject'
  | 'short'
  /** A shipment was withdrawn. */
  | 'void-ship'
  | 'sell'
  | 'destroy'
  | 'sample'
  /** What the sayer had sold, or drawn as a sample, came back. */
  | 'return'
  | 'sample-return'
  /** Stock-take: more, or less, than the book holds. */
  | 'gain'
  | 'loss'
  /** It was put somewhere. */
  | 'store'
  /** A container gets or loses contents; the contents themselves. */
  | 'container-pack'
  | 'container-unpack'
  | 'packed'
  | 'unpacked'
  /** It was looked at. */
  | 'observe';

/** Base units: integer milligrams, or pieces. */
export type LineUnit = 'mg' | 'pcs';

/** A line as an event states it: no database, no judgement. */
export interface StatedLine {
  /** Its place in the event, counted over all lines. */
  readonly ordinal: number;
  /** The canonical identifier, and as the event spells it. */
  readonly identifier: string;
  readonly spelled: string;
  readonly kind: IdentifierKind;
  readonly role: LineRole;
  /** In base units; absent when the event states none, or none that can be read. */
  readonly amount?: bigint;
  readonly unit?: LineUnit;
  /** What the amount could not be read for: stays visible and never balances. */
  readonly unreadable?: string;
}

/** What kind of thing an identifier names, as far as its form tells. */
export type IdentifierKind = 'class' | 'instance' | 'container';

/** What an event states: its lines and the parties and places they share. */
export interface StatedEvent {
  readonly lines: readonly StatedLine[];
  /** Canonical party identifiers named as source and destination (possessing party before owning party). */
  readonly sourceParties: readonly string[];
  readonly destinationParties: readonly string[];
  /** Canonical location: bizLocation before readPoint. */
  readonly site?: string;
  /** Canonical place it was taken from, where it was only put elsewhere (a source of type `location`). */
  readonly fromSite?: string;
  /** Set where several events are one transformation. */
  readonly transformationId?: string;
  /** Milligrams lost on record (`daodi:losses`), and added by auxiliaries that stay (`daodi:auxiliaries`). */
  readonly lostMg: bigint;
  readonly addedMg: bigint;
}

/** Roles that make an edge's beginning, and those that make its end. */
export const FROM_ROLES: ReadonlySet<LineRole> = new Set(['input', 'serial-lot']);
export const TO_ROLES: ReadonlySet<LineRole> = new Set(['output', 'serial']);

/** Roles by which something comes to be, or first comes into any book. */
export const MAKE_ROLES: ReadonlySet<LineRole> = new Set(['origin', 'take-in', 'output', 'serial']);

/** Roles whose movement carries what is inside a container (or the lot of a serial) with it. */
export const CARRYING_ROLES: ReadonlySet<LineRole> = new Set([
  'ship',
  'receive',
  'reject',
  'short',
  'void-ship',
  'sell',
  'return',
  'destroy',
  'store',
]);

/** Gives the canonical spelling of a URI: equal for all spellings of one identifier. */
export type Canonicalise = (uri: string) => string;
