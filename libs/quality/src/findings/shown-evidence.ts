import { readEntries } from '@daodi/log';
import type { Readership } from '@daodi/trace';
import type { EntityManager } from 'typeorm';
import { MAY_READ_REPORT } from '../reports/reports.service';
import { NOBODY } from '../rules/finding';
import type { StoredFinding } from './read-findings';

type Db = Pick<EntityManager, 'query'>;

/** What shows a finding, as somebody may read it. */
export interface ShownEvidence {
  /** Event ids and ids of records, sorted. */
  readonly evidence: readonly string[];
  /** How many more there are that the asker may not read; absent: none. */
  readonly evidenceWithheld?: number;
}

/** Whose doing a finding is, as somebody may be told: a supplier or the laboratory of a report by name, further up only that it is upstream. */
export interface ShownAccused {
  readonly accused: 'own' | 'supplier' | 'laboratory' | 'upstream' | 'nobody';
  readonly supplier?: Named;
  readonly laboratory?: Named;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * Of each finding the entries that the asker may read: events by the rule of readership, reports by theirs, other records where
 * the finding is about the asker's own share, for they are its own. Of the rest only how many there are.
 */
export async function shownEvidence(db: Db, readership: Readership, asker: string, findings: readonly StoredFinding[]): Promise<Map<string, ShownEvidence>> {
  const asked = findings.flatMap(({ entries, organisation, accused }) => entries.flatMap((id) => [...new Set([asker, organisation, accused])].map((of) => [of, id] as const)));
  const entries = asked.length === 0 ? [] : await readEntries(
    db, `(e.organisation_id, e.event_id) IN (SELECT * FROM unnest($1::uuid[], $2::text[])) AND e.kind = 'event' AND NOT e.declaration`, [asked.map(([of]) => of), asked.map(([, id]) => id)],
  );
  const readable = new Set((await readership.read(asker, entries, db)).map(({ entry }) => entry.eventId));
  const events = new Set(entries.map(({ eventId }) => eventId));
  const reports: { id: string; mayRead: boolean }[] = await db.query(
    `SELECT r.id, (${MAY_READ_REPORT}) AS "mayRead" FROM test_report r WHERE r.id = ANY($2::uuid[])`, [asker, [...new Set(findings.flatMap((finding) => finding.entries.filter(isRecordId)))]]);
  const mayRead = new Map(reports.map(({ id, mayRead: may }) => [id, may]));
  return new Map(findings.map(({ id, organisation, entries: all }) => {
    const shown = all.filter((entry) => readable.has(entry) || (!events.has(entry) && isRecordId(entry) && (mayRead.get(entry) ?? organisation === asker)));
    return [id, { evidence: shown, ...(shown.length < all.length && { evidenceWithheld: all.length - shown.length }) }];
  }));
}

/** Accused organisations, of whom the asker is told the name where they shipped it, or reported on, a batch these findings are about. */
export async function shownAccused(db: Db, asker: string, findings: readonly StoredFinding[]): Promise<Map<string, ShownAccused>> {
  const others = [...new Set(findings.map(({ accused }) => accused))].filter((accused) => accused !== asker && accused !== NOBODY);
  const rows: (Named & { supplies: boolean; reports: boolean })[] = others.length === 0 ? [] : await db.query(
    `SELECT o.id, o.name,
            EXISTS (SELECT FROM line l WHERE l.node = ANY($3::uuid[]) AND l.org = o.id AND l.dest_org = $1 AND l.role = 'ship' AND l.held AND NOT l.void) AS supplies,
            EXISTS (SELECT FROM node n JOIN test_report t ON t.identifier = n.identifier AND t.organisation_id = o.id AND t.status = 'approved' WHERE n.id = ANY($3::uuid[]) AND o.type = 'laboratory') AS reports
       FROM organisation o WHERE o.id = ANY($2::uuid[])`,
    [asker, others, [...new Set(findings.map(({ node }) => node))]],
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return new Map(findings.map(({ id, accused }): [string, ShownAccused] => {
    const { supplies, reports, ...named } = known.get(accused) ?? { id: accused, name: '', supplies: false, reports: false };
    if (accused === asker) return [id, { accused: 'own' }];
    if (accused === NOBODY) return [id, { accused: 'nobody' }];
    if (supplies) return [id, { accused: 'supplier', supplier: named }];
    return [id, reports ? { accused: 'laboratory', laboratory: named } : { accused: 'upstream' }];
  }));
}

const isRecordId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
