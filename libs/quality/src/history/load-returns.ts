import type { EntityManager } from 'typeorm';
import { shareKey, type ShareFacts } from '../rules/facts';

/** In what state goods came back, as those who took them back say (`daodi:return`). Where an event says nothing, they count as opened. */
export async function loadReturns(db: Pick<EntityManager, 'query'>, nodes: readonly string[]): Promise<Map<string, NonNullable<ShareFacts['returns']>>> {
  const rows: { node: string; org: string; unopened: boolean }[] = await db.query(
    `SELECT l.node, l.org, bool_and(COALESCE(y.body -> 'daodi:return' ->> 'state' = 'unopened', false)) AS unopened
       FROM line l LEFT JOIN entry_body y ON y.position = l.position
      WHERE l.node = ANY($1::uuid[]) AND l.role = 'return' AND l.held AND NOT l.void GROUP BY 1, 2`,
    [nodes],
  );
  return new Map(rows.map(({ node, org, unopened }) => [shareKey(node, org), { isUnopened: unopened }]));
}
