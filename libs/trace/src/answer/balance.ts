import type { EntityManager } from 'typeorm';
import { amountOut } from './amount';
import type { Tie } from './genealogy';

/** Whether what came out of a transformation adds up with what went in. */
export interface Balance {
  readonly in?: number | string;
  readonly out?: number | string;
  readonly lost?: number | string;
  readonly unexplained?: number | string;
  readonly uom?: string;
  readonly undetermined?: string;
  /** Set where some of what came out is not the asker's to read: whether it adds up is told, the sums are not. */
  readonly withheld?: true;
}

/** What a transformation's lines come to, in milligrams; absent where there are none. */
export interface Sums {
  readonly input?: bigint;
  readonly output?: bigint;
  /** Lots in it of which the mass is not known. */
  readonly unknown: boolean;
}

/** What an event records beside its lines, in milligrams. */
export interface Losses {
  readonly lost: bigint;
  readonly added: bigint;
}

/** Sums over all lines of a transformation; nothing where pieces are in it, whose mass only their product tells. */
export function sumsOf(ties: readonly Tie[]): Sums | undefined {
  let [input, output]: (bigint | undefined)[] = [];
  let unknown = false;
  for (const line of ties) {
    if (line.unit === 'pcs') return undefined;
    if (line.unit === '' || line.amount === '') {
      unknown ||= line.isLot;
      continue;
    }
    if (line.role === 'input') input = (input ?? 0n) + BigInt(line.amount);
    if (line.role === 'output') output = (output ?? 0n) + BigInt(line.amount);
  }
  return { input, output, unknown };
}

/** The sums of transformations by hub, where pieces count by what one piece holds. */
export async function sumsWithPieces(db: Pick<EntityManager, 'query'>, hubs: readonly string[]): Promise<Map<string, Sums>> {
  if (hubs.length === 0) return new Map();
  const rows: { hub: string; input: string | null; output: string | null; unknown: boolean }[] = await db.query(
    `SELECT l.hub, sum(m.mg) FILTER (WHERE l.role = 'input') AS input, sum(m.mg) FILTER (WHERE l.role = 'output') AS output,
            COALESCE(bool_or(m.mg IS NULL AND l.kind = 'class'), false) AS unknown
       FROM line l LEFT JOIN batch b ON b.identifier = l.identifier
       CROSS JOIN LATERAL (SELECT CASE l.unit WHEN 'mg' THEN l.amount WHEN 'pcs' THEN l.amount * b.net_content_mg END AS mg) m
      WHERE l.hub = ANY($1::uuid[]) AND NOT l.void GROUP BY l.hub`,
    [hubs],
  );
  const big = (text: string | null): bigint | undefined => (text === null ? undefined : BigInt(text));
  return new Map(rows.map((row) => [row.hub, { input: big(row.input), output: big(row.output), unknown: row.unknown }]));
}

/** Mass in and out; recorded losses come off the rest. */
export function balanceOf({ input, output, unknown }: Sums, { lost, added }: Losses): Balance {
  if (unknown) return { undetermined: 'amounts missing or in different dimensions' };
  if (input === undefined || output === undefined) return { undetermined: 'nothing weighed on one side' };
  const out = (amount: bigint): number | string => amountOut(amount, 'mg');
  return { in: out(input + added), out: out(output), lost: out(lost), unexplained: out(input + added - output - lost), uom: 'KGM' };
}
