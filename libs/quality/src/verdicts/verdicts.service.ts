import { Injectable } from '@nestjs/common';
import { type Caller, loadStandards } from '@daodi/registry';
import { readableNodes } from '@daodi/trace';
import { DataSource, type EntityManager } from 'typeorm';
import { isHolder, nodeOf } from '../batch-reference';
import { judgeHistory } from '../history/judged-history';
import { loadShares } from '../history/load-shares';
import type { ReportState } from '../reports/report-state';
import { ReportsService } from '../reports/reports.service';
import type { ShareFacts } from '../rules/facts';
import { goodsOnRecord } from './goods-on-record';
import { judgeStandards } from './judge-standards';
import { shownJudgement } from './shown-judgement';

type Db = Pick<EntityManager, 'query'>;

/** What reports come to by the standards that bind whoever asks. Nothing of it is stored. */
@Injectable()
export class VerdictsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reports: ReportsService,
  ) {}

  /**
   * One report judged by itself, for the batch it is about, by the standards that bind the caller and as its people
   * confirmed them.
   *
   * @throws Problem 404 where the caller may not read the report
   */
  async ofReport(caller: Caller, id: string): Promise<object> {
    const { id: report, recordDigest: _digest, ...state } = (await this.reports.get(caller, id)) as ReportState & { readonly id: string; readonly recordDigest: string };
    return this.dataSource.transaction('REPEATABLE READ', async (db) => {
      const node = await nodeOf(db, caller.organisationId, state.canonical);
      const goods = await goodsOnRecord(db, node, await sharesFor(db, caller, node));
      const herbs = goods.goods.herb === undefined ? undefined : [goods.goods.herb];
      const judgement = judgeStandards(goods, (await loadStandards(db, [caller.organisationId], herbs)).get(caller.organisationId), [{ id: report, items: state.items }]);
      return { report, for: 'batch', batch: state.batch, status: state.status, stated: state.verdict, ...shownJudgement(judgement) };
    });
  }
}

/** What the caller may know of a batch: a holder its history, a reader the batch, anybody else nothing. */
async function sharesFor(db: Db & EntityManager, caller: Caller, node: string): Promise<readonly ShareFacts[]> {
  if (await isHolder(db, caller.organisationId, node)) return (await judgeHistory(db, node, caller.organisationId)).shares;
  if (!(await readableNodes(db, caller.organisationId, [node])).has(node)) return [];
  return [...(await loadShares(db, [node])).values()];
}
