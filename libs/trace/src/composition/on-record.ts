import type { EntityManager } from 'typeorm';
import { type Composed, compose } from './compose';
import type { Ingredient, Stage } from './descent-of';

type Db = Pick<EntityManager, 'query'>;

/** A way from a thing to what went into it, as it stands on record; nodes. */
export interface RecordedWay {
  readonly near: string;
  readonly far: string;
  readonly kind: Ingredient['kind'];
  /** When (ISO 8601 in UTC), and the entry that made or packed. */
  readonly time: string;
  readonly position: string;
  /** False where whoever made it does not hold what it says went in. */
  readonly farHeld: boolean;
}

/**
 * What a thing consists of as it stands on record, whoever asks: for pages and labels, which show no more of it than
 * is public.
 *
 * @param ways everything its lineage was followed over, and the ways to what is only claimed
 * @param blemished nodes of which no share can be told, and why
 */
export async function composeOnRecord(db: Db, root: string, ways: readonly RecordedWay[], blemished: ReadonlyMap<string, string>): Promise<Composed> {
  const stages = await stagesOf(db, [...new Set([root, ...ways.flatMap(({ near, far }) => [near, far])])]);
  const own = stages.get(root);
  const lineage = { root, ingredients: await ingredientsOf(db, ways), stages, blemished };
  return compose(db, own?.unit === undefined ? lineage : { ...lineage, amount: own.came, unit: own.unit });
}

interface RecordedStage extends Stage {
  readonly came: bigint;
  readonly unit?: 'mg' | 'pcs';
}

async function stagesOf(db: Db, nodes: readonly string[]): Promise<Map<string, RecordedStage>> {
  const rows: { id: string; unit: 'mg' | 'pcs' | null; taken_in: string; came: string; kind: string | null; grade: string | null }[] = await db.query(
    `SELECT n.id, n.unit, n.taken_in, n.made + n.taken_in + n.gained AS came, b.kind, b.grade
       FROM unnest($1::uuid[]) AS asked(id) CROSS JOIN LATERAL (SELECT n.* FROM node n WHERE n.id = asked.id OFFSET 0) n
       LEFT JOIN LATERAL (SELECT b.kind, b.grade FROM batch b WHERE b.identifier = n.identifier OFFSET 0) b ON true`,
    [nodes],
  );
  return new Map(rows.map(({ id, unit, taken_in, came, kind, grade }) => [id, {
    isCrop: kind === 'crop', takenIn: BigInt(taken_in), came: BigInt(came), ...(unit !== null && { unit }), ...(grade !== null && { grade }),
  }]));
}

/** The ways with the amounts that went over them; several entries that tell one transformation are one. */
async function ingredientsOf(db: Db, ways: readonly RecordedWay[]): Promise<Ingredient[]> {
  const made = ways.filter(({ kind }) => kind === 'transformation');
  const rows: { position: string; hub: string; node: string; role: string; unit: 'mg' | 'pcs' | null; amount: string | null }[] = made.length === 0 ? [] : await db.query(
    `WITH hubs AS (
       SELECT DISTINCT l.position, l.hub FROM unnest($1::bigint[], $2::uuid[]) AS asked(position, near)
         JOIN line l ON l.position = asked.position AND l.node = asked.near AND l.role = 'output' AND NOT l.void)
     SELECT h.position, h.hub, l.node, l.role, min(l.unit) AS unit,
            CASE WHEN bool_or(l.amount IS NULL) OR count(DISTINCT l.unit) > 1 THEN NULL ELSE sum(l.amount)::text END AS amount
       FROM hubs h JOIN line l ON l.hub = h.hub AND NOT l.void AND l.node IS NOT NULL AND l.role IN ('input', 'output')
      GROUP BY h.position, h.hub, l.node, l.role`,
    [made.map(({ position }) => position), made.map(({ near }) => near)],
  );
  const lines = new Map(rows.map((row) => [`${row.position} ${row.role} ${row.node}`, row]));
  const found = new Map<string, Ingredient>();
  for (const { near, far, kind, time, position, farHeld } of ways) {
    const [input, output] = [lines.get(`${position} input ${far}`), lines.get(`${position} output ${near}`)];
    const hub = input?.hub ?? position;
    found.set(`${kind} ${hub} ${far} ${near}`, {
      from: far, to: near, kind, hub, time, position, groundless: !farHeld,
      amount: big(input?.amount), unit: input?.unit ?? undefined, made: () => big(output?.amount),
    });
  }
  return [...found.values()];
}

const big = (text: string | null | undefined): bigint | undefined => (text === null || text === undefined ? undefined : BigInt(text));
