import type { Try } from './balanced-client';

/** What a span of time looked like from outside. */
export interface Span {
  readonly seconds: number;
  /** Answered 2xx or 3xx. */
  readonly answered: number;
  /** Tries that were not: broken, late, or refused. */
  readonly otherwise: Readonly<Record<string, number>>;
  /** Answers in the poorest whole second. */
  readonly leastInASecond: number;
  /** The longest time without any answer. */
  readonly longestGapMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Sums tries up that ended within a span, in milliseconds since the epoch. */
export function spanOf(tries: readonly Try[], from: number, to: number): Span {
  const good = tries.filter(({ status }) => status >= 200 && status < 400);
  const otherwise: Record<string, number> = {};
  for (const { status } of tries) {
    const word = status === 0 ? 'broken' : status === -1 ? 'late' : String(status);
    if (status < 200 || status >= 400) otherwise[word] = (otherwise[word] ?? 0) + 1;
  }
  const perSecond = new Map<number, number>();
  for (const { at, ms } of good) {
    const second = Math.floor((at + ms - from) / 1_000);
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
  }
  const whole = Array.from({ length: Math.floor((to - from) / 1_000) }, (_, second) => perSecond.get(second) ?? 0);
  const times = good.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  const ends = [from, ...good.map(({ at: begun, ms }) => begun + ms).sort((a, b) => a - b), to];
  const longestGapMs = Math.round(Math.max(...ends.slice(1).map((end, i) => end - ends[i]!)));
  return { seconds: (to - from) / 1_000, answered: good.length, otherwise, leastInASecond: Math.min(...whole, Infinity), longestGapMs, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

/** A span in one line. */
export function told({ seconds, answered, otherwise, leastInASecond, longestGapMs, p50Ms, p99Ms, maxMs }: Span): string {
  const others = Object.entries(otherwise).map(([word, count]) => `${count} ${word}`).join(', ') || 'none else';
  return `${(answered / seconds).toFixed(0)} answers/s (least ${leastInASecond} in a second, longest gap ${longestGapMs} ms), p50 ${p50Ms} ms, p99 ${p99Ms} ms, max ${maxMs} ms; ${others}`;
}

/** Second by second: answers and the longest wait among them, as `198/23ms`. */
export function secondBySecond(tries: readonly Try[], from: number, to: number): string {
  const seconds = Array.from({ length: Math.floor((to - from) / 1_000) }, () => ({ answers: 0, maxMs: 0 }));
  for (const { at, ms, status } of tries) {
    const second = seconds[Math.floor((at + ms - from) / 1_000)];
    if (second === undefined || status < 200 || status >= 400) continue;
    second.answers += 1;
    second.maxMs = Math.max(second.maxMs, ms);
  }
  return seconds.map(({ answers, maxMs }) => `${answers}/${Math.round(maxMs)}ms`).join(' ');
}
