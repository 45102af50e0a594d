import type { EntityManager } from 'typeorm';
import { type FormUseFacts, shareKey } from '../rules/facts';

type Db = Pick<EntityManager, 'query'>;

/** Most events named of each. */
const EVENTS_NAMED_MAX = 20;

/** What organisations made and sold as products: the form of the product, and of what type they are, by share. */
export async function loadFormUses(db: Db, nodes: readonly string[]): Promise<Map<string, FormUseFacts>> {
  const rows: { node: string; org: string; form: string; type: string; role: 'output' | 'sell'; events: string[]; position: string }[] = await db.query(
    `SELECT l.node, l.org, p.form, o.type, l.role, (array_agg(DISTINCT l.event_id))[1:$2] AS events, min(l.position) AS position
       FROM line l JOIN batch b ON b.identifier = l.identifier JOIN product p ON p.id = b.product_id JOIN organisation o ON o.id = l.org
      WHERE l.node = ANY($1::uuid[]) AND l.role IN ('output', 'sell') AND l.held AND NOT l.void GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 5`,
    [nodes, EVENTS_NAMED_MAX],
  );
  const uses = new Map<string, FormUseFacts>();
  for (const { node, org, form, type, role, events, position } of rows) {
    const key = shareKey(node, org);
    const did = { eventIds: events, position: BigInt(position) };
    uses.set(key, { ...(uses.get(key) ?? { form, type }), ...(role === 'output' ? { made: did } : { sold: did }) });
  }
  return uses;
}
