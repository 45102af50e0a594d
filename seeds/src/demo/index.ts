/** The demonstration: organisations that are made up, in places that exist, and the season they play through the API. */
import type { INestApplication } from '@nestjs/common';
import { Client } from './client';
import { Credentials } from './credentials';
import { ORGANISATIONS } from './data/organisations';
import { season } from './data/season';
import { playSeason } from './play-season';
import { Registration } from './register';
import { SeasonNotes } from './season-notes';
import { Sessions } from './sessions';
import { setUpOperator } from './set-up';

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
  const notes = await SeasonNotes.keep(dataFolder, new Date());
  const client = new Client(baseUrl);
  const sessions = new Sessions(client, credentials);
  await setUpOperator(app, client, credentials);
  const names = await new Registration(client, credentials, sessions, notes.year).run();
  const acts = season(notes.year);
  await sessions.open(acts.map(({ by }) => by));
  await playSeason(client, sessions, acts, names, notes);
}
