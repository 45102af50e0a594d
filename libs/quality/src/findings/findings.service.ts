import { Injectable } from '@nestjs/common';
import { notFound } from '@daodi/platform';
import { type Caller, uuidOf } from '@daodi/registry';
import { identifierId, Readership } from '@daodi/trace';
import { DataSource } from 'typeorm';
import { canonicalBatch } from '../batch-reference';
import { loadStrictness } from '../history/load-strictness';
import { namesOf } from '../releases/shown-reasons';
import { toldDownstream } from '../rules/finding';
import { ruleOf } from '../rules/rules';
import { isStricter } from '../rules/strictness';
import { type ClosedFinding, closedFindings } from './closed-findings';
import type { FindingQuery } from './finding.dto';
import { shownAccused, shownEvidence } from './shown-evidence';
import { findReadable, type InboxState, inboxState, readableFindings, readFindings, stateOf, type StoredFinding } from './read-findings';

const LIMIT_DEFAULT = 100;
/** Candidates read at once; those of other buyers' shares fall out again. */
const CHUNK = 200;
const BEFORE_ALL = '-1.00000000-0000-0000-0000-000000000000';

/** A page of findings. `behind` above zero: the inbox has not read to the end, and what is absent may yet come. */
export interface FindingPage {
  readonly items: readonly object[];
  readonly next?: string;
  readonly position: string;
  readonly behind: string;
  /** Set while the inbox is behind: what is shown may have closed, and what is not shown may be there. Gates judge for themselves. */
  readonly undetermined?: true;
}

/** The inbox of findings. */
@Injectable()
export class FindingsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly readership: Readership,
  ) {}

  /** Findings of the caller's shares, and of the shares that what it has came through. */
  async list(caller: Caller, query: FindingQuery): Promise<FindingPage> {
    const { batch, limit = LIMIT_DEFAULT } = query;
    const identifier = batch === undefined ? null : identifierId(await canonicalBatch(this.dataSource, batch));
    const state = await inboxState(this.dataSource);
    if (query.state === 'closed') return this.listClosed(caller, state, identifier, query);
    const found: StoredFinding[] = [];
    for (let after: string | undefined = query.cursor; found.length <= limit; ) {
      const chunk = await this.candidates(caller, identifier, query, after);
      const readable = await readableFindings(this.dataSource, caller.organisationId, chunk);
      found.push(...readable.filter((finding) => query.state === undefined || stateOf(finding) === query.state));
      const last = chunk.at(-1);
      if (last === undefined || chunk.length < CHUNK) break;
      after = cursorOf(last);
    }
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return { items: await this.shown(caller, page), next: last && cursorOf(last), ...told(state) };
  }

  /** One finding, or what was said to one that has closed. @throws Problem 404 where the caller may not read it, or nothing was said to it */
  async get(caller: Caller, id: string): Promise<object> {
    const [closed] = await closedFindings(this.dataSource, caller.organisationId, { id: uuidOf(id) ?? null });
    if (closed !== undefined) return (await this.shownClosed([closed], await inboxState(this.dataSource)))[0] as object;
    const finding = await findReadable(this.dataSource, caller.organisationId, id);
    return (await this.shown(caller, [finding]))[0] as object;
  }

  private candidates(caller: Caller, identifier: string | null, { severity, rule, accused, cursor }: FindingQuery, after = cursor): Promise<StoredFinding[]> {
    const [position, id] = (after ?? BEFORE_ALL).split('.');
    return readFindings(
      this.dataSource,
      `(f.organisation_id = $1 OR EXISTS (SELECT FROM reader_direct d WHERE d.node = f.node AND d.organisation_id = $1)
          OR EXISTS (SELECT FROM reader_history h WHERE h.node = f.node AND h.organisation_id = $1))
        AND ($2::text IS NULL OR f.severity = $2 OR (f.organisation_id <> $1 AND EXISTS (
             SELECT FROM rule_strictness s WHERE s.organisation_id = $1 AND s.rule = f.rule AND s.severity = $2)))
        AND ($3::text IS NULL OR f.rule = $3) AND ($4::uuid IS NULL OR f.identifier = $4)
        AND ($8::text IS NULL OR (f.accused = $1) = ($8 = 'own'))
        AND (f.since_position, f.id) > ($5::bigint, $6::uuid) ORDER BY f.since_position, f.id LIMIT $7`,
      [caller.organisationId, severity ?? null, rule ?? null, identifier, position, id, CHUNK, accused ?? null],
    );
  }

  private async listClosed(caller: Caller, state: InboxState, identifier: string | null, { rule, severity, limit = LIMIT_DEFAULT, cursor }: FindingQuery): Promise<FindingPage> {
    const found = await closedFindings(this.dataSource, caller.organisationId, { identifier, rule, severity, after: cursor ?? BEFORE_ALL, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return { items: await this.shownClosed(page, state), next: last && `${last.saidPosition}.${last.id}`, ...told(state) };
  }

  private async shown(caller: Caller, findings: readonly StoredFinding[]): Promise<object[]> {
    const names = await namesOf(this.dataSource, findings.map(({ node }) => node));
    const evidence = await shownEvidence(this.dataSource, this.readership, caller.organisationId, findings);
    const accused = await shownAccused(this.dataSource, caller.organisationId, findings);
    const strictness = (await loadStrictness(this.dataSource, [caller.organisationId])).get(caller.organisationId);
    return findings.map((finding) => {
      const isOwn = finding.organisation === caller.organisationId;
      const own = strictness?.get(finding.rule);
      return {
        id: finding.id,
        rule: finding.rule,
        severity: own !== undefined && isStricter(own, finding.severity) ? own : finding.severity,
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
        ...(isOwn && finding.explanations.length > 0 && { explanations: finding.explanations }),
      };
    });
  }

  /** While the inbox is behind nobody can say that a finding is no more. */
  private async shownClosed(findings: readonly ClosedFinding[], { behind }: InboxState): Promise<object[]> {
    const names = await namesOf(this.dataSource, findings.map(({ node }) => node));
    return findings.map(({ node, saidPosition: _p, ...finding }) => ({
      ...finding, title: ruleOf(finding.rule)?.title, batch: names.get(node), share: 'own', state: behind > 0n ? 'undetermined' : 'closed',
    }));
  }
}

const told = ({ position, behind }: InboxState): Pick<FindingPage, 'position' | 'behind' | 'undetermined'> => ({
  position: position.toString(), behind: behind.toString(), ...(behind > 0n && { undetermined: true }),
});

const cursorOf = ({ sincePosition, id }: StoredFinding): string => `${sincePosition}.${id}`;
