import type { OperatorState } from './operator-state';

/** Beyond these somebody should look; the same limits as in the example of alerts. */
const LAG_SECONDS_MAX = 60;
const JOB_AGE_SECONDS_MAX = 300;

/** One thing somebody should look at. */
export type Attention =
  | { readonly what: 'follower-failing' | 'follower-behind'; readonly name: string }
  | { readonly what: 'queues-away' }
  | { readonly what: 'jobs-old' | 'jobs-dead'; readonly name: string; readonly count?: number }
  | { readonly what: 'captures-stuck'; readonly count: number };

/** Everything somebody should look at, the worst first; nothing means that all is well. */
export function attentionOf({ followers, queues, captures }: Omit<OperatorState, 'attention'>): Attention[] {
  const failing = followers.filter(({ failure }) => failure !== undefined);
  const behind = followers.filter((follower) => follower.failure === undefined && follower.lagSeconds > LAG_SECONDS_MAX);
  const away: Attention[] = queues === null ? [{ what: 'queues-away' }] : [];
  const known = queues ?? [];
  return [
    ...away,
    ...failing.map(({ name }): Attention => ({ what: 'follower-failing', name })),
    ...behind.map(({ name }): Attention => ({ what: 'follower-behind', name })),
    ...(captures.stuck.length > 0 ? [{ what: 'captures-stuck', count: captures.stuck.length } as const] : []),
    ...known.filter(({ oldestAgeSeconds }) => oldestAgeSeconds > JOB_AGE_SECONDS_MAX).map(({ queue }): Attention => ({ what: 'jobs-old', name: queue })),
    ...known.filter(({ failed }) => failed > 0).map(({ queue, failed }): Attention => ({ what: 'jobs-dead', name: queue, count: failed })),
  ];
}
