import assert from 'node:assert/strict';
import type { Client } from 'pg';
import { type Acknowledged, eventId, eventOf } from './load';

const PART = 5_000;

/** The log holds exactly what was acknowledged: by its id, with the content sent, at positions without a gap. */
export async function storedOnce(db: Client, { events, harvests }: Acknowledged): Promise<void> {
  const wanted = new Map<string, number | undefined>(events.map((n) => [eventId(n), n]));
  for (const id of harvests.values()) wanted.set(id, undefined);
  assert.equal(wanted.size, events.length + harvests.size, 'every acknowledgement is of an event of its own');
  let found = 0;
  for (let from = 0; ; from += PART) {
    const { rows } = await db.query<{ event_id: string; biz_step: string; body: Record<string, unknown> }>(
      `SELECT e.event_id, b.body FROM entry e JOIN entry_body b USING (position) WHERE e.kind = 'event' AND e.position >= $1 AND e.position < $2`,
      [from, from + PART],
    );
    for (const { event_id, body } of rows) {
      // The crops were recorded before anything was counted.
      if (!wanted.has(event_id)) {
        assert.equal(body['bizStep'], 'commissioning', `${event_id} was never acknowledged`);
        assert.ok(Array.isArray(body['epcList']), `${event_id} was never acknowledged`);
        continue;
      }
      const n = wanted.get(event_id);
      if (n !== undefined) assert.deepEqual(body, eventOf(n), `${event_id} is not what was sent`);
      wanted.delete(event_id);
      found += 1;
    }
    const { rows: [log] } = await db.query('SELECT size::int FROM log_head');
    if (from + PART >= log.size) break;
  }
  assert.deepEqual([...wanted.keys()].slice(0, 5), [], `${wanted.size} acknowledged events are not stored`);
  assert.equal(found, events.length + harvests.size);
  const { rows } = await db.query('SELECT max(position) + 1 = count(*) AND count(*) = (SELECT size FROM log_head) AS contiguous FROM entry');
  assert.deepEqual(rows, [{ contiguous: true }]);
}

/** One kilogram for each event and each harvest, one line of the query index, one job a document, nothing left waiting. */
export async function effectsOnce(db: Client, { events, harvests, documents }: Acknowledged): Promise<void> {
  const made = events.length + harvests.size;
  const { rows } = await db.query(
    `SELECT (SELECT count(*)::int FROM holding WHERE quantity > 0) AS holdings, (SELECT sum(quantity)::text FROM holding) AS milligrams,
            (SELECT count(*)::int FROM event_index x JOIN entry e USING (position) WHERE e.event_id LIKE 'urn:example:parts:%') AS listed,
            (SELECT count(*)::int FROM capture_document) AS jobs, (SELECT count(*)::int FROM capture_document WHERE failed OR error_count > 0) AS failed,
            (SELECT count(*)::int FROM capture_chunk) AS chunks`,
  );
  assert.deepEqual(rows, [{ holdings: made, milligrams: `${made}000000`, listed: events.length, jobs: documents.length, failed: 0, chunks: 0 }]);
  assert.equal(new Set(documents).size, documents.length, 'every document is a job of its own');
}
