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
}

interface Row {
  readonly position: string | null;
  readonly hub: string | null;
  readonly org: string;
  readonly eventId: string;
  readonly time: string;
  readonly lines: string | null;
}

/** What nodes are part of, one way. Everything worth having comes with the first question; what is missed is asked for. */
export class Genealogy {
  private readonly things = new Map<string, Thing>();
  private readonly tiesByKey = new Map<string, Tie[]>();
  private readonly events = new Map<string, TieEvent>();
  private readonly fetched = new Set<string>();

  constructor(
    private readonly db: Pick<EntityManager, 'query'>,
    private readonly asker: string,
    readonly direction: Direction,
  ) {}

  /** Fetches all that can be reached on record from a node. */
  async open(root: string): Promise<void> {
    this.take(await this.db.query(genealogySql(this.direction, true), this.direction === 'forward' ? [[root], this.asker] : [[root]]));
  }

  /** Makes sure that all these nodes are part of is there. */
  async fetch(nodes: readonly string[]): Promise<void> {
    const missing = nodes.filter((node) => !this.fetched.has(node));
    if (missing.length > 0) this.take(await this.db.query(genealogySql(this.direction, false), [missing]));
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

  /** Positions of all events that were fetched. */
  positions(): IterableIterator<string> {
    return this.events.keys();
  }

  private take(rows: readonly Row[]): void {
    for (const row of rows) {
      if (row.lines === null) continue;
      if (row.position === null) {
        for (const node of row.lines.split(' ')) this.fetched.add(this.thing(node).node);
        continue;
      }
      // Of an event that was fetched before, lines of single serials may come that were not asked for then.
      const known = this.events.get(row.position);
      const event = known ?? this.eventOf(row.position, row);
      for (const text of row.lines.split(';')) this.keep(event, text, known !== undefined);
    }
  }

  private eventOf(position: string, { hub, org, eventId, time }: Row): TieEvent {
    const key = hub ?? position;
    const ties = this.tiesByKey.get(key) ?? [];
    this.tiesByKey.set(key, ties);
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
