import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { notFound, Problem } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, record, uuidOf } from '@daodi/registry';
import { identifierId, Readership } from '@daodi/trace';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import { canonicalBatch } from '../batch-reference';
import { loadShares } from '../history/load-shares';
import { namesOf } from '../releases/shown-reasons';
import { shareKey } from '../rules/facts';
import { type Finding, toldDownstream } from '../rules/finding';
import { judgeShare, ruleOf } from '../rules/rules';
import { signer } from '../signer';
import type { DecideFindingDto, FindingQuery } from './finding.dto';
import { evidenceOf } from './finding-id';
import { shownAccused, shownEvidence } from './shown-evidence';
import { inboxState, readableFindings, readFindings, type StoredFinding } from './read-findings';

const LIMIT_DEFAULT = 100;
/** Candidates read at once; those of other buyers' shares fall out again. */
const CHUNK = 200;
/** 特批 takes two people. */
const SIGNATURES_NEEDED = 2;

/** A page of findings. `behind` above zero: the inbox has not read to the end, and what is absent may yet come. */
export interface FindingPage {
  readonly items: readonly object[];
  readonly next?: string;
  readonly position: string;
  readonly behind: string;
}

/** The inbox of findings, and decisions on warnings. */
@Injectable()
export class FindingsService {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
    private readonly readership: Readership,
  ) {}

  /** Findings of the caller's shares, and of the shares that what it has came through. */
  async list(caller: Caller, { severity, rule, batch, limit = LIMIT_DEFAULT, cursor }: FindingQuery): Promise<FindingPage> {
    const identifier = batch === undefined ? null : identifierId(await canonicalBatch(this.dataSource, batch));
    const state = await inboxState(this.dataSource);
    const found: StoredFinding[] = [];
    for (let after = cursor; found.length <= limit; ) {
      const [position, id] = after?.split('.') ?? ['-1', '00000000-0000-0000-0000-000000000000'];
      const chunk = await readFindings(
        this.dataSource,
        `(f.organisation_id = $1 OR EXISTS (SELECT FROM reader_direct d WHERE d.node = f.node AND d.organisation_id = $1)
            OR EXISTS (SELECT FROM reader_history h WHERE h.node = f.node AND h.organisation_id = $1))
          AND ($2::text IS NULL OR f.severity = $2) AND ($3::text IS NULL OR f.rule = $3) AND ($4::uuid IS NULL OR f.identifier = $4)
          AND (f.since_position, f.id) > ($5::bigint, $6::uuid) ORDER BY f.since_position, f.id LIMIT $7`,
        [caller.organisationId, severity ?? null, rule ?? null, identifier, position, id, CHUNK],
      );
      found.push(...(await readableFindings(this.dataSource, caller.organisationId, chunk)));
      const last = chunk.at(-1);
      if (last === undefined || chunk.length < CHUNK) break;
      after = cursorOf(last);
    }
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      items: await this.shown(caller, page),
      next: last && cursorOf(last),
      position: state.position.toString(),
      behind: state.behind.toString(),
    };
  }

  /** One finding. @throws Problem 404 where the caller may not read it, or it has closed */
  async get(caller: Caller, id: string): Promise<object> {
    const finding = await this.find(this.dataSource, caller, id);
    return (await this.shown(caller, [finding]))[0] as object;
  }

  /**
   * Signs under a warning. The first signature stays alone until a second person signs under the same numbers; if the
   * numbers change, both are void. What blocks is physics or the law's and cannot be overruled.
   */
  decide(caller: Caller, request: FastifyRequest, id: string, { reason }: DecideFindingDto): Promise<ActAnswer> {
    const person = signer(caller);
    const decision = randomUUID();
    let body: Record<string, unknown> = {};
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const stored = await this.find(tx, caller, id);
        refuseOthers(caller, stored);
        const live = await judgedNow(tx, stored);
        const evidence = evidenceOf(live);
        const signed = await signaturesOf(tx, stored.id, evidence);
        refuseSignature(caller, person, signed);
        const role = caller.roles.includes('quality-head') ? 'quality-head' : 'owner';
        const [row] = await tx.query('SELECT i.canonical FROM node n JOIN identifier i ON i.id = n.identifier WHERE n.id = $1', [stored.node]);
        body = {
          finding: stored.id, rule: live.rule, node: live.node, canonical: row.canonical, decision: 'accepted', reason, role, evidence,
          numbers: live.numbers, signature: signed.length + 1,
        };
        return [record('finding-decision', decision, 'decided', { new: body, why: reason })];
      },
      respond: () => ({
        status: 201,
        body: { id: decision, finding: body.finding, rule: body.rule, reason, signature: body.signature, state: body.signature === SIGNATURES_NEEDED ? 'accepted' : 'signed-once' },
      }),
    });
  }

  private async find(db: Pick<EntityManager, 'query'>, caller: Caller, id: string): Promise<StoredFinding> {
    const found = await readFindings(db, 'f.id = $1', [uuidOf(id) ?? null]);
    const [finding] = await readableFindings(db, caller.organisationId, found);
    if (finding === undefined) throw notFound();
    return finding;
  }

  private async shown(caller: Caller, findings: readonly StoredFinding[]): Promise<object[]> {
    const names = await namesOf(this.dataSource, findings.map(({ node }) => node));
    const evidence = await shownEvidence(this.dataSource, this.readership, caller.organisationId, findings);
    const accused = await shownAccused(this.dataSource, caller.organisationId, findings);
    return findings.map((finding) => {
      const isOwn = finding.organisation === caller.organisationId;
      return {
        id: finding.id,
        rule: finding.rule,
        severity: finding.severity,
        title: ruleOf(finding.rule)?.title,
        batch: names.get(finding.node),
        share: isOwn ? 'own' : 'upstream',
        ...accused.get(finding.id),
        // Another's finding says what it is and no more of its numbers than its rule lets.
        numbers: isOwn ? finding.numbers : toldDownstream(ruleOf(finding.rule), finding.numbers),
        ...evidence.get(finding.id),
        since: finding.since,
        state: stateOf(finding),
        ...(isOwn && finding.signatures.length > 0 && { signatures: finding.signatures }),
      };
    });
  }
}

