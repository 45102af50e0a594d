import type { Client } from './client';
import type { Act } from './data/season';
import { type Names, put, resolve } from './names';
import type { SeasonNotes } from './season-notes';
import type { Sessions } from './sessions';

/** Minutes between a thing's happening and its being written down, where the season says nothing else. */
const WRITTEN_AFTER_MS = 6 * 60_000;

/**
 * Plays a season, each act by the person who answers for it. What an act made is known to the acts after it.
 *
 * @param names what was registered before; what is made is added
 * @param progress told after each act
 */
export async function playSeason(client: Client, sessions: Sessions, acts: readonly Act[], names: Names, notes: SeasonNotes, progress?: (done: number, acts: number) => void): Promise<void> {
  for (const [i, act] of acts.entries()) {
    const { step, by, path, isNow, writtenAt } = act;
    const body = isNow ? { eventTime: await notes.timeOf(step, new Date()), ...act.body } : act.body;
    const sending = { token: await sessions.of(by), step, capturedTime: isNow ? undefined : (writtenAt ?? minutesAfter(act.body.eventTime)) };
    const { body: answer } = await client.post(resolve(names, path) as string, resolve(names, body) as object, sending);
    remember(names, act, answer);
    progress?.(i + 1, acts.length);
  }
}

function minutesAfter(eventTime: unknown): string | undefined {
  return typeof eventTime === 'string' ? new Date(Date.parse(eventTime) + WRITTEN_AFTER_MS).toISOString() : undefined;
}

function remember(names: Names, { makes, serials, report }: Act, answer: { batches?: { uri: string }[]; serials?: string[]; id?: string }): void {
  makes?.forEach((key, i) => put(names, 'batch', key, answer.batches?.[i]?.uri as string));
  if (serials !== undefined) put(names, 'serials', serials, answer.serials as string[]);
  if (report !== undefined) put(names, 'report', report, answer.id as string);
}
