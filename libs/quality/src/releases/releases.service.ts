import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { decimalText } from '@daodi/epcis';
import { typedMilligrams } from '@daodi/herbal';
import { type Fault, invalid, Metrics, notFound, Problem } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, hasHandedIn, type Page, readPage, record, SigningService, uuidOf } from '@daodi/registry';
import { identifierId } from '@daodi/trace';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import { canonicalBatch, isHolder, nodeOf } from '../batch-reference';
import { judgeHistory, type JudgedHistory } from '../history/judged-history';
import { isTouchedSince } from '../history/touched-since';
import { BLOCKING_VERSIONS } from '../rules/rules';
import { signer } from '../signer';
import { type Asked, isConcedable, passingReports, reasonsAgainst, reasonsOnHand } from './gate';
import { askedPart, type ReleasePart } from './parts';
import { type BatchQuery, type DecideReleaseDto, type HoldDto, type LiftHoldDto, PIECES, type ReleasePartDto } from './release.dto';
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
    private readonly signing: SigningService,
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
    refuseBesides(dto);
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
    const { concession, ...said } = dto;
    return this.acts.perform(caller, request, {
      // A signature is good once: it is no part of what is asked.
      ...(concession !== undefined && { boundBody: { ...said, concession: { ...concession, signature: undefined } } }),
      decide: async (tx) => {
        const target = before ?? (await judged(tx, caller, dto.batch));
        if (target === undefined) throw notFound();
        const { history } = target;
        if (before !== undefined && (await isTouchedSince(tx, history, history.horizon.size))) throw new JudgeAgain();
        const part = dto.part === undefined ? undefined : await readPart(tx, caller, history, dto.part);
        const asked: Asked = {
          ...(part !== undefined && { part: await askedPart(tx, history.node, caller.organisationId, BigInt(part.base), rejectedHere(history)) }),
          ...(concession !== undefined && { concededStandard: await concededStandard(tx, caller, history, concession) }),
        };
        const reasons = [...reasonsAgainst(history, asked), ...reasonsOnHand(history)];
        const shown = await shownReasons(tx, history, reasons);
        if (dto.decision === 'released' && reasons.length > 0) throw refused(history, shown);
        const electronicSignature = concession === undefined ? undefined : await this.signing.redeem(tx, signer(caller), concession.signature, 'release-conceded', concession.standard);
        state = {
          ...stateOf(said, target, shown), ...(part !== undefined && { part }),
          ...(concession !== undefined && { concession: { standard: concession.standard, reason: concession.reason, consent: concession.consent, electronicSignature } }),
        };
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

function stateOf(dto: Omit<DecideReleaseDto, 'concession'>, { canonical, history }: Target, reasons: readonly object[]): Record<string, unknown> {
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

/** What only we use: keys of nodes, amounts in base units, and the canonical spelling. */
function withoutInner(state: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { node: _n, canonical: _c, part, ...shown } = state;
  if (part === undefined) return shown;
  const { quantity, unit, packages } = part as ReleasePart;
  return { ...shown, part: { quantity, unit, ...(packages !== undefined && { packages: packages.map(({ code }) => code) }) } };
}

const fault = (pointer: string, rule: string, zh: string, en: string): Fault => ({ pointer, rule, detail: { zh, en } });

/** A rejection is of all there is, and needs nobody's consent. */
function refuseBesides({ decision, part, concession }: DecideReleaseDto): void {
  if (decision === 'released') return;
  const faults = [
    ...(part === undefined ? [] : [fault('/part', 'release-only', '不予放行针对整批，不能只写一部分', 'a rejection is of all of it; a part is only released')]),
    ...(concession === undefined ? [] : [fault('/concession', 'release-only', '不予放行不需要让步', 'only a release is by concession')]),
  ];
  if (faults.length > 0) throw invalid(faults);
}

const rejectedHere = ({ node, organisation, shares }: JudgedHistory): bigint =>
  shares.find((share) => share.node === node && share.organisation === organisation)?.zones?.rejected.here ?? 0n;

/** A part as it is kept: in the dimension of the batch, its packages among those that hold it. @throws Problem 422 */
async function readPart(tx: EntityManager, { organisationId }: Caller, { node }: JudgedHistory, { quantity, unit, packages }: ReleasePartDto): Promise<ReleasePart> {
  const [row] = await tx.query('SELECT unit FROM node WHERE id = $1', [node]);
  const faults: Fault[] = [];
  const text = decimalText(quantity);
  const base = unit === PIECES ? (/^[0-9]+$/.test(text) ? BigInt(text) : undefined) : typedMilligrams({ quantity, unit });
  if ((row?.unit === 'pcs') !== (unit === PIECES)) faults.push(fault('/part/unit', 'batch-unit', '该批按' + (row?.unit === 'pcs' ? '件计数' : '重量计') + '，单位须一致', `the batch is ${row?.unit === 'pcs' ? 'counted' : 'weighed'}, and so must be its part`));
  else if (base === undefined) faults.push(fault('/part/quantity', 'too-fine', '须为整毫克或整件', 'it must be whole milligrams or whole pieces'));
  const read: { code: string; node: string }[] = [];
  for (const [n, code] of (packages ?? []).entries()) {
    const found = await nodeOf(tx, organisationId, await canonicalBatch(tx, code));
    if (await holds(tx, found, node)) read.push({ code, node: found });
    else faults.push(fault(`/part/packages/${n}`, 'package-unknown', '没有记录表明该包件装有这批货', 'nothing on record says that this package holds any of the batch'));
  }
  if (faults.length > 0) throw invalid(faults);
  return { quantity: text, unit, base: String(base), ...(packages !== undefined && { packages: read }) };
}

/** Whether some event that stands names both: a pack with the lot it is of, a container with what lies in it. */
async function holds(tx: EntityManager, pack: string, lot: string): Promise<boolean> {
  const [row] = await tx.query(
    `SELECT FROM line p JOIN line l ON l.position = p.position WHERE p.node = $1 AND l.node = $2 AND p.node <> l.node AND NOT p.void AND NOT l.void LIMIT 1`, [pack, lot]);
  return row !== undefined;
}

/** @throws Problem 422 where it does not bind the goods, is not one between firms, or nobody handed in the consent */
async function concededStandard(tx: EntityManager, { organisationId }: Caller, { standards }: JudgedHistory, { standard, consent }: NonNullable<DecideReleaseDto['concession']>): Promise<string> {
  const bound = standards.standards.find((one) => one.standard === standard.toLowerCase());
  const faults = [
    ...(bound === undefined ? [fault('/concession/standard', 'standard-does-not-bind', '该标准不适用于这批货', 'this standard does not bind these goods')]
      : isConcedable(bound) ? [] : [fault('/concession/standard', 'not-concedable', '法定标准与内控标准不能让步，只有合同标准可以', 'the law’s and the house’s standards are not conceded, only one of a contract')]),
    ...((await hasHandedIn(tx, organisationId, consent)) ? [] : [fault('/concession/consent', 'file-unknown', '须为本组织已上传文件的 SHA-256', 'the SHA-256 of a file your organisation handed in')]),
  ];
  if (faults.length > 0) throw invalid(faults);
  return standard.toLowerCase();
}

function refused(history: JudgedHistory, reasons: readonly object[]): Problem {
  return new Problem(409, 'release-refused', { zh: '不能放行', en: 'This batch cannot be released' }, {
    detail: { zh: `有 ${reasons.length} 项原因，见 reasons。`, en: `There are ${reasons.length} reasons; see reasons.` },
    members: { position: history.horizon.size.toString(), reasons },
  });
}
