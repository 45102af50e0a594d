import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { invalid, Problem } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, hasHandedIn, record, SigningService } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import { loadShares } from '../history/load-shares';
import { loadStrictness } from '../history/load-strictness';
import { shareKey } from '../rules/facts';
import type { Finding } from '../rules/finding';
import { judgeShare, ruleOf } from '../rules/rules';
import { signer } from '../signer';
import type { DecideFindingDto, ExplainFindingDto } from './finding.dto';
import { evidenceOf } from './finding-id';
import { findReadable, SIGNATURES_NEEDED, type StoredFinding } from './read-findings';

/** What an organisation says to the findings about its own shares: 说明, and 特批 of warnings. */
@Injectable()
export class FindingDecisions {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
    private readonly signing: SigningService,
  ) {}

  /**
   * Signs under a warning, with the password given again. The first signature stays alone until a second person signs
   * under the same numbers; if the numbers change, both are void. What blocks cannot be overruled.
   */
  decide(caller: Caller, request: FastifyRequest, id: string, { reason, signature: token }: DecideFindingDto): Promise<ActAnswer> {
    const person = signer(caller);
    const decision = randomUUID();
    let body: Record<string, unknown> = {};
    return this.acts.perform(caller, request, {
      boundBody: { reason },
      decide: async (tx) => {
        const stored = await findReadable(tx, caller.organisationId, id);
        refuseOthers(caller, stored);
        refuseNoWarning(stored);
        const live = await judgedNow(tx, stored);
        const evidence = evidenceOf(live);
        const signed = await signaturesOf(tx, stored.id, evidence);
        refuseSignature(caller, person, signed);
        const electronicSignature = await this.signing.redeem(tx, person, token, 'finding-accepted', stored.id);
        const role = caller.roles.includes('quality-head') ? 'quality-head' : 'owner';
        body = { ...(await spoken(tx, stored, live)), decision: 'accepted', reason, role, signature: signed.length + 1, electronicSignature };
        return [record('finding-decision', decision, 'decided', { new: body, why: reason })];
      },
      respond: () => ({
        status: 201,
        body: {
          id: decision, finding: body.finding, rule: body.rule, reason, signature: body.signature, electronicSignature: body.electronicSignature,
          state: body.signature === SIGNATURES_NEEDED ? 'accepted' : 'signed-once',
        },
      }),
    });
  }

  /** 说明: what happened, in the organisation's own words. It closes nothing and overrules nothing; it stands beside the finding. */
  explain(caller: Caller, request: FastifyRequest, id: string, { text, files = [] }: ExplainFindingDto): Promise<ActAnswer> {
    signer(caller);
    const explanation = randomUUID();
    let body: Record<string, unknown> = {};
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const stored = await findReadable(tx, caller.organisationId, id);
        refuseOthers(caller, stored);
        await refuseUnknownFiles(tx, caller, files);
        body = { ...(await spoken(tx, stored, await judgedNow(tx, stored))), text, ...(files.length > 0 && { files }) };
        return [record('finding-explanation', explanation, 'created', { new: body, why: text })];
      },
      respond: () => ({ status: 201, body: { id: explanation, finding: body.finding, rule: body.rule, text, ...(files.length > 0 && { files }), state: 'explained' } }),
    });
  }
}

/** What a record about a finding holds of it: what it said at that moment. */
async function spoken(tx: EntityManager, { id, node }: StoredFinding, live: Finding): Promise<Record<string, unknown>> {
  const [row] = await tx.query('SELECT i.canonical FROM node n JOIN identifier i ON i.id = n.identifier WHERE n.id = $1', [node]);
  return { finding: id, rule: live.rule, severity: live.severity, node: live.node, canonical: row.canonical, evidence: evidenceOf(live), numbers: live.numbers };
}

async function refuseUnknownFiles(tx: EntityManager, { organisationId }: Caller, files: readonly string[]): Promise<void> {
  const faults = [];
  for (const [i, file] of files.entries()) {
    if (!/^[0-9a-f]{64}$/.test(file) || !(await hasHandedIn(tx, organisationId, file))) {
      faults.push({ pointer: `/files/${i}`, rule: 'file-unknown', detail: { zh: '须为本组织已上传文件的 SHA-256', en: 'the SHA-256 of a file your organisation handed in' } });
    }
  }
  if (faults.length > 0) throw invalid(faults);
}

function refuseOthers(caller: Caller, { organisation }: StoredFinding): void {
  if (organisation === caller.organisationId) return;
  throw new Problem(403, 'not-your-finding', { zh: '该问题属于上游组织，须由其处理', en: 'This finding is about another’s share; it is theirs to decide on' });
}

function refuseNoWarning({ severity, rule }: StoredFinding): void {
  const title = ruleOf(rule)?.title ?? { zh: rule, en: rule };
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
  const strictness = (await loadStrictness(tx, [organisation])).get(organisation);
  const live = share === undefined ? undefined : judgeShare(share, strictness).find((finding) => finding.rule === rule);
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
