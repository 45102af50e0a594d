import { cbvWord } from '@daodi/epcis';
import type { EntityManager } from 'typeorm';
import type { BalanceFact, CorrectionFact, LineFact } from '../domain/passport-facts';
import type { Scope } from './lineage-query';

type Db = Pick<EntityManager, 'query'>;

/** Roles told many in one: a lot may be sold in thousands of sales. */
const REPEATED = ['sell', 'return', 'store', 'destroy', 'gain', 'loss', 'observe'];
/** Of the root also what others made out of it, without saying what. */
const TOLD = ['origin', 'take-in', 'output', 'serial', 'sample', 'ship', 'void-ship', 'receive', 'reject', 'short', ...REPEATED];

const TIME = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;
/** The day where it happened: an offset is kept as it was recorded; without one, China's. */
const localDay = (expression: string, offset: string): string =>
  `to_char((${expression} AT TIME ZONE 'UTC') + COALESCE(substring(${offset} from '^([+-][0-9]{2}:[0-9]{2})$'), '+08:00')::interval, 'YYYY-MM-DD')`;
const CHINA = `'+08:00'`;

/** The statements a story is made of, within its scopes: held ones, and what an owner says of making its own thing. */
export async function linesOf(db: Db, root: string, scopes: readonly Scope[]): Promise<LineFact[]> {
  const rows: LineRow[] = await db.query(
    `SELECT l.node, l.role, l.org, l.dest_org, l.hub_position AS position, min(l.event_id) FILTER (WHERE l.hub_position IS NOT NULL) AS event_id,
            l.biz_step, l.step, l.provenance, l.is_late, min(l.day) AS first_day, max(l.day) AS last_day, max(l.written_day) AS written_day,
            min(l.at) AS at, count(DISTINCT l.position)::int AS count, sum(l.amount)::text AS amount, l.unit, l.is_erased
       FROM (
         SELECT x.node, x.role, x.org, CASE WHEN x.role = 'ship' THEN x.dest_org END AS dest_org, x.position, x.event_id, x.amount, x.unit,
                CASE WHEN x.role = ANY($4) OR x.role = 'input' THEN NULL ELSE x.position END AS hub_position,
                COALESCE(b.body, r.body) ->> 'bizStep' AS biz_step, COALESCE(b.body, r.body) ->> 'daodi:step' AS step, e.provenance,
                e.captured_time - x.event_time > interval '1 day' OR e.provenance = 'import' AS is_late,
                ${localDay('x.event_time', 'e.event_offset')} AS day, ${localDay('e.captured_time', CHINA)} AS written_day,
                to_char(x.event_time AT TIME ZONE 'UTC', ${TIME}) AS at, r.position IS NOT NULL AS is_erased
           FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS s(node, org, until)
           JOIN line x ON x.node = s.node AND NOT x.void AND (s.org IS NULL OR x.org = s.org) AND (s.until IS NULL OR x.event_time <= s.until)
           JOIN node n ON n.id = x.node
           JOIN entry e ON e.position = x.position
           LEFT JOIN entry_body b ON b.position = x.position LEFT JOIN entry_residue r ON r.position = x.position
          WHERE (x.held OR (x.org = n.owner AND x.role IN ('output', 'serial', 'origin', 'take-in')))
            AND (x.role = ANY($5) OR (x.role = 'input' AND x.node = $6 AND n.unit IS NOT NULL))) l
      GROUP BY l.node, l.role, l.org, l.dest_org, l.hub_position, l.biz_step, l.step, l.provenance, l.is_late, l.unit, l.is_erased
      ORDER BY at, l.node, l.role, l.org, position`,
    [scopes.map(({ node }) => node), scopes.map(({ org }) => org ?? null), scopes.map(({ until }) => until ?? null), REPEATED, TOLD, root],
  );
  return rows.map(lineOf);
}

interface LineRow {
  readonly node: string;
  readonly role: string;
  readonly org: string;
  readonly dest_org: string | null;
  readonly position: string | null;
  readonly event_id: string | null;
  readonly biz_step: string | null;
  readonly step: string | null;
  readonly provenance: string;
  readonly is_late: boolean;
  readonly first_day: string;
  readonly last_day: string;
  readonly written_day: string;
  readonly at: string;
  readonly count: number;
  readonly amount: string | null;
  readonly unit: 'mg' | 'pcs' | null;
  readonly is_erased: boolean;
}

function lineOf(row: LineRow): LineFact {
  return {
    node: row.node,
    role: row.role,
    org: row.org,
    destOrg: row.dest_org ?? undefined,
    position: row.position ?? undefined,
    eventId: row.event_id ?? undefined,
    bizStep: row.biz_step === null ? undefined : cbvWord('bizStep', row.biz_step),
    step: row.step ?? undefined,
    provenance: row.provenance,
    isLate: row.is_late,
    firstDay: row.first_day,
    lastDay: row.last_day,
    writtenDay: row.written_day,
    at: row.at,
    count: row.count,
    amount: row.amount === null ? undefined : BigInt(row.amount),
    unit: row.unit ?? undefined,
    isErased: row.is_erased,
  };
}

