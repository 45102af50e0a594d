import type { EntityManager } from 'typeorm';
import type { Occasion } from './occasion';

/** Who is to be told: live subscriptions of the organisation to that occasion, older than what happened. */
const SUBSCRIBED = `
  s.organisation_id = o.organisation_id AND s.state ->> 'status' = 'active' AND s.state -> 'occasions' ? o.kind AND s.since_position < o.position
  AND (o.kind <> 'release-suspended' OR (
    SELECT r.decision FROM release_decision r WHERE r.identifier = o.identifier AND r.organisation_id = o.organisation_id
     ORDER BY r.since_position DESC LIMIT 1) = 'released')`;

/** Writes a delivery for every subscription that wants to know; one that is there stays as it is. */
export async function writeDeliveries(tx: Pick<EntityManager, 'query'>, occasions: readonly Occasion[]): Promise<void> {
  if (occasions.length === 0) return;
  await tx.query(
    `INSERT INTO delivery (subscription_id, occasion, about, batch)
     SELECT s.id, o.kind, o.about, b.code
       FROM unnest($1::text[], $2::uuid[], $3::text[], $4::uuid[], $5::bigint[]) AS o(kind, organisation_id, about, identifier, position)
       JOIN notice_subscription s ON ${SUBSCRIBED} LEFT JOIN batch b ON b.identifier = o.identifier
     ON CONFLICT DO NOTHING`,
    [occasions.map((o) => o.kind), occasions.map((o) => o.organisationId), occasions.map((o) => o.about), occasions.map((o) => o.identifier), occasions.map((o) => o.position.toString())],
  );
}

/** The same for findings, which are no entries but what another follower makes of them; a release they stand against is suspended. */
export async function writeFindingDeliveries(db: Pick<EntityManager, 'query'>): Promise<void> {
  await db.query(
    `INSERT INTO delivery (subscription_id, occasion, about, batch)
     SELECT s.id, o.kind, o.about, b.code
       FROM (SELECT k.kind, f.organisation_id, 'finding/' || f.id || '/' || f.since_position AS about, f.identifier, f.since_position AS position
               FROM finding f CROSS JOIN (VALUES ('blocking-finding'), ('release-suspended')) AS k(kind) WHERE f.severity = 'blocking') o
       JOIN notice_subscription s ON ${SUBSCRIBED} LEFT JOIN batch b ON b.identifier = o.identifier
     ON CONFLICT DO NOTHING`,
  );
}
