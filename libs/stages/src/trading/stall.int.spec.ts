import fc from 'fast-check';
import { type Firm, FormsBench } from '../testing/forms-bench';

/**
 * A stall's book kept beside the product, by the simplest arithmetic there is: whatever a stall keeper types in
 * whatever sequence, every batch holds what that book says, and the whole stall has what came in less what left.
 */

const RUNS = Number(process.env['DAODI_CONSERVATION_RUNS'] ?? 8);

let bench: FormsBench;
beforeAll(async () => {
  bench = await FormsBench.open();
});
afterAll(() => bench.close());

/** One thing typed, told by small numbers, so that a failing sequence can be made shorter. */
interface Act {
  readonly kind: 'intake' | 'split' | 'rest' | 'mixture' | 'grading' | 'repacking' | 'sale' | 'credit' | 'return' | 'exchange' | 'take-back';
  readonly pick: number;
  readonly second: number;
  readonly mg: bigint;
}

/** What a simple book knows. All in milligrams. */
interface Book {
  readonly held: ReadonlyMap<string, bigint>;
  readonly sales: readonly { readonly eventID: string; readonly batch: string; readonly left: bigint }[];
  readonly takenIn: bigint;
  readonly sold: bigint;
  readonly lost: bigint;
}

const EMPTY: Book = { held: new Map(), sales: [], takenIn: 0n, sold: 0n, lost: 0n };
const kg = (mg: bigint) => ({ quantity: `${mg / 1_000_000n}.${(mg % 1_000_000n).toString().padStart(6, '0')}`, unit: 'kg' });
const at = { eventTime: '2026-11-02T08:10:00+08:00' };

/** Moves amounts between batches; what a batch gets comes after it is known which code it got. */
const moved = (book: Book, changes: readonly (readonly [string, bigint])[]): ReadonlyMap<string, bigint> => {
  const held = new Map(book.held);
  for (const [code, change] of changes) held.set(code, (held.get(code) ?? 0n) + change);
  return held;
};

interface Answered {
  readonly eventID: string;
  readonly eventIDs: readonly string[];
  readonly codes: readonly string[];
}

/** What is posted, and what the book says once it was taken. */
interface Typed {
  readonly path: string;
  readonly body: object;
  readonly then: (answer: Answered) => Book;
}

function typed(book: Book, { kind, pick, second, mg }: Act): Typed | undefined {
  const codes = [...book.held.keys()];
  const batch = codes[pick % Math.max(codes.length, 1)];
  const other = codes[second % Math.max(codes.length, 1)];
  const sale = book.sales[second % Math.max(book.sales.length, 1)];
  const post = (path: string, body: object, then: Typed['then']): Typed => ({ path, body: { ...at, ...body }, then });
  if (kind === 'intake' || batch === undefined || other === undefined) {
    return post('/intakes', { means: 'purchase', herb: 'lianqiao', ...kg(mg) }, ({ codes: [code] }) => ({ ...book, held: moved(book, [[code as string, mg]]), takenIn: book.takenIn + mg }));
  }
  const there = book.held.get(batch) as bigint;
  const spilt = mg / 50n;
  const losses = [{ cause: 'spilt', ...kg(spilt + 1n) }];
  const made = (used: bigint, parts: readonly bigint[], lost: bigint): Typed['then'] => ({ codes: outs }) =>
    ({ ...book, held: moved(book, [[batch, -used], ...parts.map((part, i) => [outs[i] as string, part] as const)]), lost: book.lost + lost });
  switch (kind) {
    case 'split': return post('/splits', { batch, parts: [{ ...kg(mg), count: 2 }], losses }, made(2n * mg + spilt + 1n, [mg, mg], spilt + 1n));
    case 'rest': return post('/splits', { batch, parts: [kg(mg)], remainder: 'part' }, made(there, there > mg ? [mg, there - mg] : [mg], 0n));
    case 'mixture': {
      if (batch === other) return undefined;
      const out = mg + mg / 3n + 1n - spilt - 1n;
      return post('/mixtures', { inputs: [{ batch, ...kg(mg) }, { batch: other, ...kg(mg / 3n + 1n) }], losses }, ({ codes: [code] }) =>
        ({ ...book, held: moved(book, [[batch, -mg], [other, -(mg / 3n + 1n)], [code as string, out]]), lost: book.lost + spilt + 1n }));
    }
    case 'grading': {
      const parts = [mg / 2n + 1n, mg / 4n + 1n, mg / 20n + 1n] as const;
      const used = mg + 3n;
      return post('/gradings', { batch, used: kg(used), outputs: [{ grade: '一等', ...kg(parts[0]) }, { grade: '二等', ...kg(parts[1]) }], siftings: kg(parts[2]) }, made(used, parts, used - parts[0] - parts[1] - parts[2]));
    }
    case 'repacking': return post('/repackings', { batch, packages: { count: 3, ...kg(mg / 4n + 1n) }, odd: kg(mg / 9n + 1n), oldWrapping: kg(spilt + 1n) }, made(3n * (mg / 4n + 1n) + mg / 9n + spilt + 2n, [3n * (mg / 4n + 1n) + mg / 9n + 1n], spilt + 1n));
    case 'sale':
    case 'credit': return post(kind === 'sale' ? '/sales' : '/credit-sales', { lines: [{ batch, ...kg(mg) }], ...(kind === 'credit' && { buyer: 'K-017', amount: '10', dueOn: '2026-12-31' }) }, ({ eventID }) =>
      ({ ...book, held: moved(book, [[batch, -mg]]), sold: book.sold + mg, sales: [...book.sales, { eventID, batch, left: mg }] }));
    case 'return': {
      if (sale === undefined) return undefined;
      const back = second % 2 === 0 ? sale.left : mg;
      return post('/returns', { sale: sale.eventID, reason: '受潮', state: 'damp', ...(second % 2 === 1 && { lines: [{ batch: sale.batch, ...kg(mg) }] }) }, () =>
        ({ ...book, held: moved(book, [[sale.batch, back]]), sold: book.sold - back, sales: book.sales.map((one) => (one === sale ? { ...one, left: one.left - back } : one)) }));
    }
    case 'exchange': {
      if (sale === undefined) return undefined;
      return post('/exchanges', { sale: sale.eventID, returned: [{ batch: sale.batch, ...kg(mg) }], given: [{ batch, ...kg(mg / 2n + 1n) }], reason: '规格不符', state: 'unopened' }, ({ eventIDs }) => ({
        ...book, held: moved(book, [[sale.batch, mg], [batch, -(mg / 2n + 1n)]]), sold: book.sold - mg + mg / 2n + 1n,
        sales: [...book.sales.map((one) => (one === sale ? { ...one, left: one.left - mg } : one)), { eventID: eventIDs[1] as string, batch, left: mg / 2n + 1n }],
      }));
    }
    default: return undefined;
  }
}

