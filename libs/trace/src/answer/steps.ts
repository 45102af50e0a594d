import { isoTime } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import { amountOut } from './amount';
import { readableNodes } from '../reading/readable-nodes';
import type { WalkedEdge } from './walk';

/** A transformation in a trace, with its balance where every line of it is in one dimension and measured. */
export interface TraceStep {
  readonly eventID: string;
  readonly bizStep?: string;
  readonly eventTime: string;
  /** 补录: written down more than a day after it happened, or imported. The same measure as the public page's. */
  readonly writtenLater?: true;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly in?: number | string;
  readonly out?: number | string;
  readonly lost?: number | string;
  readonly unexplained?: number | string;
  readonly uom?: string;
  readonly undetermined?: string;
  /** Set where some of what came out is not the asker's to read: whether it adds up is told, the sums are not. */
  readonly withheld?: true;
}

interface StepRow {
  readonly event_id: string;
  readonly time: string;
  readonly biz_step: string | null;
  readonly is_late: boolean;
}

/**
 * The transformations behind the edges of a trace, in the order in which they happened. Inputs and outputs are those
 * in the trace; the balance is of all lines of the transformation, including those not in the trace.
 *
 * @param visible nodes of the trace the asker may read
 */
export async function stepsOf(
  db: Pick<EntityManager, 'query'>,
  asker: string,
  edges: readonly WalkedEdge[],
  visible: ReadonlySet<string>,
  name: (node: string) => string,
): Promise<TraceStep[]> {
  const byPosition = new Map<string, WalkedEdge[]>();
  for (const edge of edges) {
    if (edge.kind !== 'transformation') continue;
    const position = edge.position.toString();
    const known = byPosition.get(position);
    if (known) known.push(edge);
    else byPosition.set(position, [edge]);
  }
  const positions = [...byPosition.keys()];
  if (positions.length === 0) return [];
  const rows: (StepRow & { position: string })[] = await db.query(
    `SELECT e.position, e.event_id, COALESCE(b.body, r.body) ->> 'bizStep' AS biz_step,
            ${isoTime('e.event_time')} AS time, e.provenance = 'import' OR e.captured_time - e.event_time > interval '1 day' AS is_late
       FROM entry e LEFT JOIN entry_body b USING (position) LEFT JOIN entry_residue r USING (position)
      WHERE e.position = ANY($1::bigint[]) ORDER BY e.event_time, e.event_id`,
    [positions],
  );
  const balances = await balancesOf(db, asker, positions, visible);
  return rows.map((row) => {
    const own = byPosition.get(row.position) ?? [];
    return {
      eventID: row.event_id,
      bizStep: row.biz_step ?? undefined,
      eventTime: row.time,
      ...(row.is_late && { writtenLater: true as const }),
      inputs: [...new Set(own.map((e) => name(e.from)))].sort(),
      outputs: [...new Set(own.map((e) => name(e.to)))].sort(),
      ...(balances.get(row.position) ?? { undetermined: 'no amounts' }),
    };
  });
}

type Balance = Pick<TraceStep, 'in' | 'out' | 'lost' | 'unexplained' | 'uom' | 'undetermined' | 'withheld'>;

interface BalanceRow {
  readonly position: string;
  readonly input: string | null;
  readonly output: string | null;
  readonly lost: string | null;
  readonly added: string | null;
  readonly unknown: string;
  /** Things that others put in, and got out. */
  readonly inputs: readonly string[] | null;
  readonly outputs: readonly string[] | null;
}

/**
 * Mass in and out of each transformation, all events that tell it together; pieces count by what one piece holds.
 * Recorded losses come off the rest. Where the asker may not read a part of it, the sums would tell that part: who may
 * read all that went in (it had something that came out) is told whether it adds up; anybody else is told nothing.
 */
async function balancesOf(
  db: Pick<EntityManager, 'query'>,
  asker: string,
  positions: readonly string[],
  visible: ReadonlySet<string>,
): Promise<Map<string, Balance>> {
  const rows: BalanceRow[] = await db.query(
    `WITH hubs AS (SELECT DISTINCT position, hub FROM line WHERE position = ANY($1::bigint[]) AND role = 'output' AND NOT void)
     SELECT h.position,
            sum(m.mg) FILTER (WHERE l.role = 'input') AS input,
            sum(m.mg) FILTER (WHERE l.role = 'output') AS output,
            x.lost, x.added,
            count(*) FILTER (WHERE m.mg IS NULL AND l.kind = 'class') AS unknown,
            array_agg(DISTINCT l.node) FILTER (WHERE l.org <> $2 AND l.role = 'input') AS inputs,
            array_agg(DISTINCT l.node) FILTER (WHERE l.org <> $2 AND l.role = 'output') AS outputs
       FROM hubs h
       JOIN line l ON l.hub = h.hub AND NOT l.void
       LEFT JOIN batch b ON b.identifier = l.identifier
       CROSS JOIN LATERAL (SELECT CASE l.unit WHEN 'mg' THEN l.amount WHEN 'pcs' THEN l.amount * b.net_content_mg END AS mg) m
       CROSS JOIN LATERAL (
         SELECT sum(s.lost) AS lost, sum(s.added) AS added FROM step_loss s
          WHERE s.position IN (SELECT p.position FROM line p WHERE p.hub = h.hub AND NOT p.void)) x
      GROUP BY h.position, h.hub, x.lost, x.added`,
    [positions, asker],
  );
  const unseen = rows.flatMap(({ inputs, outputs }) => [...(inputs ?? []), ...(outputs ?? [])].filter((node) => !visible.has(node)));
  const readable = await readableNodes(db, asker, [...new Set(unseen)]);
  const mayRead = (node: string): boolean => visible.has(node) || readable.has(node);
  return new Map(rows.map((row) => {
    if (!(row.inputs ?? []).every(mayRead)) return [row.position, { undetermined: 'withheld' }];
    const whole = balance(row);
    if ((row.outputs ?? []).every(mayRead)) return [row.position, whole];
    const { unexplained, uom, undetermined } = whole;
    return [row.position, { ...(unexplained !== undefined && { unexplained, uom }), ...(undetermined !== undefined && { undetermined }), withheld: true as const }];
  }));
}

function balance(row: BalanceRow): Balance {
  if (row.unknown !== '0') return { undetermined: 'amounts missing or in different dimensions' };
  if (row.input === null || row.output === null) return { undetermined: 'nothing weighed on one side' };
  const input = BigInt(row.input) + BigInt(row.added ?? '0');
  const [output, lost] = [BigInt(row.output), BigInt(row.lost ?? '0')];
  const out = (amount: bigint): number | string => amountOut(amount, 'mg');
  return { in: out(input), out: out(output), lost: out(lost), unexplained: out(input - output - lost), uom: 'KGM' };
}
