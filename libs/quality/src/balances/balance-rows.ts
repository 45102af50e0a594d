import type { LineUnit } from '@daodi/trace';
import type { EntityManager } from 'typeorm';
import { GROUND_OF_OWN } from './ground-of-own';

/** What came into the hands of an organisation, left them, and is in them, in base units. */
export interface BalanceRow {
  readonly unit: LineUnit;
  readonly batches: number;
  readonly amounts: Readonly<Record<BalanceColumn, bigint>>;
  /** What the books of these batches owe: it left, or was used, and had never come. */
  readonly owed: bigint;
  readonly findings: number;
}

/** What a line must be to count in a column; what is to be taken off it again stands second. */
const COLUMNS = {
  /** 采收: out of a crop. */
  harvested: ["l.role = 'output' AND of_crop.yes"],
  /** 加工所得: out of any other step. */
  made: ["l.role = 'output' AND of_crop.yes IS NULL"],
  /** Said to be there, from nothing on record. */
  commissioned: ["l.role = 'origin'"],
  takenIn: ["l.role = 'take-in'"],
  received: ["l.role IN ('receive', 'reject')"],
  found: ["l.role = 'gain'"],
  cameBack: ["l.role IN ('return', 'void-ship')"],
  used: ["l.role = 'input'"],
  shipped: ["l.role = 'ship'"],
  sold: ["l.role = 'sell'"],
  sampled: ["l.role = 'sample'", "l.role = 'sample-return'"],
  destroyed: ["l.role = 'destroy'"],
  lost: ["l.role = 'loss'"],
} as const satisfies Record<string, readonly [string] | readonly [string, string]>;

/** A column of a balance. */
export type BalanceColumn = keyof typeof COLUMNS | 'onHand' | 'onTheWayOut' | 'refused';

/** Those that come in, and those that go out; what is on hand is the difference. */
export const COMES = ['harvested', 'made', 'commissioned', 'takenIn', 'received', 'found', 'cameBack'] as const satisfies readonly BalanceColumn[];
export const GOES = ['used', 'shipped', 'sold', 'sampled', 'destroyed', 'lost'] as const satisfies readonly BalanceColumn[];

const sum = (when: string | undefined): string => (when === undefined ? '0' : `COALESCE(sum(COALESCE(l.moved, l.amount)) FILTER (WHERE ${when}), 0)`);
const summed = Object.entries(COLUMNS).map(([column, [adds, takes]]) => `${sum(adds)} - ${sum(takes)} AS "${column}"`).join(',\n         ');

/** How batches are put together. */
export const BALANCE_KEYS = {
  /** Herb and form. */
  herb: `jsonb_build_object('herb', b.herb, 'form', b.attributes ->> 'form')`,
  /** 基地: the one base all of it was harvested on, by its id; absent where it is of several, of another's land, or of none on record. */
  base: `jsonb_build_object('herb', b.herb, 'form', b.attributes ->> 'form', 'base', g.base)`,
  /** 产季: the one year in which all of it was harvested; absent where it is of several or that is not on record. */
  season: `jsonb_build_object('herb', b.herb, 'form', b.attributes ->> 'form', 'year', g.year)`,
  /** Each batch by itself. */
  batch: `jsonb_build_object('batch', COALESCE(b.uri, i.canonical), 'herb', b.herb, 'form', b.attributes ->> 'form', 'base', g.base, 'year', g.year)`,
} as const;

export type BalanceKey = keyof typeof BALANCE_KEYS;

/** Which batches are wanted. */
export interface BalanceFilter {
  readonly herb?: string;
  readonly form?: string;
  readonly base?: string;
  readonly year?: number;
}

/**
 * Running balances of one organisation, as they stand: added up from the same lines as everything else, so that they are what
 * the nightly recount compares. Crops are ground and no goods, and are left out; so is what is only claimed.
 *
 * Where a batch grew is followed back through all it was made of, in whose hands ever; whose base that was is told only of the
 * organisation's own.
 *
 * @param page rows from one on, and how many
 */
