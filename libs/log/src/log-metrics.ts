import type { Metrics } from '@daodi/platform';
import type { DataSource } from 'typeorm';
import type { Entry } from './entry';
import type { Follower } from './inline-projection';
import { followerStates } from './follow';
import { logSize } from './store';

const GROUP_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** What the log counts while it appends. */
export interface AppendMetrics {
  /** One act has its answer. @param seconds from asking to committed, waiting for the group before it included */
  appended(entries: readonly Entry[], seconds: number): void;
  /** A group of acts is committed. */
  committed(acts: number): void;
}

/** Counts entries by kind and provenance, both lists of ours, and times appends. */
export function appendMetrics(metrics: Metrics): AppendMetrics {
  const entriesTotal = metrics.counter('daodi_log_entries_total', 'Entries this process appended to the log', ['kind', 'provenance']);
  const seconds = metrics.histogram('daodi_append_seconds', 'Time from asking for an append to its commit, in seconds');
  const acts = metrics.histogram('daodi_append_group_acts', 'Acts committed together in one group', [], GROUP_BUCKETS);
  return {
    appended(entries, took) {
      seconds.observe(took);
      for (const { kind, provenance } of entries) entriesTotal.inc({ kind, provenance });
    },
    committed: (count) => acts.observe(count),
  };
}

/** The size of the log, and for each follower of this release how far it is behind, in entries and in seconds. */
export function followMetrics(metrics: Metrics, dataSource: DataSource, followers: readonly Follower[]): void {
  const names = new Set(followers.map(({ name }) => name));
  const size = metrics.gauge('daodi_log_size', 'Entries in the log');
  const lagSeconds = metrics.gauge('daodi_follower_lag_seconds', 'Since when the oldest entry a follower has not applied is on record, in seconds', ['follower']);
  const lagEntries = metrics.gauge('daodi_follower_lag_entries', 'Entries a follower has not applied', ['follower']);
  metrics.atScrape({
    async read() {
      const [entries, states] = await Promise.all([logSize(dataSource), followerStates(dataSource)]);
      return () => {
        size.set(Number(entries));
        // A follower only an earlier release had stays where it is for ever, and that is no lag.
        for (const { name, behind, lagSeconds: seconds } of states.filter((state) => names.has(state.name))) {
          lagSeconds.set({ follower: name }, seconds);
          lagEntries.set({ follower: name }, Number(behind));
        }
      };
    },
    forget() {
      for (const gauge of [lagSeconds, lagEntries]) gauge.reset();
      size.remove();
    },
  });
}
