/** What happens once, when an installation is a new demo: its organisations before it is ready, their season after. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasReached, reach, type Closing, type Config, type DatabaseUrls, Readiness } from '@daodi/platform';
import { operatorLink } from '@daodi/registry';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { openLoopbackDoor } from './loopback-door';
import { complain, progress } from './say';

/** What the demo is given: everything a client has, and the way to the operator's one-time link. */
export interface DemoStage {
  /** Where the running product answers; the season is played through its public API. */
  readonly baseUrl: string;
  /** Where `demo-credentials.json` goes. */
  readonly dataFolder: string;
  operatorLink(): Promise<string | undefined>;
  readonly signal?: AbortSignal;
  /** Told after each act of the season. */
  progress?(done: number, acts: number): void;
}

/** The demo, as `seeds/` has it; both may be called again after a start that died half way. */
export interface Demo {
  /** Registers organisations, people, keys, land. */
  prepareDemo(stage: DemoStage): Promise<{ readonly acts: number; playSeason(): Promise<void> }>;
  /** That, and the season. */
  playDemo(stage: DemoStage): Promise<void>;
}

/** The milestone of a database that has the whole demo. */
export const DEMO_SEASON = 'demo-season';
/** How many lines tell of the season while it is played. */
const LINES = 8;

/** How far the season is, as /readyz tells it. */
interface Told {
  readonly acts?: number;
  readonly done?: number;
  readonly complete: boolean;
}

/** The first run of a demo. */
export class FirstRun {
  private told: Told = { complete: false };
  private readonly stopping = new AbortController();
  private closeDoor = (): void => undefined;

  constructor(
    private readonly config: Config,
    private readonly database: DatabaseUrls,
    private readonly app: NestFastifyApplication,
  ) {
    app.get(Readiness).tell('demoSeason', () => ({ ...this.told }));
  }

  /** Registers the demo's organisations, unless this database has all of it. @returns what plays their season, if it is to be played */
  async prepare(): Promise<((closing: Closing) => Promise<void>) | undefined> {
    const demo = await findDemo();
    if (demo === undefined || (await hasReached(this.database.serviceUrl, DEMO_SEASON))) {
      this.told = { complete: true };
      return undefined;
    }
    progress('准备演示数据', 'Preparing the demo');
    const { config, app } = this;
    const { acts, playSeason } = await demo.prepareDemo({
      baseUrl: await this.door(), dataFolder: config.dataFolder, operatorLink: () => operatorLink(app.get(DataSource), config),
      signal: this.stopping.signal, progress: (done) => this.tell(done, acts),
    });
    this.told = { acts, done: 0, complete: false };
    return (closing) => this.playBeside(closing, playSeason);
  }

  /** Where the demo comes in: the product's own door, or one beside it where that has a certificate. */
  private async door(): Promise<string> {
    if (this.config.tls === undefined) return this.app.getUrl();
    const { baseUrl, close } = await openLoopbackDoor(this.app);
    this.closeDoor = close;
    return baseUrl;
  }

  /** Plays on while the product serves; stopped with it, before its doors close. The next start goes on where this one was. */
  private async playBeside(closing: Closing, playSeason: () => Promise<void>): Promise<void> {
    const playing = playSeason().then(() => this.finish()).catch((error: unknown) => {
      if (!this.stopping.signal.aborted) complain('演示季未能演完,下次启动继续', 'The demo season was cut off; the next start goes on with it', error);
    }).finally(() => this.closeDoor());
    await closing.add(async () => {
      this.stopping.abort();
      await playing;
    });
  }

  private tell(done: number, acts: number): void {
    this.told = { acts, done, complete: false };
    if (Math.trunc((done * LINES) / acts) > Math.trunc(((done - 1) * LINES) / acts)) progress(`演示季 ${done}/${acts}`, `demo season ${done} of ${acts}`);
  }

  private async finish(): Promise<void> {
    await reach(this.database.serviceUrl, DEMO_SEASON);
    this.told = { ...this.told, complete: true };
    progress('演示季已演完', 'The demo season is complete');
  }
}

/** The demo, if this build has one. */
export async function findDemo(): Promise<Demo | undefined> {
  // Compiled beside us, but not required: a build without seeds/ is a product without a demo.
  const path = join(__dirname, '..', '..', '..', 'seeds', 'src', 'demo', 'index.js');
  return existsSync(path) ? ((await import(path)) as Demo) : undefined;
}
