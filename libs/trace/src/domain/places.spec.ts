import fc from 'fast-check';
import { fold, type FoldLine } from './fold';

const PLACES = ['P', 'Q', 'R'] as const;

const moves = fc.array(fc.record({
  role: fc.constantFrom<FoldLine['role']>('output', 'gain', 'loss', 'sell', 'sample', 'destroy', 'store'),
  at: fc.constantFrom(...PLACES), to: fc.constantFrom(...PLACES), amount: fc.bigInt({ min: 1n, max: 1000n }),
}), { maxLength: 60 });

describe('the book of a store', () => {
  it('is a plain list of heaps by place, after any sequence of stock-takes, moves and departures that the floor allows', () => {
    fc.assert(fc.property(moves, (sequence) => {
      const heaps = new Map<string, bigint>();
      const heap = (place: string): bigint => heaps.get(place) ?? 0n;
      const lines: FoldLine[] = [];
      const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
      for (const { role, at, to, amount } of sequence) {
        const isIn = role === 'output' || role === 'gain';
        const moved = isIn ? amount : least(amount, heap(at));
        if (moved === 0n || (role === 'store' && at === to)) continue;
        heaps.set(at, heap(at) + (isIn ? moved : -moved));
        if (role === 'store') heaps.set(to, heap(to) + moved);
        lines.push({ key: `${lines.length}`, org: 'A', role, amount: moved, ...(role === 'store' ? { site: to, fromSite: at } : { site: at }) });
      }
      const { holdings, totals } = fold(lines);
      const booked = new Map(holdings.filter(({ state }) => state === 'available').map(({ place, quantity }) => [place, quantity]));
      for (const place of PLACES) expect([place, booked.get(place) ?? 0n]).toEqual([place, heap(place)]);
      expect(totals.overdrawn).toBe(0n);
      expect(totals.made + totals.takenIn + totals.gained).toBe(totals.consumed + totals.sampled + totals.sold + totals.lost + totals.held);
    }));
  });
});
