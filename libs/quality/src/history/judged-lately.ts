import { logSize } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import { type Horizon, judgeHistory, type JudgedHistory } from './judged-history';
import { isTouchedSince } from './touched-since';

type Db = Pick<EntityManager, 'query'>;

interface Lately {
  readonly history: JudgedHistory;
  /** The log's size up to which nothing has touched it. */
  position: bigint;
}

/** Most histories kept; a public page in demand is asked for over and over, the others fall out. */
const KEPT_MAX = 1000;
const kept = new Map<string, Lately>();

/**
 * Judges a history, or confirms the judgement made before: if nothing since then touched it, it is the same. What
 * touches it is asked of the log at every call, so an answer is as fresh as the database.
 */
export async function judgedLately(db: Db, node: string, organisation: string, horizon: Horizon): Promise<JudgedHistory> {
  const key = `${node} ${organisation} ${horizon.size} ${horizon.time}`;
  const size = await logSize(db);
  const known = kept.get(key);
  kept.delete(key);
  // A snapshot older than the judgement cannot confirm it.
  const isSame = known !== undefined && known.position <= size && (known.position === size || !(await isTouchedSince(db, known.history, known.position)));
  const lately = isSame ? { history: known.history, position: size } : { history: await judgeHistory(db, node, organisation, horizon), position: size };
  kept.set(key, lately);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  return lately.history;
}
