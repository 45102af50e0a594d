import type { LineUnit } from '@daodi/trace';
import type { EntityManager } from 'typeorm';
import { judgedLately } from '../history/judged-lately';
import { shareKey } from '../rules/facts';

type Db = Pick<EntityManager, 'query'>;

/** How much of a batch a decision releases: a quantity, and where said the packages in which it is. */
export interface ReleasePart {
  /** As typed, decimal text. */
  readonly quantity: string;
  readonly unit: string;
  /** In the base unit of the batch, milligrams or pieces, as text. */
  readonly base: string;
  readonly packages?: readonly { readonly code: string; readonly node: string }[];
}

/** One partial release of a run: those of one share since whatever else was decided on it last. */
export interface PartDecision {
  readonly id: string;
  readonly node: string;
  readonly organisation: string;
  readonly part: ReleasePart;
  /** What it was signed on. */
  readonly position: string;
  readonly horizon: string;
  readonly inputsDigest: string;
}

/** What a release of a part is held against, in base units. */
export interface AskedPart {
  /** All that this organisation releases in parts, the one asked for with it. */
  readonly own: bigint;
  /** What others who had the batch released in parts. */
  readonly others: bigint;
  /** What came in or was made, without what was lost or destroyed or lies in a zone for what is unfit. */
  readonly releasable: bigint;
  readonly unit: LineUnit;
}

/**
 * Partial releases that stand beside each other, by share: a release of the whole and a rejection end a run, whatever was
 * released in parts before.
 */
export async function partRuns(db: Db, nodes: readonly string[]): Promise<Map<string, PartDecision[]>> {
  const rows: PartDecision[] = await db.query(
    `SELECT r.id, n.id AS node, r.organisation_id AS organisation, r.state -> 'part' AS part, r.state ->> 'position' AS position, r.state ->> 'horizon' AS horizon, r.state ->> 'inputsDigest' AS "inputsDigest"
       FROM node n JOIN release_decision r ON r.identifier = n.identifier
       JOIN reader_direct d ON d.node = n.id AND d.organisation_id = r.organisation_id
      WHERE n.id = ANY($1::uuid[]) AND r.state ? 'part' AND NOT EXISTS (
        SELECT FROM release_decision w WHERE w.identifier = r.identifier AND w.organisation_id = r.organisation_id AND NOT w.state ? 'part' AND w.since_position > r.since_position)
      ORDER BY r.since_position`,
    [[...new Set(nodes)]],
  );
  const runs = new Map<string, PartDecision[]>();
  for (const row of rows) {
    const key = shareKey(row.node, row.organisation);
    runs.set(key, [...(runs.get(key) ?? []), row]);
  }
  return runs;
}

/** The sum of some parts, in base units. */
export const sumOf = (parts: readonly PartDecision[]): bigint => parts.reduce((sum, { part }) => sum + BigInt(part.base), 0n);

/**
 * What parts of a share come to beside those of others, and what there is to release.
 *
 * @param adding a part that is asked for now, in base units
 * @param rejectedHere what of the share lies in zones for what is unfit
 */
export async function askedPart(db: Db, node: string, organisation: string, adding: bigint, rejectedHere: bigint): Promise<AskedPart> {
  const runs = await partRuns(db, [node]);
  const own = sumOf(runs.get(shareKey(node, organisation)) ?? []);
  const all = [...runs.values()].reduce((sum, parts) => sum + sumOf(parts), 0n);
  const [row] = await db.query(
    `SELECT n.unit, COALESCE(sum(l.amount) FILTER (WHERE l.role IN ('origin', 'take-in', 'output', 'receive')), 0)
                  - COALESCE(sum(l.amount) FILTER (WHERE l.role IN ('loss', 'destroy')), 0) AS amount
       FROM node n LEFT JOIN line l ON l.node = n.id AND l.org = $2 AND l.held AND NOT l.void AND l.unit = n.unit WHERE n.id = $1 GROUP BY n.unit`,
    [node, organisation],
  );
  return { own: own + adding, others: all - own, releasable: BigInt(row?.amount ?? 0) - rejectedHere, unit: (row?.unit ?? 'mg') as LineUnit };
}

/** Those parts whose history is still the one that was signed. */
export async function confirmedParts(db: Db, parts: readonly PartDecision[]): Promise<PartDecision[]> {
  const confirmed: PartDecision[] = [];
  for (const one of parts) {
    const history = await judgedLately(db, one.node, one.organisation, { size: BigInt(one.position), time: one.horizon });
    if (history.inputsDigest === one.inputsDigest) confirmed.push(one);
  }
  return confirmed;
}
