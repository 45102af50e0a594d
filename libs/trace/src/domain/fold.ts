import type { LineRole, LineUnit } from './line';

/**
 * Holdings of one batch: the fold of its held lines in the order in which they happened.
 *
 * What the book holds moves; what leaves beyond that stands as a debt (`overdrawn`) and is paid by whatever comes in
 * later, at once passing on to where the goods had gone. So the result depends on what happened, never on the order
 * in which it reached us.
 */
export interface FoldLine {
  readonly key: string;
  readonly org: string;
  readonly role: LineRole;
  readonly amount: bigint;
  readonly site?: string;
  /** Of what was put somewhere: the place it was taken from, where that is told. */
  readonly fromSite?: string;
  readonly sourceOrg?: string;
  readonly destOrg?: string;
}

/**
 * Where an amount lies: on hand at a site (`available`, `rejected`), or on its way (`transit`, from whom). What was
 * `sold` or `sampled` is in nobody's hand: there is a row of it only where more came back than had gone.
 */
export type HoldingState = 'available' | 'rejected' | 'transit' | 'sold' | 'sampled';

export interface FoldedHolding {
  readonly org: string;
  /** Site of what is on hand; sender of what is on its way; '' where unknown. */
  readonly place: string;
  readonly state: HoldingState;
  readonly quantity: bigint;
  readonly overdrawn: bigint;
}

/** Totals of a batch over all who had it. made + takenIn + gained = consumed + sampled + sold + lost + held. */
export interface FoldTotals {
  readonly made: bigint;
  /** Taken in from outside. */
  readonly takenIn: bigint;
  readonly gained: bigint;
  readonly consumed: bigint;
  /** Drawn as samples and sold, less what came back. */
  readonly sampled: bigint;
  readonly sold: bigint;
  readonly lost: bigint;
  readonly held: bigint;
  /** Of what is stated as consumed, sampled, sold or lost: how much the book did not hold. */
  readonly owed: bigint;
  readonly overdrawn: bigint;
}

export interface Folded {
  readonly holdings: readonly FoldedHolding[];
  readonly totals: FoldTotals;
  /** What each line really moved; less than its amount where the book did not hold it. */
  readonly moved: ReadonlyMap<string, bigint>;
}

/** Where an amount goes: out of the batch for good, or into an account at a place. */
type Destination = { readonly sink: Sink } | { readonly account: string; readonly place: string };

/** What a line stated beyond what the book held; paid, oldest first, by what comes in. */
interface Debt {
  readonly key: string;
  /** What the line has moved so far, and what it still owes. */
  moved: bigint;
  left: bigint;
  readonly to: Destination;
}

type Sink = 'consumed' | 'lost';

const SINKS: Partial<Record<LineRole, Sink>> = { input: 'consumed', destroy: 'lost', loss: 'lost' };

/** Accounts of what left the hand of an organisation and may come back to it. */
type GoneState = Extract<HoldingState, 'sold' | 'sampled'>;

const isGone = (state: HoldingState): state is GoneState => state === 'sold' || state === 'sampled';

/** Ins before outs where the same instant is recorded for both. */
const RANK: Partial<Record<LineRole, number>> = { origin: 0, 'take-in': 0, output: 0, gain: 0, ship: 1, receive: 2, reject: 2, short: 2 };

/** The order of lines of one instant. */
export const rankOf = (role: LineRole): number => RANK[role] ?? 3;

/** Folds lines given in the order in which they happened. */
export function fold(lines: readonly FoldLine[]): Folded {
  const book = new Book();
  for (const line of lines) book.post(line);
  return book.result();
}

const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** An account: amounts by place, and debts in the order in which they arose. */
class Account {
  readonly places = new Map<string, bigint>();
  readonly debts: Debt[] = [];

  /** @param name organisation and state, as destinations name it */
  constructor(readonly name: string) {}

  get total(): bigint {
    let sum = 0n;
    for (const amount of this.places.values()) sum += amount;
    return sum;
  }

