import { randomUUID } from 'node:crypto';
import type { Bench } from './harness/bench';
import { CaptureBed } from './harness/capture-bed';
import { CONTEXT } from './harness/events';
import type { Sent } from './harness/load';

const EVENTS_PER_DOCUMENT = 500;
/** Senders of documents at once. */
const CLIENTS = 4;
/** One for each core: more made the baseline no faster. */
const CONNECTIONS = 2;

/** Documents of 500 events, from the first byte sent until the last event is in the log with all that follows inline. */
export const bench: Bench = {
  name: 'document-capture',
  measures: 'documents of 500 events over HTTP and the queue until the last is stored',
  against: 'a multi-row insert of every row they store, one commit for each document',
  unit: 'events',
  target: { throughputAtLeast: 0.4 },
  async setUp(run) {
    const documents = run.size === 'full' ? 8 : 2;
    const events = documents * EVENTS_PER_DOCUMENT;
    const bed = await CaptureBed.open(run, { clients: CLIENTS, connections: CONNECTIONS });
    const ours = async () => {
      const sent = Array.from({ length: documents }, () => documentOf(bed));
      return bed.measure(events, async () => {
        await bed.clients.sendAll(sent);
        await bed.until(`SELECT count(*) = 0 AS holds FROM capture_document WHERE state <> 'done'`);
        return [];
      });
    };
    await ours();
    run.say(`rows of a sample: ${bed.told()}`);
    await bed.settleIn();
    await ours();
    return { ours, baseline: () => bed.repeat(events, documents), tearDown: () => bed.close() };
  },
};

function documentOf({ events, headers }: CaptureBed): Sent {
  const document = { '@context': CONTEXT, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-09-01T09:00:00Z', epcisBody: { eventList: events.take(EVENTS_PER_DOCUMENT) } };
  return { method: 'POST', path: '/epcis/capture', headers: { ...headers, 'idempotency-key': randomUUID() }, body: JSON.stringify(document) };
}
