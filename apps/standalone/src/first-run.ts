/** What happens once, when an installation is new: the demo season, or the link by which the operator comes in. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasReached, openLoopbackDoor, reach, type Config, type DatabaseUrls } from '@daodi/platform';
import { operatorLink } from '@daodi/registry';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { progress } from './say';

/** What the demo is given: everything a client has, and the way to the operator's one-time link. */
export interface DemoStage {
  /** Where the running product answers; the season is played through its public API. */
  readonly baseUrl: string;
  /** Where `demo-credentials.json` goes. */
  readonly dataFolder: string;
  operatorLink(): Promise<string | undefined>;
  /** Told after each act of the season. */
  progress?(done: number, acts: number): void;
}

/** Plays the demo; may be called again after a start that died half way. */
export type PlayDemo = (stage: DemoStage) => Promise<void>;

/** The milestone of a database that has the whole demo. */
export const DEMO_SEASON = 'demo-season';

/** Plays the demo season unless this database has it. */
export async function playFirstRun(config: Config, database: DatabaseUrls, app: NestFastifyApplication, play: PlayDemo | undefined): Promise<void> {
  if (play === undefined || (await hasReached(database.serviceUrl, DEMO_SEASON))) return;
  progress('准备演示数据', 'Preparing the demo');
  const door = await openLoopbackDoor(app);
  try {
    await play({ baseUrl: door.url, dataFolder: config.dataFolder, operatorLink: () => operatorLink(app.get(DataSource), config) });
  } finally {
    await door.close();
  }
  await reach(database.serviceUrl, DEMO_SEASON);
}

/** The demo, if this build has one. */
export async function findDemo(): Promise<PlayDemo | undefined> {
  // Compiled beside us, but not required: a build without seeds/ is a product without a demo.
  const path = join(__dirname, '..', '..', '..', 'seeds', 'src', 'demo', 'index.js');
  if (!existsSync(path)) return undefined;
  return ((await import(path)) as { playDemo: PlayDemo }).playDemo;
}
