import { TraceService } from '@daodi/trace';
import type { TraceAnswer } from '@daodi/trace';
import { logSize } from '@daodi/log';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { judgeHistory, type JudgedHistory } from '../history/judged-history';
import { isTouchedSince } from '../history/touched-since';
import { releaseState } from '../releases/release-state';
import { shareKey } from '../rules/facts';
import type { ArrivalFacts } from './judge-arrival';

type Db = Pick<EntityManager, 'query'>;

/** What was judged of a lot in a receiver's hands, with where it came from. */
export interface JudgedArrival {
  readonly history: JudgedHistory;
  readonly trace: Pick<TraceAnswer, 'complete' | 'gaps' | 'composition' | 'counts'>;
  /** The log's size at which this was the case. */
  readonly position: bigint;
}

interface Kept {
  readonly judged: Promise<JudgedArrival>;
  /** The log's size up to which nothing has touched it. */
  position: bigint;
}

/** Most lots kept; those not asked for lately fall out. */
const KEPT_MAX = 500;

/**
 * Gathers what is on record of lots at the dock. What was judged of a lot serves everybody who asks for it until an entry
 * touches its history: that is asked of the log each time, so an answer is as fresh as the database. No follower's table
 * is read, but for who may see the trace, and a trace that waits for that is not kept.
 */
@Injectable()
export class Arrivals {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly traces: TraceService,
  ) {}

  async judged(node: string, organisation: string, spelled: string): Promise<JudgedArrival> {
    const key = shareKey(node, organisation);
    const size = await logSize(this.dataSource);
    const known = this.kept.get(key);
    if (known !== undefined && known.position <= size) {
      const judged = await known.judged.catch(() => undefined);
      if (judged !== undefined && (known.position === size || !(await isTouchedSince(this.dataSource, judged.history, known.position)))) {
        known.position = known.position < size ? size : known.position;
        return { ...judged, position: known.position };
      }
    }
    return this.judge(key, node, organisation, spelled, size);
  }

  private async judge(key: string, node: string, organisation: string, spelled: string, position: bigint): Promise<JudgedArrival> {
    // Whoever asks while it is judged waits for the same judgement, if nothing has come since.
    const other = this.kept.get(key);
    if (other !== undefined && other.position >= position) return other.judged;
    const judged = this.judgeNow(node, organisation, spelled);
    this.kept.delete(key);
    this.kept.set(key, { judged, position });
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT_MAX && oldest !== undefined) this.kept.delete(oldest);
    const done = await judged.catch((error: unknown) => {
      this.kept.delete(key);
      throw error;
    });
    if (done.trace.gaps.some(({ reason }) => reason === 'pending')) this.kept.delete(key);
    return done;
  }

  private async judgeNow(node: string, organisation: string, spelled: string): Promise<JudgedArrival> {
    // Side by side: each is as new as the question, and neither waits for the other.
    const [history, { complete, gaps, composition, counts }] = await Promise.all([
      this.dataSource.transaction('REPEATABLE READ', (db) => judgeHistory(db, node, organisation)),
      this.traces.trace(organisation, spelled, 'back'),
    ]);
    return { history, trace: { complete, gaps, composition, counts }, position: history.horizon.size };
  }
}

/** What changes without touching the history: goods on their way, freezes, the maker's decision. */
export async function arrivalFacts(db: Db, { history, trace }: JudgedArrival): Promise<ArrivalFacts> {
  const { node, organisation, custody } = history;
  const shares = [...custody.shares.values()];
  const [{ transit }] = await db.query(`SELECT COALESCE(sum(quantity), 0) AS transit FROM holding WHERE node = $1 AND org = $2 AND state = 'transit'`, [node, organisation]);
  const held: { node: string; organisation: string }[] = await db.query(
    `SELECT DISTINCT s.node, s.org AS organisation FROM unnest($1::uuid[], $2::uuid[]) AS s(node, org)
       JOIN quality_hold h ON h.node = s.node AND h.organisation_id = s.org AND NOT h.lifted`,
    [shares.map((share) => share.node), shares.map((share) => share.organisation)],
  );
  const declared = trace.composition?.declared;
  return {
    history, onTheWay: BigInt(transit), held, makerState: (await releaseState(db as EntityManager, node)).state, isTraceComplete: trace.gaps.every(({ reason }) => reason === 'declared'),
    ...(declared !== undefined && { declaredPercent: declared.percent }),
  };
}
