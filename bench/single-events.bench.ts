import { randomUUID } from 'node:crypto';
import type { Bench } from './harness/bench';
import { CaptureBed } from './harness/capture-bed';
import { CONTEXT } from './harness/events';
import type { Sent } from './harness/load';

const CLIENTS = 64;

/** Single events, each answered when it is committed, from many senders at once. */
export const bench: Bench = {
  name: 'single-events',
  measures: 'single events over HTTP from 64 clients, each answered when it is stored',
  against: 'inserts of every row they store, one commit for each event, over 64 connections',
  unit: 'events',
  target: { throughputAtLeast: 1, p99AtMostMs: 250 },
  async setUp(run) {
    const events = run.size === 'full' ? 4000 : 400;
    const bed = await CaptureBed.open(run, { clients: CLIENTS, connections: CLIENTS });
    const ours = async () => {
      const sent = bed.events.take(events).map((event) => singleOf(bed, event));
      return bed.measure(events, () => bed.clients.sendAll(sent));
    };
    await ours();
    run.say(`rows of a sample: ${bed.told()}`);
    await bed.settleIn();
    await ours();
    return { ours, baseline: () => bed.repeat(events, events), tearDown: () => bed.close() };
  },
};

function singleOf({ headers }: CaptureBed, event: object): Sent {
  return { method: 'POST', path: '/epcis/events', headers: { ...headers, 'idempotency-key': randomUUID() }, body: JSON.stringify({ '@context': CONTEXT, ...event }) };
}
