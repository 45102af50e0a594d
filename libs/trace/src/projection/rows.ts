import { isoTime } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import type { IdentifierKind, LineRole, LineUnit } from '../domain/line';

/** A row of `line`, as the projection works with it. Times are ISO text in UTC, which sorts as it reads. */
export interface LineRow {
  readonly position: bigint;
  readonly ordinal: number;
  readonly path: string;
  readonly org: string;
  readonly eventId: string;
  readonly identifier: string;
  readonly kind: IdentifierKind;
  readonly role: LineRole;
  readonly hub?: string;
  readonly eventTime: string;
  readonly tie: string;
  readonly amount?: bigint;
  readonly unit?: LineUnit;
  readonly unreadable?: string;
  readonly site?: string;
  readonly fromSite?: string;
  readonly sourceOrg?: string;
  readonly sourceNamed: boolean;
  readonly destOrg?: string;
  readonly spelled: string;
  readonly until?: string;
  readonly node?: string;
  readonly held: boolean;
  readonly moved?: bigint;
}

/** Identifies a line among all lines. */
export const keyOf = (line: Pick<LineRow, 'position' | 'ordinal' | 'path'>): string =>
  `${line.position}:${line.ordinal}:${line.path}`;

const COLUMNS = `
  l.position, l.ordinal, l.path, l.org, l.event_id, l.identifier, l.kind, l.role, l.hub,
  ${isoTime('l.event_time')} AS event_time, l.tie, l.amount, l.unit, l.unreadable, l.site, l.from_site,
  l.source_org, l.source_named, l.dest_org, l.spelled, ${isoTime('l.until')} AS until, l.node, l.held, l.moved`;

/** Lines that stand (not declared in error), selected by SQL over `l`. */
export async function loadLines(
  db: Pick<EntityManager, 'query'>,
  where: string,
  parameters: readonly unknown[],
): Promise<LineRow[]> {
  const rows: Record<string, unknown>[] = await db.query(
    `SELECT ${COLUMNS} FROM line l WHERE NOT l.void AND ${where}`,
    [...parameters],
  );
  return rows.map(lineOf);
}

function lineOf(row: Record<string, unknown>): LineRow {
  const optional = <T>(value: unknown, read: (v: never) => T): T | undefined => (value === null ? undefined : read(value as never));
  const text = (v: string): string => v;
  return {
    position: BigInt(row['position'] as string),
    ordinal: row['ordinal'] as number,
    path: row['path'] as string,
    org: row['org'] as string,
    eventId: row['event_id'] as string,
    identifier: row['identifier'] as string,
    kind: row['kind'] as IdentifierKind,
    role: row['role'] as LineRole,
    hub: optional(row['hub'], text),
    eventTime: row['event_time'] as string,
    tie: row['tie'] as string,
    amount: optional(row['amount'], (v: string) => BigInt(v)),
    unit: optional(row['unit'], (v: LineUnit) => v),
    unreadable: optional(row['unreadable'], text),
    site: optional(row['site'], text),
    fromSite: optional(row['from_site'], text),
    sourceOrg: optional(row['source_org'], text),
    sourceNamed: row['source_named'] as boolean,
    destOrg: optional(row['dest_org'], text),
    spelled: row['spelled'] as string,
    until: optional(row['until'], text),
    node: optional(row['node'], text),
    held: row['held'] as boolean,
    moved: optional(row['moved'], (v: string) => BigInt(v)),
  };
}

/** Inserts lines in one statement. */
export async function insertLines(tx: EntityManager, lines: readonly (LineRow & { readonly void?: boolean })[]): Promise<void> {
  if (lines.length === 0) return;
  const col = <T>(of: (line: LineRow & { readonly void?: boolean }) => T): T[] => lines.map(of);
  await tx.query(
    `INSERT INTO line (position, ordinal, path, org, event_id, identifier, kind, role, hub, event_time, tie, amount, unit,
                       unreadable, site, source_org, dest_org, spelled, void, held, source_named, node, moved, until, from_site)
     SELECT * FROM unnest($1::bigint[], $2::int[], $3::text[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::uuid[],
                          $10::timestamptz[], $11::uuid[], $12::numeric[], $13::text[], $14::text[], $15::text[],
                          $16::uuid[], $17::uuid[], $18::text[], $19::boolean[], $20::boolean[], $21::boolean[],
                          $22::uuid[], $23::numeric[], $24::timestamptz[], $25::text[])`,
    [
      col((l) => l.position.toString()), col((l) => l.ordinal), col((l) => l.path), col((l) => l.org), col((l) => l.eventId),
      col((l) => l.identifier), col((l) => l.kind), col((l) => l.role), col((l) => l.hub ?? null), col((l) => l.eventTime), col((l) => l.tie),
      col((l) => l.amount?.toString() ?? null), col((l) => l.unit ?? null), col((l) => l.unreadable ?? null),
      col((l) => l.site ?? null), col((l) => l.sourceOrg ?? null), col((l) => l.destOrg ?? null), col((l) => l.spelled),
      col((l) => l.void ?? false), col((l) => l.held), col((l) => l.sourceNamed),
      col((l) => l.node ?? null), col((l) => l.moved?.toString() ?? null), col((l) => l.until ?? null),
      col((l) => l.fromSite ?? null),
    ],
  );
}

/**
 * Registers identifiers (id → canonical spelling).
 * @returns those nobody spoke of before
 */
export async function insertIdentifiers(tx: EntityManager, identifiers: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  if (identifiers.size === 0) return new Map();
  const rows: { id: string }[] = await tx.query(
    'INSERT INTO identifier (id, canonical) SELECT * FROM unnest($1::uuid[], $2::text[]) ON CONFLICT (id) DO NOTHING RETURNING id',
    [[...identifiers.keys()], [...identifiers.values()]],
  );
  return new Map(rows.map(({ id }) => [id, identifiers.get(id) as string]));
}