/** Types the acts one after the other; what the product warns of is not done. @returns the book, and how many were done */
async function play(stall: Firm, acts: readonly Act[]): Promise<{ readonly book: Book; readonly done: number }> {
  const past: { book: Book; eventID?: string }[] = [{ book: EMPTY }];
  let done = 0;
  for (const act of acts) {
    const { book, eventID } = past.at(-1) as { book: Book; eventID?: string };
    if (act.kind === 'take-back') {
      if (eventID === undefined) continue;
      // The last thing did not happen: the book is what it was before.
      expect((await bench.post(stall, `/events/${encodeURIComponent(eventID)}/correction`, { reason: '没有发生' })).status).toBe(201);
      past.pop();
      done += 1;
      continue;
    }
    const next = typed(book, act);
    if (next === undefined) continue;
    const answer = await bench.post(stall, next.path, next.body);
    if (answer.status !== 201) {
      expect([answer.status === 409 || answer.body.errors?.[0].rule === 'all-returned' || answer.body.errors?.[0].rule === 'more-than-went-in', next.path, answer.body]).toEqual([true, next.path, answer.body]);
      continue;
    }
    done += 1;
    past.push({ book: next.then({ eventID: answer.body.eventID, eventIDs: answer.body.eventIDs, codes: answer.body.batches.map(({ code }: { code: string }) => code) }), eventID: answer.body.eventID });
  }
  return { book: (past.at(-1) as { book: Book }).book, done };
}

const act = fc.record<Act>({
  kind: fc.constantFrom('intake', 'split', 'rest', 'mixture', 'grading', 'repacking', 'sale', 'credit', 'return', 'exchange', 'take-back'),
  pick: fc.nat(1000), second: fc.nat(1000), mg: fc.bigInt({ min: 100n, max: 90_000_000n }),
});

it('a stall has what came in, less what was sold and lost, batch by batch and in all', async () => {
  let [stalls, acted] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 15, maxLength: 40, size: 'max' }), async (acts) => {
      const stall = await bench.firm(`STALL-${++stalls}`);
      const opening = [1, 2, 3].map((n): Act => ({ kind: 'intake', pick: 0, second: 0, mg: BigInt(n) * 70_000_001n }));
      const { book, done } = await play(stall, [...opening, ...acts]);
      acted += done;
      for (const [code, mg] of book.held) {
        const { available, overdrawn } = await bench.book(stall, code);
        expect([code, available, overdrawn]).toEqual([code, mg, 0n]);
      }
      const [all] = await bench.dataSource.query(
        `SELECT sum(taken_in) AS "takenIn", sum(sold) AS sold, sum(held) AS held, sum(made) - sum(consumed) AS grown FROM node WHERE owner = $1 AND unit = 'mg'`, [stall.organisationId],
      );
      const held = [...book.held.values()].reduce((sum, mg) => sum + mg, 0n);
      expect([all.takenIn, all.sold, all.held, all.grown]).toEqual([book.takenIn, book.sold, held, -book.lost].map(String));
      expect(held + book.sold + book.lost).toBe(book.takenIn);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(acted).toBeGreaterThan(10 * RUNS);
}, 900_000);
