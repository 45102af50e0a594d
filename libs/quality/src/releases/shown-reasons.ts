import type { EntityManager } from 'typeorm';
import { toldDownstream } from '../rules/finding';
import { ruleOf } from '../rules/rules';
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

/** Reasons as an organisation may read them: which batch, whether its own share; never whose upstream, and of another's numbers what its rule lets be told. */
export async function shownReasons(db: Db, about: { node: string; organisation: string }, reasons: readonly Reason[]): Promise<object[]> {
  const names = await namesOf(db, reasons.map(({ node }) => node));
  return reasons.map((reason) => {
    const isOwn = isOwnShare(about, reason) || reason.organisation === about.organisation;
    const numbers = isOwn ? reason.numbers : toldDownstream(ruleOf(reason.rule), reason.numbers);
    return {
      rule: reason.rule,
      batch: names.get(reason.node),
      share: isOwnShare(about, reason) ? 'own' : 'upstream',
      title: reason.title,
      ...(numbers !== undefined && { numbers }),
    };
  });
}