  /** Takes up to `amount`, the preferred place first, then the others in a fixed order. */
  take(amount: bigint, preferred: string): bigint {
    let left = amount;
    const order = [preferred, ...[...this.places.keys()].filter((p) => p !== preferred).sort()];
    for (const place of order) {
      const there = this.places.get(place) ?? 0n;
      const taken = min(there, left);
      if (taken === 0n) continue;
      left -= taken;
      if (taken === there) this.places.delete(place);
      else this.places.set(place, there - taken);
    }
    return amount - left;
  }
}

/**
 * The book of one batch. It can be written down after any line and taken up again, so that a batch of many lines need
 * not be folded from its first line whenever another comes.
 */
export class Book {
  private readonly accounts = new Map<string, Account>();
  private readonly moved = new Map<string, bigint>();
  private readonly sinks: Record<Sink, bigint> = { consumed: 0n, lost: 0n };
  private made = 0n;
  private takenIn = 0n;
  private gained = 0n;

  private account(org: string, state: HoldingState): Account {
    return this.named(`${org} ${state}`);
  }

  private named(key: string): Account {
    let account = this.accounts.get(key);
    if (!account) this.accounts.set(key, (account = new Account(key)));
    return account;
  }

  private deliver(to: Destination, amount: bigint): void {
    if (amount === 0n) return;
    if ('sink' in to) this.sinks[to.sink] += amount;
    else this.put(this.named(to.account), to.place, amount);
  }

  /** Brings in an amount: debts first, oldest first, and the rest lies here. */
  private put(account: Account, place: string, amount: bigint): void {
    let left = amount;
    while (left > 0n) {
      const debt = account.debts[0];
      if (!debt) break;
      const paid = min(debt.left, left);
      debt.left -= paid;
      debt.moved += paid;
      left -= paid;
      if (debt.left === 0n) account.debts.shift();
      this.moved.set(debt.key, debt.moved);
      this.deliver(debt.to, paid);
    }
    if (left > 0n) account.places.set(place, (account.places.get(place) ?? 0n) + left);
  }

  /** Moves what is there and owes the rest. What goes may pay what was to come back, and that is there to go as well. */
  private transfer({ key }: FoldLine, amount: bigint, from: Account, preferred: string, to: Destination): void {
    let taken = 0n;
    for (let more = from.take(amount, preferred); more > 0n; more = from.take(amount - taken, preferred)) {
      taken += more;
      this.deliver(to, more);
    }
    const there = (this.moved.get(key) ?? 0n) + taken;
    const back = this.cancel(from, to, amount - taken);
    const moved = there + back;
    this.moved.set(key, moved);
    if (taken + back < amount) from.debts.push({ key, moved, left: amount - taken - back, to });
  }

  /**
   * Goods sold that the hand did not hold, and came back: the hand owes them to what is sold, and that to the hand. What
   * went there and back is nobody's debt.
   *
   * @returns how much went the way and back
   */
  private cancel(from: Account, to: Destination, amount: bigint): bigint {
    if (amount === 0n || 'sink' in to || !(isGone(stateOf(from.name)) || isGone(stateOf(to.account)))) return 0n;
    const other = this.named(to.account);
    let left = amount;
    for (const debt of [...other.debts]) {
      if (left === 0n) break;
      if ('sink' in debt.to || debt.to.account !== from.name) continue;
      const paid = min(debt.left, left);
      debt.left -= paid;
      debt.moved += paid;
      left -= paid;
      this.moved.set(debt.key, debt.moved);
      if (debt.left === 0n) other.debts.splice(other.debts.indexOf(debt), 1);
    }
    return amount - left;
  }

