/**
 * Events come in on a schedule for minutes on end, as three organisations say them: every follower stays within two
 * seconds of the log (99 % of the time), and no process needs ever more memory.
 */
import assert from 'node:assert/strict';
import { BenchServer } from '../../bench/harness/bench-server';
import { Clients } from '../../bench/harness/load';
import { ProductProcess } from '../../bench/harness/product-processes';
import { type BenchOrganisation, setUpInstallation } from '../../bench/harness/set-up';
import { quantile } from '../../bench/harness/statistics';
import { blockOf, type Hands, PREFIX, type Said } from '../../bench/trace/season-block';
import { LagWatch, type Seen } from './bench/lag/lag-watch';
import { sendOnSchedule } from './bench/lag/schedule';
import { campaign } from './bench/tally';

const SIZES = {
  // Beside other tests nothing can be said of how quick it is; that it follows can.
  small: { perSecond: 50, seconds: 20, lagSecondsMax: 20, warmUpSeconds: 8 },
  full: { perSecond: 500, seconds: 600, lagSecondsMax: 2, warmUpSeconds: 120 },
};
const CLIENTS = 64;
const CHAINS = 125;
/** How much more memory than after the warm-up is still steady. */
const GROWTH_MAX = 0.1;
/** Memory goes up and down with every collection, so medians over this long are compared, in seconds. */
const WINDOW_SECONDS = 30;

export const prove = campaign(async (tally) => {
  const { perSecond, seconds, lagSecondsMax, warmUpSeconds } = SIZES[tally.size];
  const server = await BenchServer.start((line) => tally.say(line));
  const urls = await server.database('ours', true);
  const api = await ProductProcess.start('api', urls);
  const worker = await ProductProcess.start('worker', urls);
  const client = await server.connect('ours');
  const clients = new Clients(api.url, CLIENTS);
  try {
    const [coop, mill, shop] = (await setUpInstallation(api.url, urls.serviceUrl, ['COOP', 'MILL', 'SHOP'], {
      COOP: { gs1Prefix: PREFIX.coop }, MILL: { gs1Prefix: PREFIX.mill, type: 'decoction-piece-factory' }, SHOP: { gs1Prefix: PREFIX.shop, type: 'retailer' },
    })) as [BenchOrganisation, BenchOrganisation, BenchOrganisation];
    const watch = new LagWatch(client, { api: api.pid, worker: worker.pid });
    watch.start();
    const sending = await sendOnSchedule(season({ coop, mill, shop }), perSecond, seconds, async ({ who, body }) => {
      const headers = { authorization: `Bearer ${who.apiKey}`, 'content-type': 'application/json' };
      const { status, body: answer } = await clients.send({ method: 'POST', path: '/epcis/events', headers, body: JSON.stringify(body) });
      return status < 300 ? undefined : `${status} ${answer.toString('utf8').slice(0, 300)}`;
    });
    await watch.stop();
    const { seen } = watch;
    tally.say(`${sending.latenciesMs.length} events in ${sending.seconds.toFixed(1)} s (${(sending.latenciesMs.length / sending.seconds).toFixed(0)} a second; ${perSecond} were due)`);
    tally.say(`answered in p50 ${quantile(sending.latenciesMs, 0.5).toFixed(0)} ms, p99 ${quantile(sending.latenciesMs, 0.99).toFixed(0)} ms from when each was due`);
    await tally.holds('every event was taken', () => assert.deepEqual(sending.failures.slice(0, 5), []));
    for (const name of Object.keys(seen.at(-1)?.followers ?? {})) {
      const lags = seen.map(({ followers }) => followers[name]?.lagSeconds ?? 0);
      const behind = Math.max(...seen.map(({ followers }) => followers[name]?.behind ?? 0));
      tally.say(`follower ${name}: lag p50 ${quantile(lags, 0.5).toFixed(2)} s, p99 ${quantile(lags, 0.99).toFixed(2)} s, most ${Math.max(...lags).toFixed(2)} s (${behind} entries)`);
      await tally.holds(`${name} is within ${lagSecondsMax} s of the log 99 % of the time`, () => assert.ok(quantile(lags, 0.99) <= lagSecondsMax));
    }
    for (const name of ['api', 'worker']) {
      const [early, late] = [medianMb(seen, name, warmUpSeconds), medianMb(seen, name, Infinity)];
      tally.say(`memory of ${name}: ${early.toFixed(0)} MB after ${warmUpSeconds} s, ${late.toFixed(0)} MB at the end`);
      if (tally.size === 'full') await tally.holds(`the memory of ${name} is steady`, () => assert.ok(late <= early * (1 + GROWTH_MAX), `${early} → ${late} MB`));
    }
    await tally.holds('all followers come to the end of the log', () => reachEnd(server));
  } finally {
    clients.close();
    await client.end();
    await worker.stop();
    await api.stop();
    await server.stop();
  }
});

/** Ordinary business without end: in each block all chains take their first step, then all their second. */
function* season(hands: Hands): Generator<Said> {
  for (let block = 1; ; block++) {
    const said = blockOf(block, CHAINS, hands, new Date(Date.now() - 60_000));
    const steps = said.length / CHAINS;
    for (let step = 0; step < steps; step++) for (let chain = 0; chain < CHAINS; chain++) yield said[chain * steps + step] as Said;
  }
}

/** Median over the window that ends then. */
function medianMb(seen: readonly Seen[], name: string, endSeconds: number): number {
  const end = Math.min(endSeconds, seen.at(-1)?.at ?? 0);
  const inWindow = seen.filter(({ at }) => at <= end && at > end - WINDOW_SECONDS).map(({ residentMb }) => residentMb[name] as number);
  return quantile(inWindow, 0.5);
}

async function reachEnd(server: BenchServer): Promise<void> {
  const client = await server.connect('ours');
  try {
    for (const until = Date.now() + 60_000; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
      const { rows } = await client.query<{ behind: number }>('SELECT max(h.size - f.position)::int AS behind FROM follower f, log_head h');
      if (rows[0]?.behind === 0) return;
      assert.ok(Date.now() < until, `${rows[0]?.behind} entries are left`);
    }
  } finally {
    await client.end();
  }
}