/** Mass in and out of the transformations by which the lineage was made; pieces weigh what one piece holds. */
export async function balancesOf(db: Db, positions: readonly string[]): Promise<BalanceFact[]> {
  const rows: { position: string; input: string | null; output: string | null; lost: string; added: string; unknown: boolean }[] = await db.query(
    `WITH hubs AS (SELECT DISTINCT position, hub FROM line WHERE position = ANY($1::bigint[]) AND role = 'output' AND NOT void AND hub IS NOT NULL)
     SELECT h.position::text, sum(m.mg) FILTER (WHERE l.role = 'input')::text AS input, sum(m.mg) FILTER (WHERE l.role = 'output')::text AS output,
            COALESCE(max(x.lost), 0)::text AS lost, COALESCE(max(x.added), 0)::text AS added,
            bool_or(m.mg IS NULL AND l.kind = 'class') AS unknown
       FROM hubs h
       JOIN line l ON l.hub = h.hub AND NOT l.void AND l.role IN ('input', 'output')
       LEFT JOIN batch b ON b.identifier = l.identifier
       CROSS JOIN LATERAL (SELECT CASE l.unit WHEN 'mg' THEN l.amount WHEN 'pcs' THEN l.amount * b.net_content_mg END AS mg) m
       LEFT JOIN step_loss x ON x.position = h.position
      GROUP BY h.position ORDER BY h.position`,
    [positions],
  );
  return rows.map(({ position, input, output, lost, added, unknown }) => ({
    position,
    in: input === null ? undefined : BigInt(input),
    out: output === null ? undefined : BigInt(output),
    lost: BigInt(lost),
    added: BigInt(added),
    isUnknown: unknown,
  }));
}

/**
 * Statements within the scopes that their own sayer declared in error. Only holders are asked: a stranger who takes
 * back a claim changes nothing here, as the claim did not.
 */
export async function correctionsOf(db: Db, scopes: readonly Scope[]): Promise<CorrectionFact[]> {
  // Most stories have none: the question about the few declarations is only asked where there is something to ask.
  const [some] = await db.query(
    `SELECT FROM node n JOIN line l ON l.identifier = n.identifier AND l.void AND l.path = '' WHERE n.id = ANY($1::uuid[]) LIMIT 1`,
    [scopes.map(({ node }) => node)],
  );
  if (some === undefined) return [];
  const rows: CorrectionRow[] = await db.query(
    `SELECT DISTINCT ON (l.org, l.event_id) l.org, l.event_id, l.role, l.amount::text, l.unit,
            ${localDay('l.event_time', 'e.event_offset')} AS event_day, ${localDay('d.record_time', CHINA)} AS declared_day,
            COALESCE(b.body, r.body) -> 'errorDeclaration' AS declaration
       FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS s(node, org, until)
       JOIN node n ON n.id = s.node
       JOIN line l ON l.identifier = n.identifier AND l.void AND l.path = '' AND (s.org IS NULL OR l.org = s.org) AND (s.until IS NULL OR l.event_time <= s.until)
       JOIN reader_direct h ON h.node = s.node AND h.organisation_id = l.org
       JOIN entry e ON e.position = l.position
       JOIN declared x ON x.org = l.org AND x.event_id = l.event_id
       JOIN entry d ON d.position = x.position
       LEFT JOIN entry_body b ON b.position = d.position LEFT JOIN entry_residue r ON r.position = d.position
      WHERE l.role = ANY($4) OR l.role = 'input'
      ORDER BY l.org, l.event_id, (l.role NOT IN ('output', 'origin')), l.ordinal`,
    [scopes.map(({ node }) => node), scopes.map(({ org }) => org ?? null), scopes.map(({ until }) => until ?? null), TOLD],
  );
  return rows.map((row): CorrectionFact => {
    const isMade = row.role === 'output' || row.role === 'origin';
    const { reason, correctiveEventIDs } = (row.declaration ?? {}) as { reason?: unknown; correctiveEventIDs?: unknown };
    return {
      org: row.org,
      eventId: row.event_id,
      role: row.role,
      amount: isMade && row.amount !== null ? BigInt(row.amount) : undefined,
      unit: isMade ? (row.unit ?? undefined) : undefined,
      eventDay: row.event_day,
      declaredDay: row.declared_day,
      reason: typeof reason === 'string' ? cbvWord('errorReason', reason) : undefined,
      correctiveEventIds: Array.isArray(correctiveEventIDs) ? correctiveEventIDs.filter((id): id is string => typeof id === 'string') : [],
    };
  });
}

interface CorrectionRow {
  readonly org: string;
  readonly event_id: string;
  readonly role: string;
  readonly amount: string | null;
  readonly unit: 'mg' | 'pcs' | null;
  readonly event_day: string;
  readonly declared_day: string;
  readonly declaration: unknown;
}
