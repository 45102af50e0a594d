import { Chance } from '../random';
import type { Played } from './stage';
import type { Story } from './story';

/** An order in which a season reaches us. */
export interface Order {
  readonly name: string;
  readonly acts: readonly Played[];
}

/** What is written down by those who walk the hills: their phones have no network for two weeks. */
const IN_THE_HILLS = new Set(['/crops', '/harvests', '/field-work', '/slips', '/heaps', '/accessions', '/propagations']);

const happening = (stories: readonly Story[]): Played[] => stories.flatMap((story) => story.acts.filter(({ isStanding }) => !isStanding).map((act) => ({ story, act })));

/** Each record arrives when it is written. */
export function asItHappened(stories: readonly Story[]): Order {
  const acts = happening(stories).sort((a, b) => Date.parse(a.act.written) - Date.parse(b.act.written));
  return { name: 'as it happened', acts };
}

/** The last first. */
export function backwards(stories: readonly Story[]): Order {
  return { name: 'backwards', acts: [...asItHappened(stories).acts].reverse() };
}

/**
 * Every organisation’s desk sends in its own order, all of them interleaved by chance; what is written in the hills comes
 * after everything else, each phone in its own order.
 */
export function phonesLate(stories: readonly Story[], seed: number): Order {
  const chance = new Chance(seed);
  const { acts } = asItHappened(stories);
  const isLate = ({ act }: Played): boolean => act.phone !== undefined || IN_THE_HILLS.has(act.path);
  const queueOf = ({ act }: Played): string => `${act.org} ${act.phone ?? ''}`;
  return { name: `phones late (${seed})`, acts: [...interleaved(acts.filter((one) => !isLate(one)), queueOf, chance), ...interleaved(acts.filter(isLate), queueOf, chance)] };
}

/** Nothing in order. */
export function shuffled(stories: readonly Story[], seed: number): Order {
  const chance = new Chance(seed);
  const acts = happening(stories);
  for (let i = acts.length - 1; i > 0; i -= 1) {
    const j = chance.below(i + 1);
    [acts[i], acts[j]] = [acts[j] as Played, acts[i] as Played];
  }
  return { name: `shuffled (${seed})`, acts };
}

function interleaved(acts: readonly Played[], queueOf: (played: Played) => string, chance: Chance): Played[] {
  const queues = new Map<string, Played[]>();
  for (const played of acts) queues.set(queueOf(played), [...(queues.get(queueOf(played)) ?? []), played]);
  const out: Played[] = [];
  while (queues.size > 0) {
    const key = chance.one([...queues.keys()]);
    const queue = queues.get(key) as Played[];
    out.push(queue.shift() as Played);
    if (queue.length === 0) queues.delete(key);
  }
  return out;
}
