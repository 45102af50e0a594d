/**
 * The product as a process on this machine: how long a first and a second start take, what it weighs idle; and that
 * after kill -9 of any of its processes the next start, or the same, goes on with nothing acknowledged missing.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bare, kgs } from './bench/field';
import { freePort, Standalone } from './bench/standalone';
import { campaign, type Tally } from './bench/tally';

const FIRST_START_MAX_S = 60;
const SECOND_START_MAX_S = 8;
const IDLE_PSS_MAX_MB = 450;
/** How long a product may take to answer again after its database was hurt. */
const BACK_WITHIN_MS = 60_000;
const SOMEBODY = 65_534;

export const prove = campaign(async (tally) => {
  // Made with mode 700: nobody but this user can enter, and as root PostgreSQL runs as somebody else.
  const folder = mkdtempSync(join(tmpdir(), 'daodi-start-'));
  const field = new Field(tally, join(folder, 'data'), await freePort());
  try {
    await field.starts();
    const rounds = tally.size === 'full' ? 10 : 1;
    for (let round = 1; round <= rounds; round++) for (const victim of ['node', 'postmaster', 'backend'] as const) await field.survives(victim, round);
  } finally {
    await field.close();
    rmSync(folder, { recursive: true, force: true });
  }
  await ordinaryUser(tally);
});

type Victim = 'node' | 'postmaster' | 'backend';

class Field {
  private product?: Standalone;
  private readonly acknowledged: string[] = [];
  private sent = 0;

  constructor(
    private readonly tally: Tally,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  async close(): Promise<void> {
    await this.product?.stop();
  }

  /** Times are said always and judged in full size only: other tests may be running beside the small one. */
  async starts(): Promise<void> {
    const isJudged = this.tally.size === 'full';
    const first = await this.timed();
    const from = process.hrtime.bigint();
    await this.product?.seasonPlayed();
    this.tally.say(`its season was complete ${(Number(process.hrtime.bigint() - from) / 1e9).toFixed(1)} s later`);
    const idle = await idlePss(this.product as Standalone);
    this.tally.say(`first start with its demo ${first.toFixed(1)} s, idle ${idle.toFixed(0)} MB (PSS of all its processes)`);
    await this.tally.holds(`it is ready within ${FIRST_START_MAX_S} s`, () => assert.ok(!isJudged || first <= FIRST_START_MAX_S, `${first} s`));
    await this.tally.holds(`idle it weighs at most ${IDLE_PSS_MAX_MB} MB`, () => assert.ok(idle <= IDLE_PSS_MAX_MB, `${idle} MB`));
    await this.product?.stop();
    const second = await this.timed();
    this.tally.say(`second start ${second.toFixed(1)} s`);
    await this.tally.holds(`it is ready again within ${SECOND_START_MAX_S} s`, () => assert.ok(!isJudged || second <= SECOND_START_MAX_S, `${second} s`));
  }

  private async timed(): Promise<number> {
    const from = process.hrtime.bigint();
    this.product = await Standalone.start(this.folder, this.port, { demo: true });
    const ready = await fetch(`${this.product.url}/readyz`);
    assert.equal(ready.status, 200);
    return Number(process.hrtime.bigint() - from) / 1e9;
  }

  /** Kills one process while eight clients post; then everything acknowledged is there, and more can be said. */
  async survives(victim: Victim, round: number): Promise<void> {
    await this.tally.holds(`kill -9 of the ${victim}, round ${round}: nothing acknowledged is missing`, async () => {
      const product = this.product as Standalone;
      const before = this.acknowledged.length;
      let isOver = false;
      const clients = Array.from({ length: 8 }, async () => {
        while (!isOver) if (!(await this.post(product))) await new Promise((resolve) => setTimeout(resolve, 20));
      });
      while (this.acknowledged.length < before + 40) await new Promise((resolve) => setTimeout(resolve, 10));
      process.kill(pidOf(victim, product), 'SIGKILL');
      if (victim === 'backend') await this.back(product);
      else await product.gone();
      isOver = true;
      await Promise.all(clients);
      if (victim !== 'backend') this.product = await Standalone.start(this.folder, this.port, { demo: true });
      await this.everythingIsThere();
      assert.ok(await this.post(this.product as Standalone), 'more can be said');
    });
  }

  /** Posts one event; true where it was acknowledged. */
  private async post(product: Standalone): Promise<boolean> {
    const id = `urn:example:start-stop:${(this.sent += 1)}`;
    const body = bare('ObjectEvent', '2026-09-01T08:00:00+08:00', { eventID: id, action: 'ADD', bizStep: 'commissioning', quantityList: [kgs(`urn:example:lot:${id}`, 1)] });
    try {
      const answer = await fetch(`${product.url}/epcis/events`, { method: 'POST', body: JSON.stringify(body), headers: { ...this.authorization(), 'content-type': 'application/json' } });
      await answer.text();
      if (answer.status === 201) this.acknowledged.push(id);
      return answer.status === 201;
    } catch {
      return false;
    }
  }

  /** Waits until a product whose database was hurt takes events again, without a start. */
  private async back(product: Standalone): Promise<void> {
    const count = this.acknowledged.length;
    for (const until = Date.now() + BACK_WITHIN_MS; this.acknowledged.length < count + 50; await new Promise((resolve) => setTimeout(resolve, 50))) {
      if (Date.now() > until) throw new Error(`no answer any more: ${(await fetch(`${product.url}/readyz`)).status}`);
    }
  }

  private async everythingIsThere(): Promise<void> {
    const client = await (this.product as Standalone).look();
    try {
      const { rows } = await client.query('SELECT event_id FROM entry WHERE event_id = ANY($1)', [this.acknowledged]);
      assert.equal(new Set(rows.map(({ event_id }) => event_id)).size, this.acknowledged.length, 'acknowledged and stored');
      const { rows: [log] } = await client.query('SELECT count(*) AS entries, max(position) + 1 AS next, (SELECT size FROM log_head) AS size FROM entry');
      assert.deepEqual([log.entries, log.next], [log.size, log.size], 'positions without a gap');
    } finally {
      await client.end();
    }
  }

  private authorization(): Record<string, string> {
    const { organisations } = JSON.parse(readFileSync(join(this.folder, 'demo-credentials.json'), 'utf8')) as { organisations: { code: string; apiKey: string }[] };
    return { authorization: `Bearer ${organisations.find(({ code }) => code === 'ANZE-LQ')?.apiKey}` };
  }
}

/** Which process to kill: ours, PostgreSQL's first, or one of those that serve a connection of ours. */
function pidOf(victim: Victim, product: Standalone): number {
  if (victim === 'node') return product.pid;
  const postmaster = postmasterOf(product);
  if (victim === 'postmaster') return postmaster;
  const serving = descendants(postmaster).find((pid) => /daodi_service/.test(commandOf(pid)));
  assert.ok(serving !== undefined, 'a backend that serves us');
  return serving;
}

const postmasterOf = ({ folder }: Standalone): number => Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

const commandOf = (pid: number): string => read(`/proc/${pid}/cmdline`);

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Processes below one, however deep. */
function descendants(of: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    // The command in brackets may hold anything, so the fields are counted from behind it (proc_pid_stat(5)).
    const fields = /^\d+$/.test(name) ? read(`/proc/${name}/stat`).split(') ').at(-1)?.split(' ') : undefined;
    if (fields?.[1] !== undefined) parents.set(Number(name), Number(fields[1]));
  }
  const found = [of];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found.slice(1);
}