  post(line: FoldLine): void {
    const { org, role, amount, key } = line;
    const site = line.site ?? '';
    const hand = this.account(org, 'available');
    switch (role) {
      case 'origin':
      case 'take-in':
      case 'output':
      case 'gain':
        this.moved.set(key, amount);
        if (role === 'gain') this.gained += amount;
        else if (role === 'take-in') this.takenIn += amount;
        else this.made += amount;
        return this.put(hand, site, amount);
      case 'sample':
        return this.transferFromHand(line, { account: `${org} sampled`, place: '' });
      case 'sell':
        return this.transferFromHand(line, { account: `${org} sold`, place: '' });
      case 'sample-return':
        return this.transfer(line, amount, this.account(org, 'sampled'), '', { account: `${org} available`, place: site });
      case 'return':
        return this.transfer(line, amount, this.account(org, 'sold'), '', { account: `${org} available`, place: site });
      case 'input':
      case 'destroy':
      case 'loss': {
        const sink = SINKS[role] as Sink;
        return this.transferFromHand(line, { sink });
      }
      case 'ship': {
        return this.transferFromHand(line, { account: `${line.destOrg ?? org} transit`, place: org });
      }
      case 'receive':
        return this.receive(line, hand, site);
      case 'reject':
        // Rejected goods lie by whom they came from, for that is where they go back to.
        return this.arrive(line, { account: `${org} rejected`, place: line.sourceOrg ?? '' });
      case 'short':
        return this.arrive(line, { sink: 'lost' });
      case 'void-ship': {
        // Only what is still on its way comes back; what the other has received stays theirs.
        const transit = this.account(line.destOrg ?? org, 'transit');
        const back = min(transit.places.get(org) ?? 0n, amount);
        if (back > 0n) transit.take(back, org);
        this.moved.set(key, back);
        return this.put(hand, site, back);
      }
      case 'store': {
        const there = min(hand.total - (hand.places.get(site) ?? 0n), amount);
        if (there <= 0n) return;
        // What the named place does not hold in the book came from another, for it lies at the new one now.
        const from = line.fromSite;
        const elsewhere = [...hand.places.keys()].filter((p) => p !== site).sort((a, b) => (a === from ? -1 : b === from ? 1 : a < b ? -1 : 1));
        let left = there;
        for (const place of elsewhere) left -= this.relocate(hand, place, site, left);
        this.moved.set(key, there - left);
        return;
      }
      default:
        return;
    }
  }

  private relocate(account: Account, from: string, to: string, amount: bigint): bigint {
    const taken = min(account.places.get(from) ?? 0n, amount);
    if (taken === 0n) return 0n;
    const rest = (account.places.get(from) ?? 0n) - taken;
    if (rest === 0n) account.places.delete(from);
    else account.places.set(from, rest);
    account.places.set(to, (account.places.get(to) ?? 0n) + taken);
    return taken;
  }

  /** What was rejected goes back first when it is shipped to whom it came from, or destroyed. */
  private transferFromHand(line: FoldLine, to: Destination): void {
    const rejected = this.account(line.org, 'rejected');
    const back = line.role === 'ship' ? (rejected.places.get(line.destOrg ?? '') ?? 0n) : line.role === 'destroy' ? rejected.total : 0n;
    const first = rejected.take(min(back, line.amount), line.destOrg ?? '');
    if (first > 0n) {
      this.moved.set(line.key, first);
      this.deliver(to, first);
    }
    this.transfer(line, line.amount - first, this.account(line.org, 'available'), line.site ?? '', to);
  }

  private receive(line: FoldLine, hand: Account, site: string): void {
    const to: Destination = { account: `${line.org} available`, place: site };
    if (line.sourceOrg !== undefined) return this.arrive(line, to);
    // Nobody registered sent it: what the sayer's own book has on its way arrives; what already lies with the sayer
    // (it speaks for its unregistered suppliers too) is only seen again.
    const transit = this.account(line.org, 'transit');
    const there = hand.total;
    const taken = transit.take(line.amount, line.org);
    this.deliver(to, taken);
    const seen = min(there, line.amount - taken);
    const moved = taken + seen;
    this.moved.set(line.key, moved);
    if (moved < line.amount) transit.debts.push({ key: line.key, moved, left: line.amount - moved, to });
  }

  private arrive(line: FoldLine, to: Destination): void {
    this.transfer(line, line.amount, this.account(line.org, 'transit'), line.sourceOrg ?? line.org, to);
  }