const cursorOf = ({ sincePosition, id }: StoredFinding): string => `${sincePosition}.${id}`;

/** A finding is open until it closes by itself; a warning may also be accepted by two people. */
export const stateOf = ({ severity, signatures }: Pick<StoredFinding, 'severity' | 'signatures'>): 'open' | 'signed-once' | 'accepted' =>
  severity !== 'warning' || signatures.length === 0 ? 'open' : signatures.length < SIGNATURES_NEEDED ? 'signed-once' : 'accepted';

function refuseOthers(caller: Caller, { organisation, severity, rule }: StoredFinding): void {
  const title = ruleOf(rule)?.title ?? { zh: rule, en: rule };
  if (organisation !== caller.organisationId) {
    throw new Problem(403, 'not-your-finding', { zh: '该问题属于上游组织，须由其处理', en: 'This finding is about another’s share; it is theirs to decide on' });
  }
  if (severity === 'blocking') {
    throw new Problem(409, 'finding-not-overrulable', { zh: '拦截类问题不能特批', en: 'A blocking finding cannot be overruled' }, {
      detail: { zh: `${title.zh}：只能由更正的记录或新的检验消除。`, en: `${title.en}: only corrected records or a new test can close it.` },
      members: { rule },
    });
  }
  if (severity === 'note') {
    throw new Problem(409, 'finding-needs-no-decision', { zh: '提示类问题无需特批', en: 'A note needs no decision' }, { members: { rule } });
  }
}

/** The finding as it is at this moment, for the inbox may lag. */
async function judgedNow(tx: EntityManager, { rule, node, organisation }: StoredFinding): Promise<Finding> {
  const share = (await loadShares(tx, [node])).get(shareKey(node, organisation));
  const live = share === undefined ? undefined : judgeShare(share).find((finding) => finding.rule === rule);
  if (live === undefined) throw new Problem(409, 'finding-closed', { zh: '该问题已消除', en: 'This finding has closed by itself' });
  return live;
}

interface Signature {
  readonly person_id: string;
  readonly role: string;
}

async function signaturesOf(tx: EntityManager, finding: string, evidence: string): Promise<Signature[]> {
  return tx.query(
    `SELECT person_id, state ->> 'role' AS role FROM finding_decision WHERE finding = $1 AND evidence = $2 ORDER BY since_position`,
    [finding, evidence],
  );
}

/** Two different people, at least one of them a quality head. */
function refuseSignature(caller: Caller, person: string, signed: readonly Signature[]): void {
  if (signed.length >= SIGNATURES_NEEDED) {
    throw new Problem(409, 'decided-already', { zh: '该问题已由两人特批', en: 'Two people have accepted this finding already' });
  }
  if (signed.some(({ person_id }) => person_id === person)) {
    throw new Problem(409, 'same-person', { zh: '特批须由两个不同的人签字', en: 'Two different people sign' });
  }
  const isHead = caller.roles.includes('quality-head') || signed.some(({ role }) => role === 'quality-head');
  if (signed.length === SIGNATURES_NEEDED - 1 && !isHead) {
    throw new Problem(409, 'quality-head-needed', { zh: '两位签字人中至少一位须为质量管理负责人', en: 'One of the two who sign is the quality head' });
  }
}
