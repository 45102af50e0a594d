/** A difference that was booked inside an agreement of two weighings, in milligrams. */
export interface ChainBooking {
  readonly amountMg: bigint;
  /** Mass before it, and how far the weighings might lie apart. */
  readonly beforeMg: bigint;
  readonly toleranceMg: bigint;
}

/** A hand in a chain: what it booked, and the hands or batches its goods came from. */
export interface ChainHand<Booking extends ChainBooking = ChainBooking> {
  readonly bookings: readonly Booking[];
  readonly from: readonly string[];
}

/** What the allowances of a chain come to. */
export interface ChainSum<Booking extends ChainBooking = ChainBooking> {
  /** Of all hands the goods came through, each once. */
  readonly bookings: readonly Booking[];
  readonly amountMg: bigint;
  /** Along the way by which most was booked, and the largest single tolerance of the whole chain; in billionths of the mass. */
  readonly share: bigint;
  readonly largest: bigint;
  /** More was booked along that way than any one agreement allows. */
  readonly isBeyond: boolean;
}

const WHOLE = 10n ** 9n;

/**
 * Adds up what was booked as a difference of weights on the way to a hand. Each single difference lay inside its own
 * agreement; a chain of them must not hide what none alone could. So losses and gains count alike and do not cancel
 * (goods taken out at one hand and others put in at the next would), each hand by the share of the mass it weighed,
 * along the one way back by which most was booked. Beyond the single largest tolerance in the whole chain somebody
 * should look: no one agreement explains it any more.
 *
 * @param hands by key; what leads to a key that is not there, or back to one on the way, adds nothing
 */
export function addUpChain<Booking extends ChainBooking>(hands: ReadonlyMap<string, ChainHand<Booking>>, key: string): ChainSum<Booking> {
  const all = reached(hands, key);
  const bookings = all.flatMap((one) => hands.get(one)?.bookings ?? []);
  const share = worstWay(hands, key);
  const largest = bookings.reduce((max, { toleranceMg, beforeMg }) => bigger(max, ratioUp(toleranceMg, beforeMg)), 0n);
  return { bookings, amountMg: total(bookings, ({ amountMg }) => amountMg), share, largest, isBeyond: bookings.length > 1 && share > largest };
}

/** Everything behind a key, the key first, each once. */
function reached(hands: ReadonlyMap<string, ChainHand>, key: string): string[] {
  const found = new Set([key]);
  for (const one of found) for (const from of hands.get(one)?.from ?? []) if (hands.has(from)) found.add(from);
  return [...found];
}

/** The most that was booked along any one way, as a share of the mass; without recursion, for chains may be long. */
function worstWay(hands: ReadonlyMap<string, ChainHand>, key: string): bigint {
  const done = new Map<string, bigint>();
  const open = new Set<string>();
  const stack = [key];
  for (let one = stack.at(-1); one !== undefined; one = stack.at(-1)) {
    const hand = hands.get(one);
    const waiting = done.has(one) || open.has(one) ? [] : (hand?.from ?? []).filter((from) => !done.has(from) && !open.has(from));
    open.add(one);
    if (waiting.length > 0) {
      stack.push(...waiting);
      continue;
    }
    stack.pop();
    open.delete(one);
    if (!done.has(one)) done.set(one, ownShare(hand) + (hand?.from ?? []).reduce((max, from) => bigger(max, done.get(from) ?? 0n), 0n));
  }
  return done.get(key) ?? 0n;
}

/** Of several deliveries to one hand each weighed another part of the goods: their differences are taken together, of all they weighed. */
function ownShare(hand: ChainHand | undefined): bigint {
  const bookings = hand?.bookings ?? [];
  const before = total(bookings, ({ beforeMg }) => beforeMg);
  return before === 0n ? 0n : (total(bookings, ({ amountMg }) => amountMg) * WHOLE) / before;
}

const ratioUp = (part: bigint, of: bigint): bigint => (of === 0n ? 0n : (part * WHOLE + of - 1n) / of);
const bigger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const total = (bookings: readonly ChainBooking[], of: (booking: ChainBooking) => bigint): bigint => bookings.reduce((sum, one) => sum + of(one), 0n);
