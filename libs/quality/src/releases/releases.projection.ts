import type { InlineProjection } from '@daodi/log';
import { identifierId } from '@daodi/trace';
import { recordsOf, writeRows } from '../reports/record-rows';

/** Releases, holds, what is said to findings and decided on them, and rules made stricter: the words of quality heads. */
export const releasesProjection: InlineProjection = {
  name: 'releases',
  tables: ['release_decision', 'quality_hold', 'finding_decision', 'finding_explanation', 'rule_strictness'],
  async apply(tx, entries) {
    const about = ({ entry, body }: ReturnType<typeof recordsOf>[number]) => ({
      id: body.subject,
      organisation_id: entry.organisationId,
      identifier: identifierId(String(body.new.canonical)),
      state: body.new,
      since_position: entry.position.toString(),
    });
    await writeRows(tx, 'release_decision', recordsOf(entries, 'release').map((one) => ({
      ...about(one), node: one.body.new.node, decision: one.body.new.decision, record_time: one.entry.recordTime,
    })));
    await writeRows(tx, 'quality_hold', recordsOf(entries, 'hold', 'hold-lifted').map((one) => ({
      ...about(one), node: one.body.new.node, lifted: one.entry.type === 'hold-lifted', record_time: one.entry.recordTime,
      // When somebody wrote it down, for what left before is no breach of it whenever it reaches us.
      ...(one.entry.type === 'hold-lifted' && { state: { ...one.body.new, liftedAt: one.entry.capturedTime } }),
    })));
    await writeRows(tx, 'finding_decision', recordsOf(entries, 'finding-decision').map((one) => ({
      ...about(one), finding: one.body.new.finding, person_id: one.entry.actor.id, evidence: one.body.new.evidence,
    })));
    await writeRows(tx, 'finding_explanation', recordsOf(entries, 'finding-explanation').map((one) => ({
      ...about(one), finding: one.body.new.finding, person_id: one.entry.actor.id, evidence: one.body.new.evidence,
    })));
    await writeRows(tx, 'rule_strictness', recordsOf(entries, 'rule-strictness').map(({ entry, body }) => ({
      id: body.subject, organisation_id: entry.organisationId, rule: body.new.rule, severity: body.new.severity, state: body.new, since_position: entry.position.toString(),
    })));
  },
};
