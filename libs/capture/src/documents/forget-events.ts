import type { ErasedThing } from '@daodi/platform';
import type { EntityManager } from 'typeorm';
import { prepareEvent } from '../domain/prepare-event';

interface WaitingChunk {
  readonly capture_id: string;
  readonly ordinal: number;
  readonly organisation_id: string;
  readonly context: unknown;
  readonly events: string;
}

/**
 * Takes erased events out of documents that still wait for the log. Needed where a document waited when the backup was
 * made, and its event was appended and erased later: restored, it would be appended once more. Faults of later events
 * of such a document name their place among those that are left.
 */
export async function forgetEvents(tx: EntityManager, erased: readonly ErasedThing[]): Promise<void> {
  const ids = new Set(erased.flatMap(({ organisationId, eventId }) => (eventId === undefined ? [] : [`${organisationId} ${eventId}`])));
  const organisations = [...new Set(erased.map(({ organisationId }) => organisationId))];
  if (ids.size === 0) return;
  const chunks: { capture_id: string; ordinal: number }[] = await tx.query(
    'SELECT capture_id, ordinal FROM capture_chunk JOIN capture_document d ON d.id = capture_id WHERE d.organisation_id = ANY($1::uuid[])',
    [organisations],
  );
  for (const { capture_id, ordinal } of chunks) {
    const [chunk]: WaitingChunk[] = await tx.query(
      `SELECT capture_id, ordinal, organisation_id, envelope -> '@context' AS context, events
         FROM capture_chunk JOIN capture_document d ON d.id = capture_id WHERE capture_id = $1 AND ordinal = $2`,
      [capture_id, ordinal],
    );
    const { organisation_id, context, events } = chunk as WaitingChunk;
    const all = JSON.parse(events) as unknown[];
    const left = all.filter((value) => !ids.has(`${organisation_id} ${prepareEvent(value, context ?? undefined).eventId}`));
    if (left.length === all.length) continue;
    await tx.query('UPDATE capture_chunk SET events = $3 WHERE capture_id = $1 AND ordinal = $2', [capture_id, ordinal, JSON.stringify(left)]);
  }
}
