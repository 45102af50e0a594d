import { BareHttp } from './baseline/bare-http';
import type { Bench } from './harness/bench';
import { BenchServer } from './harness/bench-server';
import { KeepAliveLoad } from './harness/keep-alive-load';
import { ProductProcess } from './harness/product-processes';
import { type BenchOrganisation, post, setUpInstallation } from './harness/set-up';

const CONNECTIONS = 16;
/** What phones send. */
const HEADERS = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'Accept-Language': 'zh-CN,zh;q=0.9', 'User-Agent': 'bench' };
/** Headers that Node sets by itself, or that say how this one connection goes on. */
const OF_THE_CONNECTION = ['date', 'connection', 'keep-alive'];

/** The public page of one batch, asked for again and again: the hot path of a scan. */
export const bench: Bench = {
  name: 'public-page',
  measures: `the warm public page of a batch, over ${CONNECTIONS} connections kept alive, from a resolver process`,
  against: 'a bare node:http server in a process of its own that sends the same bytes and headers',
  unit: 'requests',
  target: { throughputAtLeast: 0.7 },
  async setUp(run) {
    const requests = run.size === 'full' ? 30_000 : 500;
    const server = await BenchServer.start(run.say);
    const database = await server.database('ours');
    const api = await ProductProcess.start('api', database);
    const worker = await ProductProcess.start('worker', database);
    const [organisation] = (await setUpInstallation(api.url, database.serviceUrl, ['COOP'])) as [BenchOrganisation];
    const path = `/p/b/${await aBatch(api.url, organisation)}`;
    await settled(server);
    await worker.stop();
    await api.stop();
    const resolver = await ProductProcess.start('resolver', database);
    const answer = await fetch(resolver.url + path, { headers: HEADERS });
    const body = await answer.text();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${body.slice(0, 500)}`);
    const headers: Record<string, string> = {};
    answer.headers.forEach((value, name) => {
      if (!OF_THE_CONNECTION.includes(name)) headers[name] = value;
    });
    const bare = await BareHttp.start({ headers, body });
    const ours = await KeepAliveLoad.open(resolver.url, path, HEADERS, CONNECTIONS);
    const theirs = await KeepAliveLoad.open(bare.url, path, HEADERS, CONNECTIONS);
    run.say(`a page of ${Buffer.byteLength(body)} bytes`);
    const asked = (load: KeepAliveLoad) => async () => ({ units: requests, seconds: await load.ask(requests) });
    await asked(ours)();
    await asked(theirs)();
    return {
      ours: asked(ours),
      baseline: asked(theirs),
      async tearDown() {
        ours.close();
        theirs.close();
        await bare.stop();
        await resolver.stop();
        await server.stop();
      },
    };
  },
};

/** A batch with a story: what grows on a plot, its harvest, and what was dried of it. @returns its code */
async function aBatch(url: string, { apiKey, ownerToken }: BenchOrganisation): Promise<string> {
  const base = await post(url, ownerToken, '/api/v1/bases', { name: '东山基地', region: '141026' });
  const boundary = { type: 'Polygon', coordinates: [[[112.2, 36.1], [112.21, 36.1], [112.21, 36.11], [112.2, 36.11], [112.2, 36.1]]] };
  const plot = await post(url, ownerToken, '/api/v1/plots', { baseId: base['id'], name: '东坡', layer: 'crop', fromYear: 2023, boundary, datum: 'WGS-84' });
  const firstOf = (answer: Record<string, unknown>): string => (answer['batches'] as { code: string }[])[0]!.code;
  const crop = firstOf(await post(url, apiKey, '/api/v1/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', grade: '青翘', plots: [plot['id']], mode: 'wild-tended' }));
  const fresh = firstOf(await post(url, apiKey, '/api/v1/harvests', { eventTime: '2026-08-20T09:30:00+08:00', crop, quantity: '812.5', unit: 'kg' }));
  return firstOf(await post(url, apiKey, '/api/v1/processing', {
    eventTime: '2026-08-22T09:30:00+08:00', step: 'drying', inputs: [{ batch: fresh, quantity: '812.5', unit: 'kg' }],
    outputs: [{ form: 'dried', quantity: '272.5', unit: 'kg' }], losses: [{ cause: 'drying', quantity: '540', unit: 'kg' }],
  }));
}

async function settled(server: BenchServer): Promise<void> {
  const client = await server.connect('ours');
  for (let isBehind = true; isBehind; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const { rows } = await client.query('SELECT EXISTS (SELECT FROM follower f, log_head h WHERE f.position < h.size) AS behind');
    isBehind = rows[0].behind;
  }
  await client.end();
}
