import fc from 'fast-check';
import { type CardLine, cardSteps } from './card';

const PLACES = ['quarantine', 'qualified', 'annex'] as const;

/** What happens in a store: each takes at most what a plain list of heaps has at the place. */
const moves = fc.array(fc.record({
  kind: fc.constantFrom('come', 'leave', 'move', 'dry', 'regain'), at: fc.constantFrom(...PLACES), to: fc.constantFrom(...PLACES), amount: fc.bigInt({ min: 1n, max: 1000n }),
}), { maxLength: 60 });

describe('a card', () => {
  it('agrees with a plain list of heaps after any sequence of movements, at every place and in the whole house', () => {
    fc.assert(fc.property(moves, (sequence) => {
      const heaps = new Map<string, bigint>(PLACES.map((place) => [place, 0n]));
      const heap = (place: string): bigint => heaps.get(place) ?? 0n;
      const lines: CardLine[] = [];
      const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
      for (const { kind, at, to, amount } of sequence) {
        const there = least(amount, heap(at));
        if (kind === 'come' || kind === 'regain') {
          heaps.set(at, heap(at) + amount);
          lines.push({ role: kind === 'come' ? 'output' : 'gain', moved: amount, place: at });
        } else if (kind === 'leave' || kind === 'dry') {
          heaps.set(at, heap(at) - there);
          lines.push({ role: kind === 'leave' ? 'sell' : 'loss', moved: there, place: at });
        } else if (at !== to) {
          heaps.set(at, heap(at) - there);
          heaps.set(to, heap(to) + there);
          lines.push({ role: 'store', moved: there, place: to, from: at });
        }
      }
      if (lines.length === 0) return;
      for (const place of PLACES) expect(cardSteps(lines, place).at(-1)?.balance).toBe(heap(place));
      const whole = cardSteps(lines);
      expect(whole.at(-1)?.balance).toBe([...heaps.values()].reduce((sum, one) => sum + one, 0n));
      // Every line of a card follows from the one before it.
      whole.forEach(({ in: into, out, balance }, i) => expect(balance).toBe((whole[i - 1]?.balance ?? 0n) + into - out));
    }));
  });

  it('stands at a minus until what left too early is there', () => {
    const steps = cardSteps([{ role: 'sell', moved: 5n, place: 'annex' }, { role: 'output', moved: 8n, place: 'annex' }]);
    expect(steps.map(({ balance }) => balance)).toEqual([-5n, 3n]);
  });
});
