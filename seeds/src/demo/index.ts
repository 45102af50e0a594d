/** The demonstration: organisations that are made up, in places that exist, and the season they play through the API. */
import type { INestApplication } from '@nestjs/common';
import { Client } from './client';
import { Credentials } from './credentials';
import { ORGANISATIONS } from './data/organisations';
import { Registration } from './register';
import { Sessions } from './sessions';
import { enterHerbs, setUpOperator } from './set-up';
import { keepYear } from './year';

/** What the demonstration is given: everything a client has, and the application for the operator's one-time link. */
export interface DemoStage {
  /** Where the running product answers. */
  readonly baseUrl: string;
  /** Where `demo-credentials.json` goes. */
  readonly dataFolder: string;
  readonly app: INestApplication;
}

/**
 * Plays the demonstration. Every step has its own Idempotency-Key, so it may be called again after a start that died
 * half-way and goes on from there.
 *
 * @throws StepRefused where product and demonstration do not fit together
 */
export async function seedDemo({ baseUrl, dataFolder, app }: DemoStage): Promise<void> {
  const credentials = await Credentials.keep(dataFolder, ORGANISATIONS);
  const year = await keepYear(dataFolder, new Date());
  const client = new Client(baseUrl);
  const sessions = new Sessions(client, credentials);
  await setUpOperator(app, client, credentials);
  await enterHerbs(client, sessions);
  await new Registration(client, credentials, sessions, year).run();
}
