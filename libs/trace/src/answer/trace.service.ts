import { Injectable } from '@nestjs/common';
import { followerStates } from '@daodi/log';
import { notFound } from '@daodi/platform';
import { DataSource } from 'typeorm';
import { currentCanonicaliser, nodesFor } from '../book';
import { HISTORY_FOLLOWER } from '../reading/history.follower';
import { readableNodes } from '../reading/readable-nodes';
import { traceAnswer, type TraceAnswer, type TraceDirection } from './trace-answer';

/** Answers traces for organisations. What may not be read answers like what does not exist. */
@Injectable()
export class TraceService {
  constructor(private readonly dataSource: DataSource) {}

  /** The trace of an identifier in any of its spellings, as this organisation may see it. */
  async trace(organisationId: string, epc: string, direction: TraceDirection): Promise<TraceAnswer> {
    // One snapshot for all questions, so that what is written meanwhile is in all of the answer or in none.
    return this.dataSource.transaction('REPEATABLE READ', async (db) => {
      await db.query('SET TRANSACTION READ ONLY');
      const canonical = (await currentCanonicaliser(db))(epc);
      const node = (await nodesFor(db, organisationId, [canonical])).get(canonical) as string;
      if (!(await this.mayEnter(db, organisationId, node))) throw notFound();
      const states = await followerStates(db);
      const isPending = states.some(({ name, behind }) => name === HISTORY_FOLLOWER && behind > 0n);
      return traceAnswer(db, organisationId, node, direction, isPending);
    });
  }

  private async mayEnter(db: Pick<DataSource, 'query'>, organisationId: string, node: string): Promise<boolean> {
    if ((await readableNodes(db, organisationId, [node])).has(node)) return true;
    const [own] = await db.query('SELECT FROM line WHERE node = $1 AND org = $2 AND NOT void LIMIT 1', [node, organisationId]);
    return own !== undefined;
  }
}
