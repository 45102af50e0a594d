/**
 * A fact that forbids a release and the release itself, raced by 64 clients: no release may stand in the log behind a fact
 * it did not see. Then with the follower of findings stopped, and while it is made anew: a batch with a fresh blocking
 * fact is neither released, nor found fit to be unloaded, nor shown as passed.
 */
import assert from 'node:assert/strict';
import { rebuild } from '@daodi/log';
import { QUALITY_FOLLOWERS } from '@daodi/quality';
import { atOnce, type ClientRequest, sendOne } from './bench/at-once';
import { harvested } from './bench/field';
import { type Credential, type Firm, Product } from './bench/product';
import { Chance, seed } from './bench/random';
import { judgeBy } from './bench/standard';
import { campaign, type Tally } from './bench/tally';

const CLIENTS = 64;
const [MADE, PUT, DECIDED] = ['2026-08-20T09:30:00+08:00', '2026-08-21T09:00:00+08:00', '2026-09-01T09:00:00+08:00'];

interface Scene {
  readonly product: Product;
  readonly url: string;
  readonly coop: Firm;
  readonly buyer: Firm;
  readonly head: Credential;
  readonly lab: readonly [Credential, Credential, Credential];
  readonly zones: { readonly quarantine: string; readonly rejected: string };
}

/** A batch that may be released at once, and what would forbid it, ready to be sent. */
interface Race {
  readonly batch: string;
  readonly fact: ClientRequest;
}

export const prove = campaign(async (tally) => {
  const product = await Product.open({ workers: false });
  try {
    const scene = await makeScene(product);
    const first = seed();
    const chance = new Chance(first);
    const runs = tally.size === 'full' ? 50 : 4;
    tally.say(`seed ${first}`);
    let released = 0;
    for (let run = 1; run <= runs; run++) {
      const [name, make] = FACTS[run % FACTS.length] as (typeof FACTS)[number];
      await tally.holds(`run ${run}: ${name} and ${CLIENTS - 1} releases`, async () => void (released += await race(scene, chance, await make(scene))));
    }
    tally.say(`${runs} runs, ${released} releases came before their fact`);
    for (const [name, make] of FACTS) await tally.holds(`${name}, and no follower has read it`, async () => nothingPasses(scene, await make(scene)));
    await whileMadeAnew(tally, scene);
  } finally {
    await product.close();
  }
});

async function makeScene(product: Product): Promise<Scene> {
  const [coop, buyer] = [await product.firm('COOP'), await product.firm('BUYER', 'processor')];
  const head = await product.person(coop, 'race-head', ['quality-head']);
  const lab = await Promise.all((['lab-tester', 'lab-reviewer', 'lab-approver'] as const).map((role) => product.person(coop, `race-${role}`, [role])));
  for (const firm of [coop, buyer]) await judgeBy(product, firm, 'lianqiao', [{ item: '水分', limitText: '10.0', unit: '%', direction: 'max' }]);
  const zone = async (kind: string): Promise<string> => (await product.post(coop.owner, '/zones', { site: coop.site, zone: kind, name: kind })).id;
  return { product, url: await product.listen(), coop, buyer, head, lab: lab as unknown as Scene['lab'], zones: { quarantine: await zone('quarantine'), rejected: await zone('rejected') } };
}

let serial = 0;

/** A report of the house laboratory, as far as the approval that is still to be sent. */
async function reviewed({ product, coop, lab: [tester, reviewer] }: Scene, batch: string, value: string): Promise<string> {
  const { id } = await product.post(tester, '/test-reports', {
    number: `R-${++serial}`, batch, sampleNumber: `S-${serial}`, commissioner: coop.code, standard: '企业标准', items: [{ test: '水分', value, unit: '%', limitText: '不得过 10.0%' }],
  });
  await product.post(reviewer, `/test-reports/${id}/review`, {});
  return id;
}

/** A harvest in its quarantine zone, with a report that passes. */
async function testedBatch(scene: Scene): Promise<string> {
  const { product, coop, lab, zones } = scene;
  const batch = await harvested(product, coop, '100', MADE);
  await product.post(coop, '/storage', { eventTime: PUT, site: zones.quarantine, lines: [{ batch, quantity: '100', unit: 'kg' }] });
  await product.post(lab[2], `/test-reports/${await reviewed(scene, batch, '8.1')}/approval`, { verdict: 'pass' });
  return batch;
}

