import type { ReadingFacts } from './facts';
import type { Rule, RuleFinding } from './finding';

/** Fewer readings than these may be alike by chance, or by a still cellar. Our own measure. */
const READINGS_LEAST = 10;
const HOUR_MS = 3_600_000;
/** Written down in one sitting, and later than the day they are of. */
const SITTING_MS = 3 * HOUR_MS;
const LATE_MS = 24 * HOUR_MS;

/**
 * Ten or more readings of as many days, all the same to the last decimal, that were written down in one sitting long after:
 * a month of a log made up in an evening. Readings that differ, or were written down day by day, are none of it.
 */
export const readingsMadeUp: Rule = {
  name: 'readings-written-at-once',
  version: 1,
  severity: 'warning',
  title: { zh: '温湿度记录一次补写且过于整齐', en: 'Readings of many days, all alike, were written down in one sitting' },
  judge: (share) => {
    const late = (share.readings ?? []).filter((one) => !one.byDevice && Date.parse(one.written) - Date.parse(one.happened) > LATE_MS);
    return alike(sittings(late).filter((sitting) => new Set(sitting.map(({ values }) => values)).size <= Math.max(1, Math.floor(sitting.length / READINGS_LEAST))));
  },
};

/**
 * Readings said to be of an instrument that a person typed, all the same: instruments waver in the last decimal, and none
 * of ours says so itself. Only what a device sent under its own key is its word.
 */
export const deviceByHand: Rule = {
  name: 'device-readings-typed',
  version: 1,
  severity: 'warning',
  title: { zh: '所称仪器读数由人工录入且完全相同', en: 'Readings said to be of an instrument were typed, and are all alike' },
  judge: (share) => {
    const typed = (share.readings ?? []).filter(({ isOfDevice, byDevice }) => isOfDevice && !byDevice);
    return alike(typed.length >= READINGS_LEAST && new Set(typed.map(({ values }) => values)).size === 1 ? [typed] : []);
  },
};

/** Readings that were written down within one sitting, where there are enough of different days. */
function sittings(readings: readonly ReadingFacts[]): ReadingFacts[][] {
  const byWriting = [...readings].sort((a, b) => (a.written < b.written ? -1 : a.written > b.written ? 1 : a.eventId < b.eventId ? -1 : 1));
  const groups: ReadingFacts[][] = [];
  for (const one of byWriting) {
    const open = groups.at(-1);
    if (open?.[0] !== undefined && Date.parse(one.written) - Date.parse(open[0].written) <= SITTING_MS) open.push(one);
    else groups.push([one]);
  }
  return groups.filter((group) => new Set(group.map(({ happened }) => happened.slice(0, 10))).size >= READINGS_LEAST);
}

function alike(groups: readonly (readonly ReadingFacts[])[]): RuleFinding | undefined {
  const all = groups.flat();
  const [first] = all;
  if (first === undefined) return undefined;
  return {
    numbers: { readings: all.length, values: [...new Set(all.map(({ values }) => values))].sort() },
    since: all.reduce((min, { position }) => (position < min ? position : min), first.position), evidence: all.map(({ eventId }) => eventId),
  };
}
