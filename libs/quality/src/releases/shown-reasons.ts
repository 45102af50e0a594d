import type { EntityManager } from 'typeorm';
import type { Reason } from './gate';
import { isOwnShare } from './gate';

type Db = Pick<EntityManager, 'query'>;

/** How batches are named to people: as issued, else canonically. */
export async function namesOf(db: Db, nodes: readonly string[]): Promise<Map<string, string>> {
  const rows: { id: string; name: string }[] = await db.query(
    `SELECT n.id, COALESCE(b.uri, i.canonical) AS name
       FROM node n JOIN identifier i ON i.id = n.identifier LEFT JOIN batch b ON b.identifier = n.identifier WHERE n.id = ANY($1::uuid[])`,
    [[...new Set(nodes)]],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Reasons as an organisation may read them: which batch, whether its own share; never whose upstream. */
export async function shownReasons(db: Db, about: { node: string; organisation: string }, reasons: readonly Reason[]): Promise<object[]> {
  const names = await namesOf(db, reasons.map(({ node }) => node));
  return reasons.map((reason) => ({
    rule: reason.rule,
    batch: names.get(reason.node),
    share: isOwnShare(about, reason) ? 'own' : 'upstream',
    title: reason.title,
    ...(reason.numbers !== undefined && { numbers: reason.numbers }),
  }));
}
