import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Metrics, notFound, Problem } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, type Page, readPage, record, uuidOf } from '@daodi/registry';
import { identifierId } from '@daodi/trace';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import { canonicalBatch, isHolder, nodeOf } from '../batch-reference';
import { judgeHistory, type JudgedHistory } from '../history/judged-history';
import { isTouchedSince } from '../history/touched-since';
import { BLOCKING_VERSIONS } from '../rules/rules';
import { signer } from '../signer';
import { passingReports, reasonsAgainst, reasonsOnHand } from './gate';
import type { BatchQuery, DecideReleaseDto, HoldDto, LiftHoldDto } from './release.dto';
import { shownReasons } from './shown-reasons';
import { keptJudgement } from '../verdicts/shown-judgement';

/** How often a history is judged without the lock before the last judgement is made under it. */
const TRIES_WITHOUT_LOCK = 3;

/** A later entry touched the history while it was judged: judge again. Never leaves this file. */
class JudgeAgain extends Error {}

/** 放行与冻结: decisions of the quality head on the organisation's own share of a batch. */
@Injectable()
export class ReleasesService {
  private readonly gateSeconds;

  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
    metrics: Metrics,
  ) {
    this.gateSeconds = metrics.histogram('daodi_gate_seconds', 'Time the release gate took to judge and decide, in seconds', ['decision']);
  }

  /**
   * Releases or rejects a batch. The history is judged here and now at a position P, without the lock; under the lock
   * it is only checked that nothing since P touched it. A refused release leaves no entry; a rejection is never refused.
   */
  async decide(caller: Caller, request: FastifyRequest, dto: DecideReleaseDto): Promise<ActAnswer> {
    signer(caller);
    const since = performance.now();
    const measured = (decision: string) => this.gateSeconds.observe({ decision }, (performance.now() - since) / 1000);
    for (let tries = 0; ; tries++) {
      try {
        const answer = await this.decideOnce(caller, request, dto, tries >= TRIES_WITHOUT_LOCK);
        measured(dto.decision);
        return answer;
      } catch (error) {
        if (error instanceof JudgeAgain) continue;
        if (error instanceof Problem && error.slug === 'release-refused') measured('refused');
        throw error;
      }
    }
  }

  private async decideOnce(caller: Caller, request: FastifyRequest, dto: DecideReleaseDto, underLock: boolean): Promise<ActAnswer> {
    const before = underLock ? undefined : await this.dataSource.transaction('REPEATABLE READ', (db) => judged(db, caller, dto.batch));
    const id = randomUUID();
    let state: Record<string, unknown> = {};
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const target = before ?? (await judged(tx, caller, dto.batch));
        if (target === undefined) throw notFound();
        const { history } = target;
        if (before !== undefined && (await isTouchedSince(tx, history, history.horizon.size))) throw new JudgeAgain();
        const reasons = [...reasonsAgainst(history), ...reasonsOnHand(history)];
        const shown = await shownReasons(tx, history, reasons);
        if (dto.decision === 'released' && reasons.length > 0) throw refused(history, shown);
        state = stateOf(dto, target, shown);
        return [record('release', id, 'decided', { new: state, why: dto.reason })];
      },
      respond: () => ({ status: 201, location: `/api/v1/releases/${id}`, body: { id, ...withoutInner(state) } }),
    });
  }

  /** The caller's decisions, oldest first. */
  async list(caller: Caller, { batch, ...page }: BatchQuery): Promise<Page<object>> {
    const identifier = batch === undefined ? null : identifierId(await canonicalBatch(this.dataSource, batch));
    return readPage<{ id: string; state: Record<string, unknown>; since_position: string; record_time: Date }, object>(
      this.dataSource,
      `SELECT id, state, record_time, since_position FROM release_decision WHERE organisation_id = $1 AND ($2::uuid IS NULL OR identifier = $2)`,
      [caller.organisationId, identifier],
      page,
      (row) => ({ id: row.id, ...withoutInner(row.state), recordTime: row.record_time.toISOString() }),
    );
  }

  /** One decision of the caller's. @throws Problem 404 */
  async get(caller: Caller, id: string): Promise<object> {
    const [row] = await this.dataSource.query('SELECT id, state, record_time FROM release_decision WHERE id = $1 AND organisation_id = $2', [uuidOf(id) ?? null, caller.organisationId]);
    if (row === undefined) throw notFound();
    return { id: row.id, ...withoutInner(row.state), recordTime: row.record_time.toISOString() };
  }

  /** Freezes the caller's share of a batch. */
  hold(caller: Caller, request: FastifyRequest, dto: HoldDto): Promise<ActAnswer> {
    const id = randomUUID();
    let state: Record<string, unknown> = {};
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const { canonical, node } = await ownBatch(tx, caller, dto.batch);
        state = { batch: dto.batch, canonical, node, reason: dto.reason };
        return [record('hold', id, 'created', { new: state, why: dto.reason })];
      },
      respond: () => ({ status: 201, location: `/api/v1/holds/${id}`, body: { id, ...withoutInner(state) } }),
    });
  }

  /** Lifts a hold. The release behind it stands again if nothing else changed. */
  lift(caller: Caller, request: FastifyRequest, id: string, { reason }: LiftHoldDto): Promise<ActAnswer> {
    signer(caller);
    let state: Record<string, unknown> = {};
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const [row] = await tx.query('SELECT state, lifted FROM quality_hold WHERE id = $1 AND organisation_id = $2', [uuidOf(id) ?? null, caller.organisationId]);
        if (row === undefined) throw notFound();
        if (row.lifted) throw new Problem(409, 'hold-lifted-already', { zh: '该冻结已解除', en: 'This hold has been lifted already' });
        state = { ...row.state, liftedBecause: reason };
        return [record('hold-lifted', id.toLowerCase(), 'ended', { old: row.state, new: state, why: reason })];
      },
      respond: () => ({ status: 200, body: { id: id.toLowerCase(), ...withoutInner(state) } }),
    });
  }

  /** The caller's holds, oldest first. */
  async holds(caller: Caller, { batch, ...page }: BatchQuery): Promise<Page<object>> {
    const identifier = batch === undefined ? null : identifierId(await canonicalBatch(this.dataSource, batch));
    return readPage<{ id: string; state: Record<string, unknown>; lifted: boolean; since_position: string }, object>(
      this.dataSource,
      `SELECT id, state, lifted, since_position FROM quality_hold WHERE organisation_id = $1 AND ($2::uuid IS NULL OR identifier = $2)`,
      [caller.organisationId, identifier],
      page,
      (row) => ({ id: row.id, ...withoutInner(row.state), lifted: row.lifted }),
    );
  }
}

