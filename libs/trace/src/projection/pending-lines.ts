import type { EntityManager } from 'typeorm';
import { insertLines, keyOf, type LineRow } from './rows';

/** A line on its way into the table. */
type PendingLine = LineRow & { readonly void?: boolean };

/** What settling finds out about a line after it was stated. */
type Finding = Partial<Pick<LineRow, 'node' | 'held' | 'moved' | 'until'>>;

/**
 * Lines of this append that are not in the table yet. They are judged first and then written once, as they came out:
 * a row that is inserted and changed twice costs the database three rows and three entries in each of its indexes.
 *
 * Whoever asks for lines asks here and in the table. Where that cannot be told apart (serials and single packs, which
 * are looked up across events) `write` comes first; from then on the table has everything.
 */
export class PendingLines {
  private readonly lines = new Map<string, PendingLine>();
  private readonly byIdentifier = new Map<string, Set<string>>();
  private readonly byPosition = new Map<bigint, Set<string>>();
  private readonly byHub = new Map<string, Set<string>>();

  /** @param fresh identifiers nobody spoke of before, with their canonical spelling: no table has anything of them */
  constructor(private fresh: ReadonlyMap<string, string> = new Map()) {}

  add(lines: readonly PendingLine[]): void {
    for (const line of lines) {
      const key = keyOf(line);
      this.lines.set(key, line);
      note(this.byIdentifier, line.identifier, key);
      note(this.byPosition, line.position, key);
      if (line.hub !== undefined) note(this.byHub, line.hub, key);
    }
  }

  /** The spelling of an identifier of which no table has anything; undefined for any other. */
  spellingOfFresh(identifier: string): string | undefined {
    return this.fresh.get(identifier);
  }

  /** Those of these identifiers of which tables may have something. */
  known(identifiers: readonly string[]): string[] {
    return this.fresh.size === 0 ? [...identifiers] : identifiers.filter((id) => !this.fresh.has(id));
  }

  has(key: string): boolean {
    return this.lines.has(key);
  }

  /** Lines that stand, of these identifiers. */
  ofIdentifiers(identifiers: readonly string[]): LineRow[] {
    return this.standing(this.byIdentifier, identifiers);
  }

  /** Lines that stand, of these entries. */
  atPositions(positions: Iterable<bigint>): LineRow[] {
    return this.standing(this.byPosition, positions);
  }

  /** Lines that stand, of these transformations. */
  ofHubs(hubs: Iterable<string>): LineRow[] {
    return this.standing(this.byHub, hubs);
  }

  /** Notes what was found about a line. @returns false where it is in the table already, and has to be changed there */
  note(key: string, finding: Finding): boolean {
    const line = this.lines.get(key);
    if (line === undefined) return false;
    this.lines.set(key, { ...line, ...finding });
    return true;
  }

  /** Forgets a carried line and what it carried in turn. @returns the identifiers of those forgotten */
  forget({ position, ordinal, path }: Pick<LineRow, 'position' | 'ordinal' | 'path'>): string[] {
    const gone = this.atPositions([position]).filter((line) => line.ordinal === ordinal && (line.path === path || line.path.startsWith(`${path}/`)));
    for (const line of gone) {
      const key = keyOf(line);
      this.lines.delete(key);
      this.byIdentifier.get(line.identifier)?.delete(key);
      this.byPosition.get(line.position)?.delete(key);
      if (line.hub !== undefined) this.byHub.get(line.hub)?.delete(key);
    }
    return gone.map(({ identifier }) => identifier);
  }

  /** Writes them as they are now; from here on everything is in the table. */
  async write(tx: EntityManager): Promise<void> {
    await insertLines(tx, [...this.lines.values()]);
    this.lines.clear();
    for (const index of [this.byIdentifier, this.byPosition, this.byHub]) index.clear();
    this.fresh = new Map();
  }

  private standing<K>(index: ReadonlyMap<K, ReadonlySet<string>>, wanted: Iterable<K>): LineRow[] {
    const found: LineRow[] = [];
    if (this.lines.size === 0) return found;
    for (const one of new Set(wanted)) {
      for (const key of index.get(one) ?? []) {
        const line = this.lines.get(key) as PendingLine;
        if (line.void !== true) found.push(line);
      }
    }
    return found;
  }
}

function note<K>(index: Map<K, Set<string>>, at: K, key: string): void {
  const known = index.get(at);
  if (known === undefined) index.set(at, new Set([key]));
  else known.add(key);
}