export async function balanceRows(
  db: Pick<EntityManager, 'query'>, organisation: string, by: BalanceKey, { herb, form, base, year }: BalanceFilter, page: { readonly offset: number; readonly limit: number },
): Promise<(BalanceRow & { readonly key: Readonly<Record<string, string | number>> })[]> {
  const rows: Record<string, string | number | Record<string, string | number | null>>[] = await db.query(
    `WITH RECURSIVE own AS (
       SELECT DISTINCT l.node FROM line l JOIN node n ON n.id = l.node AND n.kind = 'class' AND n.unit IS NOT NULL
         LEFT JOIN batch b ON b.identifier = n.identifier
        WHERE l.org = $1 AND l.held AND NOT l.void AND b.kind IS DISTINCT FROM 'crop'
     ), ${GROUND_OF_OWN}, moved AS (
       SELECT l.node, ${summed}
         FROM own JOIN line l ON l.node = own.node AND l.org = $1 AND l.held AND NOT l.void JOIN node n ON n.id = l.node AND l.unit = n.unit
         LEFT JOIN LATERAL (
           SELECT true AS yes FROM line c JOIN batch cb ON cb.identifier = c.identifier AND cb.kind = 'crop' WHERE c.hub = l.hub AND c.role = 'input' AND c.held AND NOT c.void LIMIT 1) of_crop ON l.role = 'output'
        GROUP BY 1
     ), kept AS (
       SELECT h.node, COALESCE(sum(h.quantity) FILTER (WHERE h.state = 'available'), 0) AS "onHand", COALESCE(sum(h.quantity) FILTER (WHERE h.state = 'rejected'), 0) AS refused, sum(h.overdrawn) AS owed
         FROM holding h WHERE h.org = $1 GROUP BY 1
     ), away AS (
       SELECT h.node, COALESCE(sum(h.quantity), 0) AS "onTheWayOut" FROM holding h WHERE h.state = 'transit' AND h.place = $1::text GROUP BY 1
     ), one AS (
       SELECT ${BALANCE_KEYS[by]} AS key, n.unit, m.*, COALESCE(k."onHand", 0) AS "onHand", COALESCE(k.refused, 0) AS refused, COALESCE(k.owed, 0) AS owed, COALESCE(w."onTheWayOut", 0) AS "onTheWayOut",
              (SELECT count(*) FROM finding f WHERE f.node = m.node AND f.organisation_id = $1 AND f.severity IN ('blocking', 'warning')) AS findings
         FROM moved m JOIN node n ON n.id = m.node JOIN identifier i ON i.id = n.identifier LEFT JOIN batch b ON b.identifier = n.identifier
         LEFT JOIN ground g ON g.node = m.node LEFT JOIN kept k ON k.node = m.node LEFT JOIN away w ON w.node = m.node
        WHERE ($2::text IS NULL OR b.herb = $2) AND ($3::text IS NULL OR b.attributes ->> 'form' = $3) AND ($4::text IS NULL OR g.base = $4) AND ($5::int IS NULL OR g.year = $5)
     )
     SELECT key, unit, count(*)::int AS batches, sum(findings)::int AS findings, sum(owed)::text AS owed,
            ${[...Object.keys(COLUMNS), 'onHand', 'onTheWayOut', 'refused'].map((column) => `sum("${column}")::text AS "${column}"`).join(', ')}
       FROM one GROUP BY key, unit ORDER BY key, unit OFFSET $6 LIMIT $7`,
    [organisation, herb ?? null, form ?? null, base ?? null, year ?? null, page.offset, page.limit],
  );
  return rows.map(({ key, unit, batches, findings, owed, ...amounts }) => ({
    key: Object.fromEntries(Object.entries(key as Record<string, string | number | null>).filter((pair): pair is [string, string | number] => pair[1] !== null)),
    unit: unit as LineUnit, batches: batches as number, findings: findings as number, owed: BigInt(owed as string),
    amounts: Object.fromEntries(Object.entries(amounts).map(([column, amount]) => [column, BigInt(amount as string)])) as Record<BalanceColumn, bigint>,
  }));
}
