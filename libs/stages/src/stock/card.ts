import type { LineRole } from '@daodi/trace';

/** One line of a batch as a card shows it, in the order in which things happened; amounts in base units. */
export interface CardLine {
  readonly role: LineRole;
  /** What really moved. */
  readonly moved: bigint;
  readonly place: string;
  readonly from?: string;
}

/** How one line changed what lies at a place, and what then lay there. */
export interface CardStep {
  readonly in: bigint;
  readonly out: bigint;
  readonly balance: bigint;
}

const COMES: readonly LineRole[] = ['origin', 'output', 'take-in', 'gain', 'receive', 'return', 'sample-return', 'void-ship'];
const LEAVES: readonly LineRole[] = ['input', 'ship', 'sample', 'sell', 'destroy', 'loss'];

/**
 * The running balance of a card. What leaves is taken from the place it names and then from the others, as in the book;
 * what no place holds is a minus at the place named, until it is paid.
 *
 * @param at the place of the card; absent: all of the house
 * @returns a step for each line; one that changes nothing here has neither in nor out
 */
export function cardSteps(lines: readonly CardLine[], at?: string): CardStep[] {
  const places = new Map<string, bigint>();
  const here = (): bigint => (at === undefined ? [...places.values()].reduce((sum, amount) => sum + amount, 0n) : (places.get(at) ?? 0n));
  return lines.map((line) => {
    const before = here();
    post(places, line);
    const balance = here();
    return { in: balance > before ? balance - before : 0n, out: balance < before ? before - balance : 0n, balance };
  });
}

function post(places: Map<string, bigint>, { role, moved, place, from }: CardLine): void {
  if (COMES.includes(role)) add(places, place, moved);
  else if (LEAVES.includes(role)) take(places, moved, [place, ...others(places, place)], place);
  else if (role === 'store') {
    const elsewhere = others(places, place).sort((a, b) => (a === from ? -1 : b === from ? 1 : 0));
    take(places, moved, elsewhere, from ?? '');
    add(places, place, moved);
  }
}

const others = (places: ReadonlyMap<string, bigint>, place: string): string[] => [...places.keys()].filter((one) => one !== place).sort();

const add = (places: Map<string, bigint>, place: string, amount: bigint): void => void places.set(place, (places.get(place) ?? 0n) + amount);

function take(places: Map<string, bigint>, amount: bigint, order: readonly string[], owing: string): void {
  let left = amount;
  for (const place of order) {
    const there = places.get(place) ?? 0n;
    const taken = there < left ? (there > 0n ? there : 0n) : left;
    places.set(place, there - taken);
    left -= taken;
  }
  if (left > 0n) add(places, owing, -left);
}
