import fc from 'fast-check';
import { fold, type FoldLine, rankOf } from './fold';

type Leaving = 'sell' | 'return' | 'input' | 'loss' | 'output';
const act = fc.tuple(fc.constantFrom<Leaving>('sell', 'return', 'input', 'loss', 'output'), fc.bigInt({ min: 1n, max: 30n }), fc.nat(999));

it('what could happen at one instant in some order leaves no debt in whatever order its lines are told', () => {
  fc.assert(fc.property(fc.array(act, { minLength: 1, maxLength: 10 }), (acts) => {
    let [hand, sold] = [20n, 0n];
    const lines: { readonly line: FoldLine; readonly tie: string }[] = [];
    const tell = (role: FoldLine['role'], amount: bigint, tie: number): void =>
      void lines.push({ line: { key: `${lines.length}`, org: 'A', role, amount, site: '' }, tie: `${rankOf(role)} ${String(tie).padStart(3, '0')} ${lines.length}` });
    tell('take-in', hand, 0);
    for (const [role, amount, tie] of acts) {
      // Only what its doer had: the order in which it was done is one in which nobody owes anything.
      if ((role === 'return' ? sold : hand) < amount && role !== 'output') continue;
      hand += role === 'output' || role === 'return' ? amount : -amount;
      sold += role === 'sell' ? amount : role === 'return' ? -amount : 0n;
      tell(role, amount, tie);
    }
    const told = [...lines].sort((a, b) => (a.tie < b.tie ? -1 : 1)).map(({ line }) => line);
    const { holdings, totals } = fold(told);
    expect(holdings.filter(({ quantity, overdrawn }) => quantity > 0n || overdrawn > 0n)).toEqual(hand === 0n ? [] : [{ org: 'A', place: '', state: 'available', quantity: hand, overdrawn: 0n }]);
    expect([totals.held, totals.sold, totals.overdrawn]).toEqual([hand, sold, 0n]);
  }), { numRuns: 5_000, endOnFailure: true });
});