/** Megabytes that would come free if it ended: the least of some looks, once it has nothing to do. */
async function idlePss(product: Standalone): Promise<number> {
  let least = Infinity;
  for (let look = 0; look < 5; look++) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const pids = new Set([product.pid, ...descendants(product.pid), postmasterOf(product), ...descendants(postmasterOf(product))]);
    const kilobytes = [...pids].reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0), 0);
    least = Math.min(least, kilobytes / 1024);
  }
  return least;
}

/** As a user without any rights, its data below a folder that nobody else can enter. */
async function ordinaryUser(tally: Tally): Promise<void> {
  if (process.getuid?.() !== 0) return tally.say('not root: all of this was done by an ordinary user');
  const reaches = spawnSync(process.execPath, ['-e', `require('node:fs').accessSync(${JSON.stringify(__filename)})`], { uid: SOMEBODY, gid: SOMEBODY });
  if (reaches.status !== 0) return tally.say('this clone lies where an ordinary user cannot enter: not tried as one');
  const folder = mkdtempSync(join(tmpdir(), 'daodi-user-'));
  try {
    await tally.holds('it starts, stops and starts again for an ordinary user below a mode-700 folder of its own', async () => {
      const own = join(folder, 'own');
      mkdirSync(own, { mode: 0o700 });
      chmodSync(folder, 0o755);
      chownSync(own, SOMEBODY, SOMEBODY);
      const port = await freePort();
      for (let start = 0; start < 2; start++) {
        const product = await Standalone.start(join(own, 'data'), port, { as: SOMEBODY });
        assert.equal((await fetch(`${product.url}/readyz`)).status, 200);
        await product.stop();
      }
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