  result(): Folded {
    const holdings: FoldedHolding[] = [];
    let held = 0n;
    let overdrawn = 0n;
    let owed = 0n;
    const gone = { sold: 0n, sampled: 0n };
    for (const [name, account] of [...this.accounts].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [org, state] = name.split(' ') as [string, HoldingState];
      const debt = account.debts.reduce((sum, { left }) => sum + left, 0n);
      overdrawn += debt;
      owed += account.debts.reduce((sum, { left, to }) => sum + (isFinal(to) ? left : 0n), 0n);
      if (isGone(state)) {
        gone[state] += account.total;
        if (debt > 0n) holdings.push({ org, place: '', state, quantity: 0n, overdrawn: debt });
        continue;
      }
      const places = [...account.places].sort(([a], [b]) => (a < b ? -1 : 1));
      for (const [place, quantity] of places) {
        held += quantity;
        holdings.push({ org, place, state, quantity, overdrawn: 0n });
      }
      if (debt > 0n) holdings.push({ org, place: '', state, quantity: 0n, overdrawn: debt });
    }
    const { consumed, lost } = this.sinks;
    return {
      holdings: mergeUnknownPlaces(holdings),
      totals: { made: this.made, takenIn: this.takenIn, gained: this.gained, consumed, ...gone, lost, held, owed, overdrawn },
      moved: this.moved,
    };
  }

  /** The book as plain JSON: equal books are written alike. */
  write(): BookState {
    const accounts: BookState['accounts'] = {};
    for (const [name, { places, debts }] of [...this.accounts].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (places.size === 0 && debts.length === 0) continue;
      accounts[name] = {
        places: Object.fromEntries([...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([place, amount]) => [place, amount.toString()])),
        debts: debts.map(({ key, moved, left, to }) => ({ key, moved: moved.toString(), left: left.toString(), to })),
      };
    }
    const sinks = Object.fromEntries(Object.entries(this.sinks).map(([sink, amount]) => [sink, amount.toString()])) as Record<Sink, string>;
    return { accounts, sinks, made: this.made.toString(), takenIn: this.takenIn.toString(), gained: this.gained.toString() };
  }

  /** Takes a book up where it was written down. What `moved` says then is of lines posted or paid since. */
  static read(state: BookState): Book {
    const book = new Book();
    for (const [name, { places, debts }] of Object.entries(state.accounts)) {
      const account = book.named(name);
      for (const [place, amount] of Object.entries(places)) account.places.set(place, BigInt(amount));
      for (const { key, moved, left, to } of debts) account.debts.push({ key, moved: BigInt(moved), left: BigInt(left), to });
    }
    for (const [sink, amount] of Object.entries(state.sinks)) book.sinks[sink as Sink] = BigInt(amount);
    book.made = BigInt(state.made);
    book.takenIn = BigInt(state.takenIn);
    book.gained = BigInt(state.gained);
    return book;
  }
}

/** A book written down; amounts as decimal text. */
export interface BookState {
  readonly accounts: Record<string, {
    readonly places: Readonly<Record<string, string>>;
    readonly debts: readonly { readonly key: string; readonly moved: string; readonly left: string; readonly to: Destination }[];
  }>;
  readonly sinks: Readonly<Record<Sink, string>>;
  readonly made: string;
  readonly takenIn: string;
  readonly gained: string;
}

/** Whether an amount that goes there has left the hands of all. */
const isFinal = (to: Destination): boolean => 'sink' in to || isGone(stateOf(to.account));

const stateOf = (account: string): HoldingState => account.slice(account.indexOf(' ') + 1) as HoldingState;

/** An amount at an unknown place and a debt of the same account are one row. */
function mergeUnknownPlaces(holdings: readonly FoldedHolding[]): FoldedHolding[] {
  const merged = new Map<string, FoldedHolding>();
  for (const holding of holdings) {
    const key = `${holding.org} ${holding.state} ${holding.place}`;
    const known = merged.get(key);
    merged.set(key, known
      ? { ...known, quantity: known.quantity + holding.quantity, overdrawn: known.overdrawn + holding.overdrawn }
      : holding);
  }
  return [...merged.values()];
}