interface Target {
  readonly canonical: string;
  readonly history: JudgedHistory;
}

async function judged(db: EntityManager, caller: Caller, batch: string): Promise<Target | undefined> {
  const canonical = await canonicalBatch(db, batch);
  const node = await nodeOf(db, caller.organisationId, canonical);
  if (!(await isHolder(db, caller.organisationId, node))) return undefined;
  return { canonical, history: await judgeHistory(db, node, caller.organisationId) };
}

/** A batch the caller has or had. @throws Problem 404, the same whether another has it or nobody */
async function ownBatch(db: EntityManager, caller: Caller, batch: string): Promise<{ canonical: string; node: string }> {
  const canonical = await canonicalBatch(db, batch);
  const node = await nodeOf(db, caller.organisationId, canonical);
  if (!(await isHolder(db, caller.organisationId, node))) throw notFound();
  return { canonical, node };
}

function stateOf(dto: DecideReleaseDto, { canonical, history }: Target, reasons: readonly object[]): Record<string, unknown> {
  return {
    ...dto,
    canonical,
    node: history.node,
    /** P, and the latest event time of the batch then: what comes later and happens later is onward movement. */
    position: history.horizon.size.toString(),
    horizon: history.horizon.time,
    ruleVersions: BLOCKING_VERSIONS,
    inputsDigest: history.inputsDigest,
    reports: passingReports(history),
    warnings: [...new Set(history.findings.filter(({ severity }) => severity === 'warning').map(({ rule }) => rule))],
    standards: keptJudgement(history.standards),
    verdict: reasons.length === 0 ? 'pass' : 'blocked',
    reasons,
  };
}

/** What only we use: the key of the node, and its canonical spelling. */
function withoutInner(state: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { node: _n, canonical: _c, ...shown } = state;
  return shown;
}

function refused(history: JudgedHistory, reasons: readonly object[]): Problem {
  return new Problem(409, 'release-refused', { zh: '不能放行', en: 'This batch cannot be released' }, {
    detail: { zh: `有 ${reasons.length} 项原因，见 reasons。`, en: `There are ${reasons.length} reasons; see reasons.` },
    members: { position: history.horizon.size.toString(), reasons },
  });
}
