import { Client } from './client';
import { Credentials } from './credentials';
import { ORGANISATIONS } from './data/organisations';
import { chapters } from './data/season';
import { ImportGrants } from './import-grants';
import { playSeason } from './play-season';
import { Registration } from './register';
import { SeasonNotes } from './season-notes';
import { Sessions } from './sessions';
import { setUpOperator } from './set-up';
import { StandardsChapter } from './standards';

/** What the demonstration is given: everything a client has, and the way to the operator's one-time link. */
export interface DemoStage {
  /** Where the running product answers, wherever and in how many processes it runs. */
  readonly baseUrl: string;
  /** Where `demo-credentials.json` and what a second call goes on from are kept. */
  readonly dataFolder: string;
  /** The one-time link of an installation without an operator (`operatorLink` of `@daodi/registry`); else undefined. */
  operatorLink(): Promise<string | undefined>;
  /** Ends the playing between two acts. */
  readonly signal?: AbortSignal;
  /** Told after each act of the season. */
  progress?(done: number, acts: number): void;
}

/** A demonstration whose organisations are there; its season is yet to be played. */
export interface PreparedDemo {
  /** How many acts the season has. */
  readonly acts: number;
  /** Plays the season to its end: what lies in the past as imports under grants of the operator. @throws StepRefused */
  playSeason(): Promise<void>;
}

/**
 * Registers the organisations, their people, keys, land and papers. Every step has its own Idempotency-Key, so it may be
 * called again after a start that died half-way and goes on from there; so may the season.
 *
 * @throws StepRefused where product and demonstration do not fit together
 */
export async function prepareDemo({ baseUrl, dataFolder, operatorLink, signal, progress }: DemoStage): Promise<PreparedDemo> {
  const credentials = await Credentials.keep(dataFolder, ORGANISATIONS);
  const notes = await SeasonNotes.keep(dataFolder, new Date());
  const client = new Client(baseUrl);
  const sessions = new Sessions(client, credentials);
  await setUpOperator(await operatorLink(), client, credentials);
  const names = await new Registration(client, credentials, sessions, notes.year).run();
  const season = chapters(notes.year);
  const acts = season.flat();
  return {
    acts: acts.length,
    async playSeason() {
      await sessions.open(acts.map(({ by }) => by));
      await new StandardsChapter(client, sessions, names, notes.year).play();
      const grants = new ImportGrants(client, sessions, names, notes);
      await grants.give(season);
      await playSeason({ client, sessions, names, notes, importRun: grants.run, signal, progress }, season);
      await grants.end();
    },
  };
}

/**
 * Plays the whole demonstration against a running product, e.g. several processes on a database that `daodi migrate`
 * made with `DAODI_DEMO=on`. @throws StepRefused
 */
export async function playDemo(stage: DemoStage): Promise<void> {
  await (await prepareDemo(stage)).playSeason();
}
