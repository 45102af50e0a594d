import { forbiddenBy } from '@daodi/herbal';
import type { EntityManager } from 'typeorm';
import { type ForbiddenFacts, shareKey } from '../rules/facts';
import { groupBy } from './group-by';

/** What was added to these nodes in the steps that made them for what is forbidden; of an erased event the names are gone. */
export async function loadForbidden(db: Pick<EntityManager, 'query'>, nodes: readonly string[]): Promise<Map<string, ForbiddenFacts[]>> {
  const rows: { node: string; org: string; eventId: string; position: string; names: string[] }[] = await db.query(
    `SELECT DISTINCT l.node, l.org, l.event_id AS "eventId", l.position, ARRAY(SELECT a ->> 'name' FROM jsonb_array_elements(y.body -> 'daodi:auxiliaries') a WHERE a ? 'name') AS names
       FROM line l JOIN entry_body y ON y.position = l.position
      WHERE l.node = ANY($1::uuid[]) AND l.role = 'output' AND l.held AND NOT l.void AND jsonb_typeof(y.body -> 'daodi:auxiliaries') = 'array'`,
    [nodes],
  );
  const found = rows.flatMap(({ names, ...row }) => names.flatMap((name) => {
    const forbidden = forbiddenBy(name);
    return forbidden === undefined ? [] : [{ ...row, name, ...forbidden }];
  }));
  return new Map([...groupBy(found, ({ node, org }) => shareKey(node, org))].map(([key, own]) => [key, own.map(({ eventId, position, name, practice, verified }) => ({ eventId, position: BigInt(position), name, practice, verified }))]));
}
