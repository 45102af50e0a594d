import type { Client } from 'pg';
import { RawInsert } from '../baseline/raw-insert';
import { countsOf, type StoredTable, StoredRows } from '../baseline/stored-rows';
import type { BenchRun, Sample } from './bench';
import { BenchServer } from './bench-server';
import { cpuSeconds } from './cpu-time';
import { EventStream } from './events';
import { Clients } from './load';
import { ProductProcess } from './product-processes';
import { forgetStatements, functionLines, statementLines } from './profile';
import { type BenchOrganisation, setUpInstallation } from './set-up';

/** How long captured work may take to be done, followers included. */
const SETTLED_WITHIN_MS = 120_000;
const OURS = 'ours';
const BASELINE = 'baseline';

/**
 * The product's `api` and `worker` as processes of their own, and on the same server a second, equal database for the
 * baseline. What one sample of ours stored, one sample of the baseline stores again.
 */
export class CaptureBed {
  /** What ours stored and the baseline has not stored yet, oldest first. */
  private readonly stored: StoredTable[][] = [];

  private constructor(
    readonly server: BenchServer,
    readonly processes: readonly ProductProcess[],
    readonly organisation: BenchOrganisation,
    readonly events: EventStream,
    readonly clients: Clients,
    readonly looking: Client,
    private readonly run: BenchRun,
    private readonly rows: StoredRows,
    private readonly raw: RawInsert,
  ) {}

  /** @param clients of ours, and connections of the baseline */
  static async open(run: BenchRun, { clients, connections }: { readonly clients: number; readonly connections: number }): Promise<CaptureBed> {
    const server = await BenchServer.start(run.say, run.profileFolder !== undefined);
    try {
      return await CaptureBed.on(server, run, clients, connections);
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  private static async on(server: BenchServer, run: BenchRun, clients: number, connections: number): Promise<CaptureBed> {
    const database = await server.database(OURS);
    await server.database(BASELINE);
    const flags = run.profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${run.profileFolder}`, '--cpu-prof-interval=500'];
    const api = await ProductProcess.start('api', database, {}, flags);
    const worker = await ProductProcess.start('worker', database, {}, flags);
    const [organisation] = (await setUpInstallation(api.url, database.serviceUrl, ['COOP'])) as [BenchOrganisation];
    const looking = await server.connect(OURS);
    const raw = await RawInsert.open(server.url(BASELINE), connections);
    if (run.profileFolder !== undefined) await forgetStatements(looking);
    return new CaptureBed(server, [api, worker], organisation, new EventStream(organisation), new Clients(api.url, clients), looking, run, new StoredRows(looking), raw);
  }

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.organisation.apiKey}`, 'content-type': 'application/json' };
  }

  /** Measures work of ours; afterwards lets the followers come to rest and notes every row it stored. */
  async measure(units: number, work: () => Promise<readonly number[]>): Promise<Sample> {
    await this.rows.mark();
    const busy = this.coreTimes();
    const since = performance.now();
    const latenciesMs = await work();
    const seconds = (performance.now() - since) / 1000;
    const figures = spent(busy, this.coreTimes(), units);
    await this.until(`SELECT NOT EXISTS (SELECT FROM follower f, log_head h WHERE f.position < h.size) AS holds`);
    const stored = await this.rows.sinceMark();
    const entries = countsOf(stored)['entry'];
    if (entries !== units) throw new Error(`${entries} entries are stored of ${units} events`);
    this.stored.push(stored);
    return { units, seconds, latenciesMs, figures };
  }

  /** Lets the planner know both databases, as it knows one that has been in use. To be called once something is stored. */
  async settleIn(): Promise<void> {
    await this.repeat(1, 1);
    for (const name of [OURS, BASELINE]) {
      const client = await this.server.connect(name);
      await client.query('VACUUM ANALYZE');
      await client.end();
    }
  }

  /** Stores again what an earlier sample of ours stored, in so many commits. */
  async repeat(units: number, commits: number): Promise<Sample> {
    const tables = this.stored.shift();
    if (tables === undefined) throw new Error('there is nothing left to repeat');
    const busy = this.coreTimes();
    const stored = await this.raw.store(tables, commits);
    return { units, ...stored, figures: spent(busy, this.coreTimes(), units) };
  }

  private coreTimes(): CoreTimes {
    const [api, worker] = this.processes.map(({ pid }) => cpuSeconds(pid));
    const { user, system } = process.cpuUsage();
    return { api, worker, database: cpuSeconds(this.server.pid), sender: (user + system) / 1e6 };
  }

  /** Rows of one sample, in words. */
  told(): string {
    return Object.entries(countsOf(this.stored.at(-1) ?? [])).map(([table, rows]) => `${table} ${rows}`).join(', ');
  }

  /** Waits until a query says `holds`. */
  async until(query: string, values: readonly unknown[] = []): Promise<void> {
    for (const limit = Date.now() + SETTLED_WITHIN_MS; ; await new Promise((resolve) => setTimeout(resolve, 5))) {
      const { rows } = await this.looking.query<{ holds: boolean }>({ name: query.slice(0, 60), text: query, values: [...values] });
      if (rows[0]!.holds) return;
      if (Date.now() > limit) throw new Error(`it does not come to hold: ${query}`);
    }
  }

  async close(): Promise<void> {
    this.clients.close();
    await this.raw.close();
    const { profileFolder, say } = this.run;
    if (profileFolder !== undefined) for (const line of await statementLines(this.looking)) say(line);
    await this.looking.end();
    for (const product of this.processes) await product.stop();
    if (profileFolder !== undefined) for (const line of functionLines(profileFolder)) say(line);
    await this.server.stop();
  }
}

/** Seconds on a core since their start: of the product's processes, of the database, and of this process. */
type CoreTimes = Readonly<Record<'api' | 'worker' | 'database' | 'sender', number | undefined>>;

/** What one unit cost each of them, in milliseconds on a core. */
function spent(before: CoreTimes, after: CoreTimes, units: number): Record<string, number> {
  return Object.fromEntries(
    (Object.keys(after) as (keyof CoreTimes)[]).flatMap((who) => {
      const [from, to] = [before[who], after[who]];
      return from === undefined || to === undefined ? [] : [[`${who}CoreMs`, (1000 * (to - from)) / units]];
    }),
  );
}
