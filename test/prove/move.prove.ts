/**
 * A used demo moves from the built-in database to a server and back: every table comes out the same at each step, and
 * what was acknowledged before is answered the same after. Beside it a backup taken while it ran says where it ends and
 * what the live database has beyond it, and is restored with a list of what was erased since.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@daodi/platform';
import { type CommandRun, daodi } from './bench/cli';
import { bare, EPCIS_CONTEXT } from './bench/field';
import { freePort, Standalone } from './bench/standalone';
import { campaign, type Tally } from './bench/tally';

export const prove = campaign(async (tally) => {
  const folder = mkdtempSync(join(tmpdir(), 'daodi-move-'));
  const road = new Road(tally, folder, await freePort());
  try {
    await road.use();
    await road.backUp();
    await road.toServer();
    await road.andBack();
    await road.restoreOld();
  } finally {
    await road.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

const APPENDED = 7;
type Digests = ReadonlyMap<string, string>;

class Road {
  private product?: Standalone;
  private server?: EmbeddedPostgres;
  private key = '';
  private owner = '';
  private readonly erased = 'urn:uuid:6f1b1f5e-0000-4000-8000-00000000e4a5';
  private bound: unknown;
  private atHome: Digests = new Map();

  constructor(
    private readonly tally: Tally,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  async close(): Promise<void> {
    await this.product?.stop();
    await this.server?.stop();
  }

  private get home() {
    return { DAODI_DATA: join(this.folder, 'home') };
  }

  private file(name: string): string {
    return join(this.folder, name);
  }

  /** The demo, and what its people did beyond it. */
  async use(): Promise<void> {
    this.product = await Standalone.start(this.home.DAODI_DATA, this.port, { demo: true });
    await this.product.seasonPlayed();
    const { organisations } = JSON.parse(readFileSync(join(this.home.DAODI_DATA, 'demo-credentials.json'), 'utf8'));
    const own = organisations.find(({ code }: { code: string }) => code === 'ANZE-LQ');
    this.key = own.apiKey;
    const { login, password } = own.users.find(({ role }: { role: string }) => role === 'owner');
    this.owner = (await this.done('/api/v1/sessions', { login, password }))['token'] as string;
    const count = this.tally.size === 'full' ? 3_000 : 60;
    for (let i = 0; i < count; i++) await this.capture(observation(`urn:daodi:move:${i}`));
    this.bound = await this.capture(observation('urn:daodi:move:bound'), 'bound-before');
    await this.capture(observation(this.erased, '家住某村的张三'));
  }

  async backUp(): Promise<void> {
    await this.tally.holds('a backup is taken while the product runs, and is whole', async () => {
      this.tally.say(succeeded(await daodi(this.home, 'backup', this.file('yesterday'), '--digests')).err.trim());
      assert.equal(statSync(this.file('yesterday')).mode & 0o777, 0o600);
      assert.match(succeeded(await daodi(this.home, 'backup', 'check', this.file('yesterday'))).out, /whole/);
    });
    for (let i = 0; i < APPENDED; i++) await this.capture(observation(`urn:daodi:moved:${i}`));
    await this.done(`/api/v1/events/${encodeURIComponent(this.erased)}/erasure`, { reason: '当事人要求' }, this.owner);
    await this.tally.holds('compared with the live database it says its last position and time and lists what it lacks', async () => {
      const { out } = succeeded(await daodi(this.home, 'backup', 'compare', this.file('yesterday')));
      assert.match(out, /last entry \d+, recorded 20\d\d-/);
      assert.match(out, new RegExp(`the backup lacks\\t(\\d+)–(\\d+)\\t${APPENDED + 1} 条`));
      assert.match(out, /agree\t\d+/);
      assert.match(out, /erasure\t1/);
      this.tally.say(out.trim());
    });
    await this.tally.holds('an incremental backup goes on from it, and the two are whole together only in their order', async () => {
      succeeded(await daodi(this.home, 'backup', this.file('today'), '--since', this.file('yesterday')));
      assert.match(succeeded(await daodi(this.home, 'backup', 'check', this.file('yesterday'), this.file('today'))).out, /whole/);
      assert.equal((await daodi(this.home, 'backup', 'check', this.file('today'), this.file('yesterday'))).code, 1);
    });
    await this.tally.holds('the list of erasures is written', async () => succeeded(await daodi(this.home, 'erasures', 'export', this.file('erasures'))));
    await this.tally.holds('it does not move while it runs', async () => {
      const server = await this.elsewhere();
      const { code, err } = await daodi(this.home, 'move', '--to', server);
      assert.equal(code, 1);
      assert.match(err, /already running on port/);
    });
  }

  async toServer(): Promise<void> {
    await this.product?.stop();
    await this.tally.holds('embedded → server: every table comes out the same', async () => {
      const run = succeeded(await daodi(this.home, 'move', '--to', await this.elsewhere()));
      this.atHome = equalTables(run);
      this.tally.say(run.out.split('\n').find((line) => line.startsWith('一致')) ?? '');
      assert.equal(statSync(join(this.home.DAODI_DATA, 'server-database.env')).mode & 0o777, 0o600);
    });
    const settings = this.serverSettings();
    this.product = await Standalone.start(this.home.DAODI_DATA, this.port, { demo: true, settings });
    await this.goesOn('on the server', 'server');
    await this.product.stop();
    await this.tally.holds('made anew on the server every table comes out the same', async () => succeeded(await daodi({ ...this.home, ...settings }, 'rebuild', 'all')));
    await this.tally.holds('the server fits the release', async () => succeeded(await daodi({ ...this.home, ...settings }, 'upgrade', 'check')));
  }

  async andBack(): Promise<void> {
    const back = { DAODI_DATA: this.file('back') };
    await this.tally.holds('server → embedded: every table comes out the same', async () => {
      const run = succeeded(await daodi({ ...back, ...this.serverSettings() }, 'move', '--to', 'embedded'));
      this.tally.say(run.out.split('\n').find((line) => line.startsWith('一致')) ?? '');
      assert.deepEqual([...equalTables(run).keys()], [...this.atHome.keys()]);
    });
    await this.tally.holds('it does not move into what is used already', async () => {
      const { code, err } = await daodi({ ...this.home, ...this.serverSettings() }, 'move', '--to', 'embedded');
      assert.equal(code, 1);
      assert.match(err, /entries already/);
    });
    this.product = await Standalone.start(back.DAODI_DATA, this.port, { demo: true });
    await this.goesOn('back home', 'back');
    await this.product.stop();
    this.product = undefined;
  }

  /** Yesterday's backup with the list of erasures: what was erased since is not in it. */
  async restoreOld(): Promise<void> {
    const old = { DAODI_DATA: this.file('old') };
    await this.tally.holds('a damaged backup is refused, and leaves an empty database', async () => {
      const { code, err } = await daodi(old, 'restore', this.file('erasures'));
      assert.equal(code, 1);
      assert.match(err, /is not a backup of Daodi/);
    });
    await this.tally.holds('yesterday’s backup is restored, says where it ends, and does not bring back what was erased', async () => {
      const { out } = succeeded(await daodi(old, 'restore', this.file('yesterday'), '--erasures', this.file('erasures')));
      assert.match(out, /last entry \d+, recorded 20\d\d-/);
      assert.match(out, /again 1/);
      this.tally.say(out.trim());
    });
    this.product = await Standalone.start(old.DAODI_DATA, this.port, { demo: true });
    await this.tally.holds('the erased words are nowhere in the restored database', async () => {
      const client = await (this.product as Standalone).look();
      const { rows } = await client.query(`SELECT count(*)::int AS n FROM entry_body WHERE body::text LIKE '%张三%'`);
      await client.end();
      assert.equal(rows[0].n, 0);
    });
    await this.goesOn('from yesterday', 'yesterday');
  }

  private async goesOn(where: string, mark: string): Promise<void> {
    await this.tally.holds(`${where} a repeated Idempotency-Key is answered as before, and new events are taken`, async () => {
      assert.deepEqual(await this.capture(observation('urn:daodi:move:bound'), 'bound-before'), this.bound);
      await this.capture(observation(`urn:daodi:move:${mark}`));
      const ready = await fetch(`${(this.product as Standalone).url}/readyz`);
      assert.equal(ready.status, 200, await ready.text());
    });
  }

  /** A PostgreSQL server of its own; the URL of its administrator. */
  private async elsewhere(): Promise<string> {
    this.server ??= await startEmbeddedPostgres({ folder: this.file('server') });
    return this.server.superuserUrl('daodi');
  }

  private serverSettings(): Record<string, string> {
    const text = readFileSync(join(this.home.DAODI_DATA, 'server-database.env'), 'utf8');
    return Object.fromEntries(text.trim().split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  }

  private capture(event: unknown, idempotencyKey?: string): Promise<Record<string, unknown>> {
    return this.done('/epcis/events', event, this.key, idempotencyKey);
  }

  private async done(path: string, body: unknown, token?: string, idempotencyKey?: string): Promise<Record<string, unknown>> {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...(idempotencyKey && { 'idempotency-key': idempotencyKey }) };
    const answer = await fetch((this.product as Standalone).url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await answer.text();
    assert.ok(answer.ok, `${path}: ${answer.status} ${text}`);
    return text === '' ? {} : JSON.parse(text);
  }
}

function observation(eventID: string, note?: string): Record<string, unknown> {
  return bare('ObjectEvent', '2026-09-01T08:00:00+08:00', { eventID, action: 'OBSERVE', epcList: ['urn:daodi:thing:move'], bizStep: 'inspecting', ...(note && { '@context': [EPCIS_CONTEXT, { ex: 'https://example.com/words/' }], 'ex:note': note }) });
}

function succeeded(run: CommandRun): CommandRun {
  assert.equal(run.code, 0, `${run.out}${run.err}`);
  return run;
}

/** Tables and their number of rows, each said to be equal. */
function equalTables({ out }: CommandRun): Digests {
  const tables = new Map([...out.matchAll(/^(\w+)\t(\d+)\tequal$/gm)].map(([, table, rows]) => [table as string, rows as string]));
  assert.ok(tables.size > 30 && Number(tables.get('entry')) > 100, out);
  return tables;
}
