import { followerStates, isoTime } from '@daodi/log';
import { notFound } from '@daodi/platform';
import { uuidOf } from '@daodi/registry';
import type { DataSource, EntityManager } from 'typeorm';
import type { Numbers, Severity } from '../rules/finding';
import { FINDINGS_FOLLOWER } from './findings.follower';

type Db = Pick<EntityManager, 'query'>;

/** A finding as the inbox keeps it. */
export interface StoredFinding {
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly node: string;
  /** Whose share of the batch it is about. */
  readonly organisation: string;
  readonly numbers: Numbers;
  readonly evidence: string;
  /** Event ids and ids of records that show what was found. */
  readonly entries: readonly string[];
  /** Whose doing it is; `NOBODY`: none. */
  readonly accused: string;
  readonly sincePosition: bigint;
  /** Record time of what caused it. */
  readonly since: string;
  /** Signatures under just these numbers; two different people accept a warning. */
  readonly signatures: readonly { readonly personId: string; readonly reason: string; readonly position: string }[];
  /** What its organisation said to it; `current`: to just these numbers. */
  readonly explanations: readonly { readonly personId: string; readonly text: string; readonly files?: readonly string[]; readonly current: boolean; readonly position: string }[];
}

/** How far the inbox has read. Behind, it is undetermined: what it does not show may yet be there. */
export interface InboxState {
  readonly position: bigint;
  readonly behind: bigint;
}

/** How far the inbox has read; a follower that never ran is behind by the whole log. */
export async function inboxState(db: Db): Promise<InboxState> {
  const state = (await followerStates(db as Pick<DataSource, 'query'>)).find(({ name }) => name === FINDINGS_FOLLOWER);
  return state === undefined ? { position: 0n, behind: 1n } : { position: state.position, behind: state.behind };
}

/**
 * Findings of the inbox, oldest first.
 * @param where SQL over `f` (finding) with $1… for `parameters`, written by us
 */
export async function readFindings(db: Db, where: string, parameters: readonly unknown[]): Promise<StoredFinding[]> {
  const rows: (Omit<StoredFinding, 'sincePosition'> & { sincePosition: string })[] = await db.query(
    `SELECT f.id, f.rule, f.severity, f.node, f.organisation_id AS organisation, f.numbers, f.evidence, f.evidence_entries AS entries, f.accused, f.since_position AS "sincePosition",
            (SELECT ${isoTime('e.record_time')} FROM entry e WHERE e.position = f.since_position) AS since,
            COALESCE((SELECT jsonb_agg(jsonb_build_object('personId', d.person_id, 'reason', d.state ->> 'reason', 'position', d.since_position::text)
                                       ORDER BY d.since_position)
                        FROM finding_decision d WHERE d.finding = f.id AND d.evidence = f.evidence), '[]') AS signatures,
            COALESCE((SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('personId', x.person_id, 'text', x.state ->> 'text', 'files', x.state -> 'files', 'current', x.evidence = f.evidence,
                                                                             'position', x.since_position::text)) ORDER BY x.since_position)
                        FROM finding_explanation x WHERE x.finding = f.id), '[]') AS explanations
       FROM finding f WHERE ${where}`,
    [...parameters],
  );
  return rows.map((row) => ({ ...row, sincePosition: BigInt(row.sincePosition) }));
}

/** One finding an organisation may read. @throws Problem 404, the same whether there is none or it is another's */
export async function findReadable(db: Db, organisationId: string, id: string): Promise<StoredFinding> {
  const [finding] = await readableFindings(db, organisationId, await readFindings(db, 'f.id = $1', [uuidOf(id) ?? null]));
  if (finding === undefined) throw notFound();
  return finding;
}

/** 特批 takes two people. */
export const SIGNATURES_NEEDED = 2;

/** A finding is open until it closes by itself; its organisation may say what happened, and a warning may be accepted by two people. */
export function stateOf({ severity, signatures, explanations }: Pick<StoredFinding, 'severity' | 'signatures' | 'explanations'>): 'open' | 'explained' | 'signed-once' | 'accepted' {
  if (severity === 'warning' && signatures.length > 0) return signatures.length < SIGNATURES_NEEDED ? 'signed-once' : 'accepted';
  return explanations.some(({ current }) => current) ? 'explained' : 'open';
}

/** Findings of these nodes, of every share, with how far the inbox has read. For pages: gates judge for themselves. */
export async function findingsOf(db: Db, nodes: readonly string[]): Promise<InboxState & { readonly findings: readonly StoredFinding[] }> {
  const state = await inboxState(db);
  return { ...state, findings: await readFindings(db, 'f.node = ANY($1::uuid[]) ORDER BY f.since_position, f.id', [nodes]) };
}

/**
 * Of these findings, those an organisation may read: about its own share, or about a share that what it has came
 * through. What another buyer of a lot did with its share is none of its business.
 */
export async function readableFindings(db: Db, organisationId: string, findings: readonly StoredFinding[]): Promise<StoredFinding[]> {
  const others = findings.filter(({ organisation }) => organisation !== organisationId);
  if (others.length === 0) return [...findings];
  const rows: { seed: string }[] = await db.query(
    `WITH RECURSIVE reach(seed, node, org) AS (
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS s(seed, node, org)
       UNION
       SELECT r.seed, x.node, x.org FROM reach r CROSS JOIN LATERAL (
         SELECT l.node, l.dest_org AS org FROM line l
          WHERE l.node = r.node AND l.org = r.org AND l.role = 'ship' AND l.held AND NOT l.void AND l.dest_org <> l.org
         UNION ALL
         SELECT o.node, o.org FROM line i JOIN line o ON o.hub = i.hub AND o.role = 'output' AND NOT o.void AND o.node IS NOT NULL
          WHERE i.node = r.node AND i.org = r.org AND i.role = 'input' AND i.held AND NOT i.void
       ) x
     ) SELECT DISTINCT seed FROM reach WHERE org = $4`,
    [others.map((f) => f.id), others.map((f) => f.node), others.map((f) => f.organisation), organisationId],
  );
  const reached = new Set(rows.map(({ seed }) => seed));
  return findings.filter(({ id, organisation }) => organisation === organisationId || reached.has(id));
}
