import type { EntityManager } from 'typeorm';

/** Batches whose issuer said no herb: what they were made of was not on record then, such as a harvest whose crop came later. */
const UNSTATED = `b.kind IN ('batch', 'retail') AND NOT b.attributes ? 'herb'`;

/**
 * Gives batches of which nobody said a herb the herb that all of what went in has, and the grade where that is one, too:
 * as the forms do for what is on record when they are written. So a batch is the same whatever arrived first. What was
 * stated stands; waste has no grade.
 *
 * @param changed identifiers whose records or lines changed
 * @returns nothing; batches made of one that changed follow, however far down
 */
export async function inheritIdentity(tx: EntityManager, changed: Iterable<string>): Promise<void> {
  for (let frontier = [...changed]; frontier.length > 0; ) {
    const rows: { identifier: string }[] = await tx.query(
      `WITH candidate AS (
         SELECT b.identifier FROM batch b WHERE b.identifier = ANY($1::uuid[]) AND ${UNSTATED}
         UNION
         SELECT b.identifier FROM line i JOIN line o ON o.hub = i.hub AND o.role = 'output' JOIN batch b ON b.identifier = o.identifier
          WHERE i.identifier = ANY($1::uuid[]) AND i.role = 'input' AND ${UNSTATED}
       ), inherited AS (
         SELECT c.identifier, count(*) = count(p.herb) AND count(DISTINCT p.herb) = 1 AS one_herb, min(p.herb) AS herb,
                count(*) = count(p.grade) AND count(DISTINCT p.grade) = 1 AS one_grade, min(p.grade) AS grade
           FROM candidate c
           JOIN line o ON o.identifier = c.identifier AND o.role = 'output' AND o.held AND NOT o.void
           JOIN line i ON i.hub = o.hub AND i.role = 'input' AND NOT i.void
           LEFT JOIN batch p ON p.identifier = i.identifier
          GROUP BY c.identifier
       ), known AS (
         SELECT b.identifier, CASE WHEN h.one_herb THEN h.herb END AS herb,
                CASE WHEN b.attributes ? 'grade' THEN b.attributes ->> 'grade' WHEN h.one_grade AND b.attributes ->> 'role' IS DISTINCT FROM 'waste' THEN h.grade END AS grade
           FROM candidate c JOIN batch b ON b.identifier = c.identifier LEFT JOIN inherited h ON h.identifier = c.identifier
       ), written AS (
         UPDATE batch b SET herb = k.herb, grade = k.grade FROM known k
          WHERE b.identifier = k.identifier AND (b.herb IS DISTINCT FROM k.herb OR b.grade IS DISTINCT FROM k.grade)
          RETURNING b.identifier
       ) SELECT identifier FROM written`,
      [frontier],
    );
    frontier = rows.map(({ identifier }) => identifier);
  }
}
