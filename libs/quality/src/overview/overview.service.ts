import { Injectable } from '@nestjs/common';
import { notFound } from '@daodi/platform';
import type { Caller } from '@daodi/registry';
import { readableNodes, TraceService } from '@daodi/trace';
import { DataSource } from 'typeorm';
import { authenticityOf } from '../authenticity/authenticity';
import { BATCH_REFERENCE, canonicalBatch, isHolder, nodeOf } from '../batch-reference';
import { FindingsService } from '../findings/findings.service';
import { judgeHistory } from '../history/judged-history';
import { type Reason } from '../releases/gate';
import { type ReleaseState, releaseState, shownPart } from '../releases/release-state';
import { shownReasons } from '../releases/shown-reasons';
import { ReportsService } from '../reports/reports.service';
import { shownJudgement } from '../verdicts/shown-judgement';

/** Most reports and findings an overview shows; more are behind their own lists. */
const SHOWN_MAX = 100;

/** Everything quality knows of one batch, for whoever may read it. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reports: ReportsService,
    private readonly findings: FindingsService,
    private readonly traces: TraceService,
  ) {}

  /** @throws Problem 404 where the caller may not read the batch, the same as where there is none */
  async get(caller: Caller, batch: string): Promise<object> {
    if (!BATCH_REFERENCE.test(batch)) throw notFound();
    const canonical = await canonicalBatch(this.dataSource, batch);
    const node = await nodeOf(this.dataSource, caller.organisationId, canonical);
    if (!(await readableNodes(this.dataSource, caller.organisationId, [node])).has(node)) throw notFound();
    const own = await releaseState(this.dataSource, node, caller.organisationId);
    const state = own.state === 'none' && own.hold === undefined ? await releaseState(this.dataSource, node) : own;
    const reports = await this.reports.list(caller, { batch, limit: SHOWN_MAX });
    const findings = await this.findings.list(caller, { batch, limit: SHOWN_MAX });
    const history = (await isHolder(this.dataSource, caller.organisationId, node)) ? await judgeHistory(this.dataSource, node, caller.organisationId) : undefined;
    const { composition } = history === undefined ? {} : await this.traces.trace(caller.organisationId, canonical, 'back');
    return {
      batch, release: await this.shownState(caller, state), verdicts: history && shownJudgement(history.standards),
      authentic: history && (await authenticityOf(this.dataSource, history, composition)),
      reports: reports.items, findings: findings.items, findingsBehind: findings.behind,
    };
  }

  private async shownState(caller: Caller, state: ReleaseState): Promise<object> {
    const isOwn = state.organisation === caller.organisationId;
    const judged = state.reasons.filter((reason): reason is Reason => 'node' in reason);
    const others = state.reasons.filter((reason) => !('node' in reason));
    const about = { node: state.node, organisation: state.organisation ?? '' };
    return {
      state: state.state,
      by: state.organisation === undefined ? undefined : isOwn ? 'own' : 'another',
      since: state.since,
      released: isOwn ? shownPart(state) : undefined,
      decision: state.decision && { ...state.decision, position: state.decision.position.toString(), ...(isOwn ? {} : { reason: undefined }) },
      reasons: [...others, ...(isOwn ? await shownReasons(this.dataSource, about, judged) : judged.map(({ rule, title }) => ({ rule, title })))],
      hold: isOwn ? state.hold : state.hold && { since: state.hold.since },
      confirmed: { position: state.confirmed.position.toString(), at: state.confirmed.at },
    };
  }
}
