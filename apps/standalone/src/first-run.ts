/** What happens once, when an installation is new: the demo season, or the link by which the operator comes in. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasReached, reach, type Config, type DatabaseUrls } from '@daodi/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { progress } from './say';

/** What the demo is given: everything a client has, and nothing more. */
export interface DemoStage {
  /** Where the running product answers; the season is played through its public API. */
  readonly baseUrl: string;
  /** Where `demo-credentials.json` goes. */
  readonly dataFolder: string;
  readonly app: NestFastifyApplication;
}

/** Plays the demo season; may be called again after a start that died half way. */
export type SeedDemo = (stage: DemoStage) => Promise<void>;

const SEASON = 'demo-season';

/** Plays the demo season unless this database has it. */
export async function playDemo(config: Config, database: DatabaseUrls, app: NestFastifyApplication, seedDemo: SeedDemo | undefined): Promise<void> {
  if (seedDemo === undefined || (await hasReached(database.serviceUrl, SEASON))) return;
  progress('准备演示数据', 'Preparing the demo');
  await seedDemo({ baseUrl: await app.getUrl(), dataFolder: config.dataFolder, app });
  await reach(database.serviceUrl, SEASON);
}

/** The demo, if this build has one. */
export async function findDemo(): Promise<SeedDemo | undefined> {
  // Compiled beside us, but not required: a build without seeds/ is a product without a demo.
  const path = join(__dirname, '..', '..', '..', 'seeds', 'src', 'demo', 'index.js');
  if (!existsSync(path)) return undefined;
  const { seedDemo } = (await import(path)) as { seedDemo?: SeedDemo };
  return seedDemo;
}
