import fc from 'fast-check';
import { Book, fold, type FoldLine } from './fold';

let count = 0;
const line = (org: string, role: FoldLine['role'], amount: number, more: Partial<FoldLine> = {}): FoldLine => ({
  key: `${++count}`, org, role, amount: BigInt(amount), ...more,
});
const shown = (lines: readonly FoldLine[]): string[] =>
  fold(lines).holdings.map((h) => `${h.org} ${h.state} ${h.place} ${h.quantity}${h.overdrawn > 0n ? ` owes ${h.overdrawn}` : ''}`);

describe('fold', () => {
  it('moves what the book holds and lets the rest stand as overdrawn', () => {
    expect(shown([line('A', 'origin', 60), line('A', 'ship', 100, { destOrg: 'B' })])).toEqual(['A available  0 owes 40', 'B transit A 60']);
  });

  it('pays an old debt with what comes in later, at once and along the whole way the goods went', () => {
    const lines = [
      line('A', 'ship', 100, { destOrg: 'B' }), line('B', 'receive', 100, { sourceOrg: 'A', site: 'S' }), line('B', 'input', 100),
      line('A', 'origin', 100),
    ];
    expect(shown(lines)).toEqual([]);
    expect(fold(lines).totals).toMatchObject({ made: 100n, consumed: 100n, owed: 0n, overdrawn: 0n });
  });

  it('does not let a ring of shipments hold what nobody ever made', () => {
    expect(fold([line('A', 'ship', 10, { destOrg: 'B' }), line('B', 'ship', 10, { destOrg: 'A' })]).totals).toMatchObject({ held: 0n, overdrawn: 20n });
  });

  it('keeps what was rejected apart, and sends it back first to whom it came from', () => {
    const received = [
      line('A', 'origin', 100), line('A', 'ship', 100, { destOrg: 'B' }),
      line('B', 'receive', 90, { sourceOrg: 'A', site: 'S' }), line('B', 'reject', 7, { sourceOrg: 'A' }), line('B', 'short', 3, { sourceOrg: 'A' }),
    ];
    expect(shown(received)).toEqual(['B available S 90', 'B rejected A 7']);
    expect(shown([...received, line('B', 'ship', 7, { destOrg: 'A' })])).toEqual(['A transit B 7', 'B available S 90']);
    expect(shown([...received, line('B', 'ship', 7, { destOrg: 'C' })])).toEqual(['B available S 83', 'B rejected A 7', 'C transit B 7']);
  });

  it('takes from the place that is named what was put elsewhere, and only what that lacks from others', () => {
    const stored = [line('A', 'output', 10, { site: 'P' }), line('A', 'output', 4, { site: 'Q' })];
    expect(shown([...stored, line('A', 'store', 3, { site: 'R', fromSite: 'Q' })])).toEqual(['A available P 10', 'A available Q 1', 'A available R 3']);
    expect(shown([...stored, line('A', 'store', 6, { site: 'R', fromSite: 'Q' })])).toEqual(['A available P 8', 'A available R 6']);
    expect(shown([...stored, line('A', 'store', 6, { site: 'R' })])).toEqual(['A available P 4', 'A available Q 4', 'A available R 6']);
  });

  it('takes back of a withdrawn shipment only what has not arrived', () => {
    const lines = [
      line('A', 'origin', 10), line('A', 'ship', 10, { destOrg: 'B' }), line('B', 'receive', 4, { sourceOrg: 'A' }), line('A', 'void-ship', 10, { destOrg: 'B' }),
    ];
    expect(shown(lines)).toEqual(['A available  6', 'B available  4']);
  });

  it('sees goods again where their captor speaks for an unregistered sender, without making more of them', () => {
    expect(shown([line('A', 'origin', 10, { site: 'S' }), line('A', 'receive', 10)])).toEqual(['A available S 10']);
  });

  it('brings back what was sold, and owes what came back beyond it until the sale is told', () => {
    const back = line('A', 'return', 6, { site: 'S' });
    expect(fold([line('A', 'take-in', 10, { site: 'S' }), line('A', 'sell', 8), back]).totals).toMatchObject({ takenIn: 10n, made: 0n, sold: 2n, held: 8n, overdrawn: 0n });
    expect(shown([line('A', 'take-in', 10, { site: 'S' }), line('A', 'sell', 4), back])).toEqual(['A available S 10', 'A sold  0 owes 2']);
    expect(shown([line('A', 'take-in', 10, { site: 'S' }), back, line('A', 'sell', 8)])).toEqual(['A available S 8']);
    expect(shown([line('A', 'take-in', 10, { site: 'S' }), line('B', 'sell', 4), back])).toEqual(['A available S 10', 'A sold  0 owes 6', 'B available  0 owes 4']);
    // Used up, then sold and brought back at one instant, in an order nobody chose: what went and came back is no debt.
    expect(shown([line('A', 'take-in', 7), line('A', 'input', 7), line('A', 'sell', 7), line('A', 'return', 7)])).toEqual([]);
    expect(shown([line('A', 'take-in', 7), line('A', 'input', 7), line('A', 'return', 9), line('A', 'sell', 7)])).toEqual(['A sold  0 owes 2']);
    expect(fold([line('A', 'origin', 5), line('A', 'sample', 2), line('A', 'sample-return', 1)]).totals).toMatchObject({ sampled: 1n, held: 4n });
  });

  const org = fc.constantFrom('A', 'B');
  const anyLine = fc.record({
    org, role: fc.constantFrom<FoldLine['role']>(
      'origin', 'take-in', 'gain', 'input', 'ship', 'receive', 'reject', 'short', 'void-ship', 'sell', 'return', 'destroy', 'loss', 'store', 'sample', 'sample-return',
    ),
    amount: fc.bigInt({ min: 0n, max: 50n }), destOrg: fc.option(org, { nil: undefined }), sourceOrg: fc.option(org, { nil: undefined }), site: fc.constantFrom('S', 'T', ''),
  });
  const history = fc.array(anyLine, { maxLength: 25 }).map((lines) => lines.map((l, i): FoldLine => ({ ...l, key: String(i) })));

  it('never loses or makes a milligram: what came in is held or went out', () => {
    fc.assert(fc.property(history, (lines) => {
      const { totals, holdings, moved } = fold(lines);
      expect(totals.made + totals.takenIn + totals.gained).toBe(totals.consumed + totals.sampled + totals.sold + totals.lost + totals.held);
      for (const { quantity, overdrawn } of holdings) expect(quantity >= 0n && overdrawn >= 0n).toBe(true);
      for (const l of lines) expect((moved.get(l.key) ?? 0n) <= l.amount).toBe(true);
    }));
  });

  it('gives the same book whether folded at once or written down after any line and taken up again', () => {
    fc.assert(fc.property(history, fc.nat(), (lines, cut) => {
      const at = lines.length === 0 ? 0 : cut % lines.length;
      let book = new Book();
      for (const l of lines.slice(0, at)) book.post(l);
      book = Book.read(JSON.parse(JSON.stringify(book.write())));
      for (const l of lines.slice(at)) book.post(l);
      const whole = fold(lines);
      expect(book.result()).toMatchObject({ holdings: whole.holdings, totals: whole.totals });
      for (const [key, amount] of book.result().moved) expect(whole.moved.get(key)).toBe(amount);
    }));
  });
});
