import type { Client } from './client';
import type { Act, Chapter } from './data/act';
import { type Names, put, resolve } from './names';
import type { SeasonNotes } from './season-notes';
import type { Sessions } from './sessions';

/** Minutes between a thing's happening and its being written down, where the season says nothing else. */
const WRITTEN_AFTER_MS = 6 * 60_000;
/** What a season is played with. */
export interface Stage {
  readonly client: Client;
  readonly sessions: Sessions;
  /** What was registered before; what acts make is added. */
  readonly names: Names;
  readonly notes: SeasonNotes;
  /** The run of imports that what happened in the past belongs to. */
  readonly importRun: string;
  /** Ends the playing between two acts. */
  readonly signal?: AbortSignal;
  /** Told after each act. */
  progress?(done: number, acts: number): void;
}

/**
 * Plays a season, each act by the person who answers for it: chapters side by side, the acts of one in their order, and
 * an act of one that needs acts of another after those. What an act made is known to the acts after it.
 *
 * @throws StepRefused, or the signal's reason; then nothing more is begun, and what was begun is over
 */
export async function playSeason(stage: Stage, chapters: readonly Chapter[]): Promise<void> {
  const total = chapters.flat().length;
  const played = new Map<string, Promise<void>>();
  let [done, isOver] = [0, false];
  const play = async (act: Act): Promise<void> => {
    if (isOver) return;
    stage.signal?.throwIfAborted();
    await playAct(stage, act);
    stage.progress?.((done += 1), total);
  };
  for (const chapter of chapters) {
    let before: Promise<unknown> = Promise.resolve();
    for (const act of chapter) {
      const needed = [before, ...(act.after ?? []).map((step) => playedBefore(played, act, step))];
      const mine = Promise.all(needed).then(() => play(act)).catch((error: unknown) => {
        isOver = true;
        throw error;
      });
      played.set(act.step, mine);
      before = mine;
    }
  }
  const failed = (await Promise.allSettled(played.values())).find(({ status }) => status === 'rejected');
  if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
}

function playedBefore(played: ReadonlyMap<string, Promise<void>>, { step }: Act, needed: string): Promise<void> {
  const found = played.get(needed);
  if (found === undefined) throw new Error(`"${step}" comes after "${needed}", which no chapter before it has`);
  return found;
}

async function playAct({ client, sessions, names, notes, importRun }: Stage, act: Act): Promise<void> {
  const { step, by, path, isNow, writtenAt } = act;
  const body = resolve(names, isNow ? { eventTime: await notes.timeOf(step, new Date()), ...act.body } : act.body) as object;
  const imported = { importRun, capturedTime: writtenAt ?? minutesAfter(act.body.eventTime) };
  const sending = { token: await sessions.of(by), step, ...(!isNow && imported) };
  const { body: answer } = await client.post(resolve(names, path) as string, body, sending);
  remember(names, act, answer);
}

function minutesAfter(eventTime: unknown): string | undefined {
  return typeof eventTime === 'string' ? new Date(Date.parse(eventTime) + WRITTEN_AFTER_MS).toISOString() : undefined;
}

interface Made {
  readonly batches?: readonly { readonly uri: string }[];
  readonly serials?: string[];
  readonly id?: string;
  readonly eventID?: string;
}

function remember(names: Names, { makes, serials, report, event, registers }: Act, answer: Made): void {
  makes?.forEach((key, i) => put(names, 'batch', key, answer.batches?.[i]?.uri as string));
  if (serials !== undefined) put(names, 'serials', serials, answer.serials as string[]);
  if (report !== undefined) put(names, 'report', report, answer.id as string);
  if (registers !== undefined) put(names, ...registers, answer.id as string);
  if (event === undefined) return;
  put(names, 'event', event, encodeURIComponent(answer.eventID as string));
  put(names, 'event-id', event, answer.eventID as string);
}
