import type { Entry, Follower } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import { loadShares } from '../history/load-shares';
import { loadStrictness } from '../history/load-strictness';
import { judgeShare } from '../rules/rules';
import { evidenceOf, findingId } from './finding-id';
import { touchedIdentifiers } from './touched-identifiers';

/** Name of the follower that keeps the inbox of findings. */
export const FINDINGS_FOLLOWER = 'findings';

/**
 * The inbox: what the rules find in every share of every batch. For what entries touched, findings are worked out anew
 * from the history as it stands, so one that no longer holds closes by itself, and neither order of arrival nor a
 * rebuild changes a row. Gates do not read this: they judge for themselves.
 */
export const findingsFollower: Follower = {
  name: FINDINGS_FOLLOWER,
  tables: ['finding'],
  async apply(tx: EntityManager, entries: readonly Entry[]): Promise<void> {
    const identifiers = [...(await touchedIdentifiers(tx, entries))];
    if (identifiers.length === 0) return;
    const nodes: { id: string }[] = await tx.query('SELECT id FROM node WHERE identifier = ANY($1::uuid[])', [identifiers]);
    const shares = await loadShares(tx, nodes.map(({ id }) => id));
    const strictness = await loadStrictness(tx, [...shares.values()].map(({ organisation }) => organisation));
    const findings = [...shares.values()].flatMap((share) => judgeShare(share, strictness.get(share.organisation)));
    await tx.query('DELETE FROM finding WHERE identifier = ANY($1::uuid[])', [identifiers]);
    if (findings.length === 0) return;
    await tx.query(
      `INSERT INTO finding (id, rule, severity, node, identifier, organisation_id, numbers, evidence, since_position, accused, evidence_entries)
       SELECT f.id, f.rule, f.severity, f.node, f.identifier, f.organisation_id, f.numbers, f.evidence, f.since_position, f.accused, ARRAY(SELECT jsonb_array_elements_text(f.entries))
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::jsonb[], $8::text[], $9::bigint[], $10::uuid[], $11::jsonb[])
         AS f(id, rule, severity, node, identifier, organisation_id, numbers, evidence, since_position, accused, entries)`,
      [
        findings.map(findingId), findings.map((f) => f.rule), findings.map((f) => f.severity), findings.map((f) => f.node),
        findings.map((f) => f.identifier), findings.map((f) => f.organisation), findings.map((f) => JSON.stringify(f.numbers)),
        findings.map(evidenceOf), findings.map((f) => f.since.toString()), findings.map((f) => f.accused), findings.map((f) => JSON.stringify(f.evidence)),
      ],
    );
  },
};
