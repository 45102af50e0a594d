import type { EntityManager } from 'typeorm';
import { amountOut } from './amount';
import type { WalkedEdge } from './walk';

/** A transformation in a trace, with its balance where every line of it is in one dimension and measured. */
export interface TraceStep {
  readonly eventID: string;
  readonly bizStep?: string;
  readonly eventTime: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly in?: number | string;
  readonly out?: number | string;
  readonly lost?: number | string;
  readonly unexplained?: number | string;
  readonly uom?: string;
  readonly undetermined?: string;
}

interface StepRow {
  readonly event_id: string;
  readonly org: string;
  readonly time: string;
  readonly biz_step: string | null;
  readonly losses: { quantity?: number; uom?: string }[] | null;
}

/**
 * The transformations behind the edges of a trace, in the order in which they happened. Inputs and outputs are those
 * in the trace; the balance is of all lines of the transformation, including those not in the trace.
 */
export async function stepsOf(
  db: Pick<EntityManager, 'query'>,
  asker: string,
  edges: readonly WalkedEdge[],
  name: (node: string) => string,
): Promise<TraceStep[]> {
  const transformations = edges.filter((edge) => edge.kind === 'transformation');
  const positions = [...new Set(transformations.map((e) => e.position.toString()))];
  if (positions.length === 0) return [];
  const rows: (StepRow & { position: string })[] = await db.query(
    `SELECT e.position, e.event_id, e.organisation_id AS org, COALESCE(b.body, r.body) ->> 'bizStep' AS biz_step,
            to_char(e.event_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS time
       FROM entry e LEFT JOIN entry_body b USING (position) LEFT JOIN entry_residue r USING (position)
      WHERE e.position = ANY($1::bigint[]) ORDER BY e.event_time, e.event_id`,
    [positions],
  );
  const balances = await balancesOf(db, positions);
  return rows.map((row) => {
    const own = transformations.filter((e) => e.position.toString() === row.position);
    return {
      eventID: row.event_id,
      bizStep: row.biz_step ?? undefined,
      eventTime: row.time,
      inputs: [...new Set(own.map((e) => name(e.from)))].sort(),
      outputs: [...new Set(own.map((e) => name(e.to)))].sort(),
      ...(balances.get(row.position) ?? { undetermined: 'no amounts' }),
    };
  });
}

type Balance = Pick<TraceStep, 'in' | 'out' | 'lost' | 'unexplained' | 'uom' | 'undetermined'>;

/** Mass in and out of each transformation; pieces count by what one piece holds. Recorded losses come off the rest. */
async function balancesOf(db: Pick<EntityManager, 'query'>, positions: readonly string[]): Promise<Map<string, Balance>> {
  const rows: { position: string; input: string | null; output: string | null; lost: string | null; added: string | null; unknown: string }[] = await db.query(
    `WITH hubs AS (SELECT DISTINCT position, hub FROM line WHERE position = ANY($1::bigint[]) AND role = 'output' AND NOT void)
     SELECT h.position,
            sum(m.mg) FILTER (WHERE l.role = 'input') AS input,
            sum(m.mg) FILTER (WHERE l.role = 'output') AS output,
            max(x.lost) AS lost, max(x.added) AS added,
            count(*) FILTER (WHERE m.mg IS NULL AND l.kind = 'class') AS unknown
       FROM hubs h
       JOIN line l ON l.hub = h.hub AND NOT l.void
       LEFT JOIN batch b ON b.identifier = l.identifier
       CROSS JOIN LATERAL (SELECT CASE l.unit WHEN 'mg' THEN l.amount WHEN 'pcs' THEN l.amount * b.net_content_mg END AS mg) m
       LEFT JOIN step_loss x ON x.position = h.position
      GROUP BY h.position`,
    [positions],
  );
  return new Map(rows.map((row) => [row.position, balance(row)]));
}

function balance(row: { input: string | null; output: string | null; lost: string | null; added: string | null; unknown: string }): Balance {
  if (row.unknown !== '0') return { undetermined: 'amounts missing or in different dimensions' };
  if (row.input === null || row.output === null) return { undetermined: 'nothing weighed on one side' };
  const input = BigInt(row.input) + BigInt(row.added ?? '0');
  const [output, lost] = [BigInt(row.output), BigInt(row.lost ?? '0')];
  const out = (amount: bigint): number | string => amountOut(amount, 'mg');
  return { in: out(input), out: out(output), lost: out(lost), unexplained: out(input - output - lost), uom: 'KGM' };
}
