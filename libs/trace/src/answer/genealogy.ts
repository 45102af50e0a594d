import type { EntityManager } from 'typeorm';
import { type Direction, genealogySql } from './genealogy-sql';

export type { Direction } from './genealogy-sql';

/** An event that ties things together. */
export interface TieEvent {
  readonly position: string;
  /** What ties its lines to those of other events; packing has none. */
  readonly hub?: string;
  readonly org: string;
  readonly eventId: string;
  /** ISO 8601 in UTC with microseconds. */
  readonly time: string;
  /** All lines it is tied to, its own included: of its transformation, however many events tell it; of its packing. */
  readonly ties: Tie[];
}

/** A line of such an event. */
export interface Tie {
  readonly event: TieEvent;
  readonly thing: Thing;
  readonly ordinal: string;
  readonly role: string;
  readonly held: boolean;
  /** In base units, as decimal text; empty where none can be read. */
  readonly amount: string;
  readonly unit: 'mg' | 'pcs' | '';
  readonly isLot: boolean;
  /** Of what was packed, or packed into. */
  readonly isContainer: boolean;
  /** True where its sayer owns what it says it made, though it does not hold it. */
  readonly ownerMade: boolean;
  readonly until?: string;
}

/** A node, with the lines that tie it to others as far as they were fetched. */
export interface Thing {
  readonly node: string;
  /** In the order in which things were met. */
  readonly index: number;
  readonly ties: Tie[];
  /** Set once everything it is part of was fetched. */
  said?: Said;
}

/** What the lines of a node say that the asker may see. */
export interface Said {
  /** The first and the last of its spellings by their letters: one and the same where all spell it alike. */
  readonly first?: string;
  readonly last?: string;
  readonly isOrigin: boolean;
  /** Of the events that name it, with commas. */
  readonly positions: string;
  /** Who passed it on to whom, on record; a pair may come again. */
  readonly passed: readonly { readonly from: string; readonly to: string }[];
}

/** An event; or, without a position, a node (in `hub`), its spellings, and what its lines say. */
interface Row {
  readonly position: string | null;
  readonly hub: string | null;
  readonly org: string;
  readonly eventId: string;
  readonly time: string;
  readonly lines: string;
}

/** What nodes are part of, one way. Everything worth having comes with the first question; what is missed is asked for. */
export class Genealogy {
  private readonly things = new Map<string, Thing>();
  private readonly tiesByKey = new Map<string, Tie[]>();
  private readonly events = new Map<string, TieEvent>();

  constructor(
    private readonly db: Pick<EntityManager, 'query'>,
    private readonly asker: string,
    readonly direction: Direction,
  ) {}

  /** Fetches all that can be reached on record from a node. */
  async open(root: string): Promise<void> {
    this.take(await this.db.query(genealogySql(this.direction, true), [[root], this.asker]));
  }

  /** Makes sure that all these things are part of is there. */
  async fetch(things: readonly Thing[]): Promise<void> {
    const missing = things.filter(({ said }) => said === undefined).map(({ node }) => node);
    if (missing.length > 0) this.take(await this.db.query(genealogySql(this.direction, false), [missing, this.asker]));
  }

  /** A node, though nothing may be known of it. */
  thing(node: string): Thing {
    let thing = this.things.get(node);
    if (thing === undefined) this.things.set(node, (thing = { node, index: this.things.size, ties: [] }));
    return thing;
  }

  /** All nodes that were fetched or named so far. */
  nodes(): IterableIterator<string> {
    return this.things.keys();
  }

  /** All nodes of which everything was fetched so far. */
  *reached(): Generator<Thing> {
    for (const thing of this.things.values()) if (thing.said !== undefined) yield thing;
  }

  /** Positions of all events that were fetched. */
  positions(): IterableIterator<string> {
    return this.events.keys();
  }

  private take(rows: readonly Row[]): void {
    for (const row of rows) {
      const { position, lines } = row;
      if (position === null) {
        this.thing(row.hub as string).said = saidOf(row);
        continue;
      }
      // Of an event that was fetched before, lines may come that were not asked for then.
      const known = this.events.get(position);
      const event = known ?? this.eventOf(position, row);
      for (let at = 0; at !== -1; ) {
        const end = lines.indexOf(';', at);
        this.keep(event, end === -1 ? lines.slice(at) : lines.slice(at, end), known !== undefined);
        at = end === -1 ? -1 : end + 1;
      }
    }
  }

  private eventOf(position: string, { hub, org, eventId, time }: Row): TieEvent {
    const key = hub ?? position;
    let ties = this.tiesByKey.get(key);
    if (ties === undefined) this.tiesByKey.set(key, (ties = []));
    const event: TieEvent = { position, hub: hub ?? undefined, org, eventId, time, ties };
    this.events.set(position, event);
    return event;
  }

  private keep(event: TieEvent, text: string, isAgain: boolean): void {
    const [node, ordinal, role, flags, amount, unit, until] = text.split(' ') as [string, string, string, string, string, Tie['unit'], string];
    const thing = this.thing(node);
    if (isAgain && thing.ties.some((tie) => tie.event === event && tie.ordinal === ordinal)) return;
    const tie: Tie = {
      event, thing, ordinal, role, amount, unit, held: flags[0] === 't', isLot: flags[1] === 't', isContainer: flags[2] === 't', ownerMade: flags[3] === 't',
      until: until === '' ? undefined : until,
    };
    event.ties.push(tie);
    thing.ties.push(tie);
  }
}

/** `t|f [positions [from to …]]` */
function saidOf({ eventId: first, time: last, lines }: Row): Said {
  const [isOrigin, positions = '', ...orgs] = lines.split(' ');
  return { first: first ?? undefined, last: last ?? undefined, isOrigin: isOrigin === 't', positions, passed: orgs.length === 0 ? NOBODY : pairsOf(orgs) };
}

const NOBODY: Said['passed'] = [];
const pairsOf = (orgs: readonly string[]): { from: string; to: string }[] =>
  orgs.flatMap((from, i) => (i % 2 === 0 ? [{ from, to: orgs[i + 1] as string }] : []));
