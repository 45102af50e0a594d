import type { Entry, Follower } from '@daodi/log';
import { identifierId } from '@daodi/trace';
import type { EntityManager } from 'typeorm';
import type { Occasion } from './occasion';
import { writeDeliveries } from './write-deliveries';

/**
 * Finds in entries what organisations want to be told of and writes a delivery for each, once for ever: the table is
 * not its own to empty, so a rebuild repeats nothing. Findings are no entries; a sweep looks for them.
 */
export const noticeFollower: Follower = {
  name: 'notify',
  tables: [],
  async apply(tx, entries) {
    await writeDeliveries(tx, [...approvedReports(entries), ...holds(entries), ...(await shipments(tx, entries))]);
  },
};

const recordsOf = (entries: readonly Entry[], type: string) =>
  entries.filter((entry) => entry.kind === 'record' && entry.type === type).map((entry) => ({ entry, subject: String(entry.body['subject']), change: entry.body['change'], state: (entry.body['new'] ?? {}) as Record<string, unknown> }));

/** The laboratory that approved it, and whoever it was made for. */
function approvedReports(entries: readonly Entry[]): Occasion[] {
  return recordsOf(entries, 'test-report').flatMap(({ entry, subject, state }) => {
    if (state.status !== 'approved' || typeof state.canonical !== 'string') return [];
    const identifier = identifierId(state.canonical);
    const told = new Set([entry.organisationId, ...(typeof state.commissionerId === 'string' ? [state.commissionerId] : [])]);
    return [...told].map((organisationId): Occasion => ({ kind: 'report-approved', organisationId, about: subject, identifier, position: entry.position }));
  });
}

/** A hold suspends the release behind it; where there is none, writing the delivery finds that out. */
function holds(entries: readonly Entry[]): Occasion[] {
  return recordsOf(entries, 'hold').flatMap(({ entry, subject, state }) =>
    typeof state.canonical !== 'string' ? [] : [{ kind: 'release-suspended', organisationId: entry.organisationId, about: subject, identifier: identifierId(state.canonical), position: entry.position }]);
}

/** Only what the sender holds: another's claim that something is on its way rings nobody's bell. */
async function shipments(tx: EntityManager, entries: readonly Entry[]): Promise<Occasion[]> {
  const events = entries.filter(({ kind }) => kind === 'event').map(({ position }) => position.toString());
  if (events.length === 0) return [];
  const rows: { position: string; dest_org: string; identifier: string }[] = await tx.query(
    `SELECT DISTINCT position, dest_org, identifier FROM line
      WHERE position = ANY($1::bigint[]) AND role = 'ship' AND path = '' AND held AND NOT void AND dest_org IS NOT NULL AND dest_org <> org`,
    [events],
  );
  return rows.map(({ position, dest_org, identifier }) => ({ kind: 'shipment-arriving', organisationId: dest_org, about: `${position}/${identifier}`, identifier, position: BigInt(position) }));
}