/** Facts that forbid a release, each by another door. */
const FACTS: readonly (readonly [string, (scene: Scene) => Promise<Race>])[] = [
  ['a report that fails', async (scene) => {
    const batch = await testedBatch(scene);
    return { batch, fact: { token: scene.lab[2].token, path: `/api/v1/test-reports/${await reviewed(scene, batch, '12.4')}/approval`, body: { verdict: 'fail' } } };
  }],
  ['a zone for what is unfit', async (scene) => {
    const { head, zones } = scene;
    const batch = await testedBatch(scene);
    return { batch, fact: { token: head.token, path: '/api/v1/zone-decisions', body: { eventTime: DECIDED, from: zones.quarantine, to: zones.rejected, lines: [{ batch, quantity: '100', unit: 'kg' }], basis: '霉变' } } };
  }],
  ['a harvest that never was', async (scene) => {
    const { product, coop } = scene;
    const batch = await testedBatch(scene);
    const [made] = await product.dataSource.query(`SELECT l.event_id FROM line l JOIN batch b ON b.identifier = l.identifier WHERE b.code = $1 AND l.role = 'output'`, [batch]);
    return { batch, fact: { token: coop.token, path: `/api/v1/events/${encodeURIComponent(made.event_id)}/correction`, body: { reason: 'did_not_occur' } } };
  }],
];

const releaseOf = ({ head }: Scene, batch: string): ClientRequest => ({ token: head.token, path: '/api/v1/releases', body: { batch, decision: 'released' } });

/** @returns how many releases were let through, all of them before the fact */
async function race(scene: Scene, chance: Chance, { batch, fact }: Race): Promise<number> {
  const { url, product } = scene;
  const factAt = chance.below(CLIENTS);
  const delay = chance.below(120);
  const answers = await Promise.all(Array.from({ length: CLIENTS }, async (_, n) => {
    if (n !== factAt) return sendOne(url, releaseOf(scene, batch));
    await new Promise((resolve) => setTimeout(resolve, delay));
    return sendOne(url, fact);
  }));
  assert.ok((answers[factAt]?.status ?? 500) < 300, `the fact: ${JSON.stringify(answers[factAt]?.body)}`);
  const others = answers.filter((_, n) => n !== factAt);
  assert.deepEqual(others.map(({ status }) => status).filter((status) => status !== 201 && status !== 409), []);
  const [{ last }] = await product.dataSource.query(`SELECT max(position) AS last FROM entry WHERE type <> 'release'`);
  const rows: { position: string; judged: string }[] = await product.dataSource.query(
    `SELECT r.since_position AS position, r.state ->> 'position' AS judged FROM release_decision r JOIN batch b ON b.identifier = r.identifier WHERE b.code = $1`, [batch],
  );
  assert.equal(rows.length, others.filter(({ status }) => status === 201).length);
  for (const { position, judged } of rows) {
    assert.ok(BigInt(position) < BigInt(last), `a release at ${position} stands behind the fact at ${last}`);
    assert.ok(BigInt(judged) <= BigInt(position), 'it was judged before it was stored');
  }
  await nothingPasses(scene, { batch, fact }, true);
  return rows.length;
}

/** With the fact in the log: no release, no dock that lets it in, no page that shows it as passed. */
async function nothingPasses(scene: Scene, { batch, fact }: Race, isThere = false): Promise<void> {
  const { url, product, coop, buyer } = scene;
  if (!isThere) {
    const answer = await sendOne(url, fact);
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
    await product.post(coop, '/shipments', { eventTime: '2026-09-02T08:00:00+08:00', to: { organisation: buyer.code }, lines: [{ batch, quantity: '10', unit: 'kg' }], acceptOverdrawn: true, acceptUndecided: true, reason: '试' });
    const dock = await sendOne(url, { token: buyer.owner.token, method: 'GET', path: `/api/v1/dock?code=${batch}` });
    assert.equal(dock.body.decision, 'refuse', JSON.stringify(dock.body.lots?.[0]?.reasons));
  }
  const refused = await sendOne(url, releaseOf(scene, batch));
  assert.equal(refused.status, 409, JSON.stringify(refused.body));
  const page = await sendOne(url, { token: '', method: 'GET', path: `/p/b/${batch}` });
  assert.notEqual(page.body.release.state, 'released', JSON.stringify(page.body.release));
  assert.notEqual(page.body.standing, 'released');
}

/** The findings are made anew over and over while facts come in and releases are asked for. */
async function whileMadeAnew(tally: Tally, scene: Scene): Promise<void> {
  const { product, url } = scene;
  const races = await Promise.all(FACTS.map(([, make]) => make(scene)));
  let isOver = false;
  const remaking = (async () => {
    while (!isOver) await rebuild(product.dataSource, [], QUALITY_FOLLOWERS, 'findings');
  })();
  try {
    for (const [i, one] of races.entries()) {
      await tally.holds(`${FACTS[i]?.[0]}, while the findings are made anew`, async () => {
        await nothingPasses(scene, one);
        const answers = await atOnce(url, 8, () => releaseOf(scene, one.batch));
        assert.deepEqual([...new Set(answers.map(({ status }) => status))], [409]);
      });
    }
  } finally {
    isOver = true;
    await remaking;
  }
}
