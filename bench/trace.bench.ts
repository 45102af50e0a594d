import assert from 'node:assert/strict';
import { TraceQuery } from './baseline/trace-query';
import type { Bench } from './harness/bench';
import { BenchServer } from './harness/bench-server';
import { Clients, type Sent } from './harness/load';
import { FULL, nodesOf, type Shape } from './trace/genealogy';
import { fillLog, tablesCopiedWrongly } from './trace/million';

const SMALL: Shape = { depth: 10, width: 6 };
const OURS = 'ours';

/** The whole genealogy of one lot, judged, as an organisation that may read all of it. */
export const bench: Bench = {
  name: 'trace',
  measures: 'GET /api/v1/trace of a genealogy of 10,000 nodes, 200 levels deep, in a log of 1,000,000 events',
  against: 'one hand-written query that returns the same nodes and edges, over a connection of its own',
  unit: 'traces',
  target: { timeAtMost: 1.5 },
  pairs: 11,
  async setUp({ size, say }) {
    const [events, shape] = size === 'full' ? [1_000_000, FULL] as const : [400, SMALL] as const;
    const server = await BenchServer.start(say);
    const since = performance.now();
    const { api, hands, root, ...filled } = await fillLog(server, OURS, events, shape, size === 'full' ? undefined : 5);
    // Only a small log is made anew in a moment; the large one is filled in the same way.
    if (size === 'small') assert.deepEqual(await tablesCopiedWrongly(filled.ownerUrl), []);
    const client = await server.connect(OURS);
    const { rows: [disk] } = await client.query('SELECT pg_size_pretty(pg_database_size(current_database())) AS size');
    say(`a log of ${filled.size} entries, filled in ${Math.round((performance.now() - since) / 1000)} s; the database takes ${disk.size}`);
    const { rows: [node] } = await client.query('SELECT node FROM line WHERE spelled = $1', [root]);
    const query = new TraceQuery(client, node.node, hands.mill.id);
    const clients = new Clients(api.url, 1);
    const question: Sent = { method: 'GET', path: `/api/v1/trace?epc=${encodeURIComponent(root)}`, headers: { authorization: `Bearer ${hands.mill.apiKey}` } };

    const answer = JSON.parse((await clients.send(question)).body.toString('utf8'));
    assert.equal(answer.complete, true, JSON.stringify(answer.gaps?.slice(0, 3)));
    assert.equal(answer.nodes.length, nodesOf(shape));
    const same = await query.genealogy();
    assert.deepEqual(answer.edges.map((e: Json) => `${e.from} ${e.to} ${e.eventID} ${e.quantity}`).sort(), same.edges);
    assert.deepEqual(answer.nodes.map((n: Json) => `${n.id} ${n.aka?.[0]} ${n.quantity} ${n.herb ?? null} ${n.grade ?? null} ${n.holder ?? null}`).sort(), same.nodes);

    const ours = async () => ({ units: 1, seconds: (await clients.send(question)).ms / 1000 });
    const baseline = async () => {
      const start = performance.now();
      await query.ask();
      return { units: 1, seconds: (performance.now() - start) / 1000 };
    };
    for (let n = 0; n < 5; n++) {
      await ours();
      await baseline();
    }
    return {
      ours,
      baseline,
      async tearDown() {
        clients.close();
        await client.end();
        await api.stop();
        await server.stop();
      },
    };
  },
};

type Json = Record<string, any>;
