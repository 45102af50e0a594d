import type { EntityManager } from 'typeorm';
import { type IntakeFacts, shareKey } from '../rules/facts';
import { groupBy } from './group-by';

interface IntakeRow {
  readonly node: string;
  readonly org: string;
  readonly event_id: string;
  readonly position: string;
  readonly amount: string | null;
  readonly means: string | null;
  readonly herb: string | null;
  readonly quarantine: boolean;
  readonly permit: boolean;
}

/** What organisations took in from outside of these nodes, and which papers they named. */
export async function loadIntakes(db: Pick<EntityManager, 'query'>, nodes: readonly string[]): Promise<Map<string, IntakeFacts[]>> {
  const rows: IntakeRow[] = await db.query(
    `SELECT l.node, l.org, l.event_id, l.position, l.amount, x.intake ->> 'means' AS means, COALESCE(x.intake ->> 'herb', b.herb) AS herb,
            COALESCE(x.intake ? 'quarantineNumber' OR x.papers @> '[{"kind": "quarantine"}]', false) AS quarantine,
            COALESCE(x.intake ? 'permit' OR x.papers @> '[{"kind": "collection-permit"}]', false) AS permit
       FROM line l LEFT JOIN batch b ON b.identifier = l.identifier LEFT JOIN entry_body y ON y.position = l.position
      CROSS JOIN LATERAL (SELECT y.body -> 'daodi:intake' AS intake, COALESCE(y.body #> '{daodi:intake,papers}', '[]') AS papers) x
      WHERE l.node = ANY($1::uuid[]) AND l.role = 'take-in' AND l.held AND NOT l.void ORDER BY l.position, l.ordinal`,
    [nodes],
  );
  return new Map([...groupBy(rows, (row) => shareKey(row.node, row.org))].map(([key, own]) => [key, own.map(intakeOf)]));
}

const intakeOf = ({ event_id, position, amount, means, herb, quarantine, permit }: IntakeRow): IntakeFacts => ({
  eventId: event_id, position: BigInt(position), hasQuarantine: quarantine, hasPermit: permit,
  ...(amount !== null && { amount: BigInt(amount) }), ...(means !== null && { means }), ...(herb !== null && { herb }),
});
