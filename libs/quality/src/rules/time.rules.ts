import type { LineRole } from '@daodi/trace';
import type { ShareFacts } from './facts';
import type { Rule } from './finding';

const COMES: readonly LineRole[] = ['origin', 'take-in', 'output', 'gain', 'receive'];
const LEAVES: readonly LineRole[] = ['ship', 'input', 'sample', 'sell', 'destroy', 'loss'];

/** Things out of their order: used before they were there, made before what they were made of, received before shipped. */
export const timeDisorder: Rule = {
  name: 'time-disorder',
  version: 1,
  severity: 'warning',
  title: { zh: '时间顺序不合', en: 'The times are out of order' },
  judge: (share) => {
    const found = [leftBeforeItCame(share), receivedBeforeShipped(share), ...outputBeforeInput(share)].filter((f) => f !== undefined);
    const [first] = found;
    if (first === undefined) return undefined;
    return { numbers: { disorders: found.map(({ since: _s, eventIds: _e, ...rest }) => rest) }, since: found.reduce((min, { since }) => (since < min ? since : min), first.since), evidence: found.flatMap(({ eventIds }) => eventIds) };
  },
};

interface Disorder {
  readonly what: 'left-before-it-came' | 'received-before-shipped' | 'output-before-input';
  readonly earlier: string;
  readonly later: string;
  readonly since: bigint;
  readonly eventIds: readonly string[];
}

function first({ roles }: ShareFacts, wanted: readonly LineRole[]): { time: string; position: bigint; eventId: string } | undefined {
  const own = roles.filter(({ role }) => wanted.includes(role));
  const [one] = own;
  if (one === undefined) return undefined;
  return {
    ...own.map(({ firstTime, firstEventId }) => ({ time: firstTime, eventId: firstEventId })).reduce((min, other) => (other.time < min.time ? other : min)),
    position: own.reduce((min, { firstPosition }) => (firstPosition < min ? firstPosition : min), one.firstPosition),
  };
}

function leftBeforeItCame(share: ShareFacts): Disorder | undefined {
  const [came, left] = [first(share, COMES), first(share, LEAVES)];
  if (came === undefined || left === undefined || left.time >= came.time) return undefined;
  return { what: 'left-before-it-came', earlier: left.time, later: came.time, since: left.position, eventIds: [left.eventId, came.eventId] };
}

function receivedBeforeShipped(share: ShareFacts): Disorder | undefined {
  const received = first(share, ['receive', 'reject']);
  if (received === undefined || share.shippedHere === undefined || received.time >= share.shippedHere.firstTime) return undefined;
  return { what: 'received-before-shipped', earlier: received.time, later: share.shippedHere.firstTime, since: received.position, eventIds: [received.eventId, share.shippedHere.firstEventId] };
}

/** Only where several events are one transformation; one event has one time. */
function outputBeforeInput({ node, steps }: ShareFacts): Disorder[] {
  return steps.flatMap((step) => {
    const output = step.outputs.filter((part) => part.node === node).map(({ eventTime }) => eventTime).sort()[0];
    const input = step.inputs.map(({ eventTime }) => eventTime).sort()[0];
    if (output === undefined || input === undefined || output >= input) return [];
    return [{ what: 'output-before-input' as const, earlier: output, later: input, since: step.firstPosition, eventIds: step.eventIds }];
  });
}

/** From memory, not from a phone without network: late between happening and writing down, in days. Our own measure. */
export const WRITTEN_LATE_DAYS = 3;

/** Written down, or imported, long after it happened: it says so wherever it is shown. A phone without network is none of it: what it wrote down at once only reached us late. */
export const writtenLate: Rule = {
  name: 'written-late',
  version: 1,
  severity: 'note',
  title: { zh: '事后补记', en: 'Written down long after it happened' },
  judge: ({ late }) => late && { numbers: { lines: late.count, longestDays: late.longestDays }, since: late.firstPosition, evidence: late.eventIds },
};
