import { Chance } from '../random';
import { type Bag, mixed, type Origin, keyOf } from './bag';
import { fraction } from './fraction';
import type { Market } from './market';

/** Grams as milligrams. */
const G = 1_000n;
/** Milligrams as people type kilograms, exactly. */
export const kg = (mg: bigint): { readonly quantity: string; readonly unit: 'kg' } => ({ quantity: `${mg / 1_000_000n}.${(mg % 1_000_000n).toString().padStart(6, '0')}`, unit: 'kg' });

/** What no page, label or trace may show. */
export const PRIVATE = { person: '王某某 13900001111', buyer: 'K-8848', amount: '31415.92' } as const;

/** A bag as it was answered. */
interface Answered {
  readonly code: string;
  readonly uri: string;
}

/** One day of a stall: what its keeper types, and beside it the book of exact fractions. */
export class StallDay {
  readonly bags: Bag[] = [];
  /** To which something came back. */
  readonly returned = new Set<Bag>();
  takenIn = 0n;
  sold = 0n;
  lost = 0n;
  private minute = 0;

  constructor(
    private readonly market: Market,
    private readonly chance: Chance,
    private readonly day: string,
  ) {}

  /** From a registered grower: harvested, shipped, received; proven. */
  async buyWithCode(n: number): Promise<void> {
    const { caller, county, crop } = this.market.growers[n % this.market.growers.length] as Market['growers'][number];
    const year = this.chance.one([2024, 2025, 2026]);
    const mg = this.grams(40_000, 120_000);
    const harvested = await caller.post('/harvests', { eventTime: `${year}-08-20T09:30:00+08:00`, crop, ...kg(mg), from: `${year}-08-18`, to: `${year}-08-20` });
    const { code, uri } = harvested.batches[0] as Answered;
    await caller.post('/shipments', { eventTime: this.time(), to: { organisation: this.market.stall.code }, lines: [{ batch: code, ...kg(mg) }] });
    await this.market.stall.post('/receipts', { eventTime: this.time(), site: this.market.counter, from: { organisation: caller.code }, lines: [{ batch: code, accepted: kg(mg) }] });
    this.came({ code, uri }, mg, { proof: 'proven', county, year, herb: 'lianqiao' }, 'bought with a code');
  }

  /** From whoever passed by: declared; the third says neither where nor when. */
  async buyWithoutCode(n: number): Promise<void> {
    const said = n % 4 === 2 ? {} : { county: this.chance.one(['621121', '141026', '500000']), year: this.chance.one([2024, 2025]) };
    const herb = n % 4 === 3 ? 'huangqin' : 'lianqiao';
    const mg = this.grams(30_000, 90_000);
    const answer = await this.market.stall.post('/intakes', {
      eventTime: this.time(), site: this.market.counter, means: 'purchase', herb, ...kg(mg), seller: { person: PRIVATE.person }, price: { amount: PRIVATE.amount, per: 'in-all' },
      ...('county' in said && { origin: { regionCode: said.county }, year: said.year }),
    });
    this.came(answer.batches[0] as Answered, mg, { proof: 'declared', herb, ...said }, 'bought without a code');
  }

  /** Two or three parts, the rest stays; sometimes a little is spilt. */
  async split(from: Bag): Promise<void> {
    const count = 1 + this.chance.below(3);
    const each = this.part(from.left, 2n * BigInt(count));
    const spilt = this.chance.below(2) === 0 ? 0n : 7n * G;
    const answer = await this.market.stall.post('/splits', {
      eventTime: this.time(), batch: from.code, parts: [{ ...kg(each), count }], ...(spilt > 0n && { losses: [{ cause: 'spilt', ...kg(spilt) }] }),
    });
    from.left -= each * BigInt(count) + spilt;
    this.lost += spilt;
    for (const made of answer.batches as Answered[]) this.made(made, each, from.parts, `split off ${from.by}`);
  }

  /** Several into one, each with another amount. */
  async mix(from: readonly Bag[]): Promise<Bag> {
    const inputs = from.map((bag, i) => ({ bag, mg: this.part(bag.left, BigInt(2 + (i % 3))) }));
    const herbs = new Set(from.flatMap(({ parts }) => [...parts.keys()].map((key) => key.split('|')[3])));
    const spilt = 11n * G;
    const answer = await this.market.stall.post('/mixtures', {
      eventTime: this.time(), inputs: inputs.map(({ bag, mg }) => ({ batch: bag.code, ...kg(mg) })), losses: [{ cause: 'spilt', ...kg(spilt) }],
      ...(herbs.size > 1 && { formula: '清热拼货' }),
    });
    for (const { bag, mg } of inputs) bag.left -= mg;
    this.lost += spilt;
    return this.made(answer.batches[0] as Answered, inputs.reduce((sum, { mg }) => sum + mg, 0n) - spilt, mixed(inputs), 'a mixture');
  }

  /** Two grades, siftings, and what the sieve took. */
  async grade(from: Bag): Promise<void> {
    const used = this.part(from.left, 2n);
    const outs = [used / 2n / G * G, used / 4n / G * G, used / 20n / G * G] as const;
    const answer = await this.market.stall.post('/gradings', {
      eventTime: this.time(), batch: from.code, used: kg(used), outputs: [{ grade: '一等', ...kg(outs[0]) }, { grade: '二等', ...kg(outs[1]) }], siftings: kg(outs[2]),
    });
    from.left -= used;
    this.lost += used - outs[0] - outs[1] - outs[2];
    (answer.batches as Answered[]).forEach((made, i) => this.made(made, outs[i] as bigint, from.parts, `graded from ${from.by}`));
  }

  /** Four packages and the odd one. */
  async repack(from: Bag): Promise<void> {
    const each = this.part(from.left, 6n);
    const [odd, wrapping] = [each / 3n / G * G, 120n * G];
    const answer = await this.market.stall.post('/repackings', { eventTime: this.time(), batch: from.code, packages: { count: 4, ...kg(each) }, odd: kg(odd), oldWrapping: kg(wrapping) });
    from.left -= 4n * each + odd + wrapping;
    this.lost += wrapping;
    this.made(answer.batches[0] as Answered, 4n * each + odd, from.parts, `repacked from ${from.by}`);
  }

  /** Sold on credit. @returns the sale's event and how much it was */
  async sell(from: Bag): Promise<{ readonly eventID: string; readonly from: Bag; readonly mg: bigint }> {
    const mg = this.part(from.left, 3n);
    const { eventID, recordedAs } = await this.market.stall.post('/credit-sales', {
      eventTime: this.time(), site: this.market.counter, buyer: PRIVATE.buyer, lines: [{ batch: from.code, ...kg(mg) }], amount: PRIVATE.amount, dueOn: '2026-12-31',
    });
    if (recordedAs !== 'sale') throw new Error(`sold to whom is not here, and recorded as ${recordedAs}`);
    from.left -= mg;
    this.sold += mg;
    return { eventID, from, mg };
  }

  /** Half of it comes back, to a place apart. */
  async takeBack(sale: { readonly eventID: string; readonly from: Bag; readonly mg: bigint }): Promise<void> {
    const mg = sale.mg / 2n / G * G;
    await this.market.stall.post('/returns', { eventTime: this.time(), site: this.market.apart, sale: sale.eventID, lines: [{ batch: sale.from.code, ...kg(mg) }], reason: '受潮', state: 'damp', credited: '1.00' });
    sale.from.left += mg;
    this.sold -= mg;
    this.returned.add(sale.from);
  }

  /** A bag with something left in it. */
  any(where: (bag: Bag) => boolean = () => true): Bag {
    return this.chance.one(this.bags.filter((bag) => bag.left > 5_000n * G && where(bag)));
  }

  private came(made: Answered, mg: bigint, origin: Origin, by: string): void {
    this.takenIn += mg;
    this.made(made, mg, new Map([[keyOf(origin), fraction(1n)]]), by);
  }

  private made({ code, uri }: Answered, mg: bigint, parts: Bag['parts'], by: string): Bag {
    const bag: Bag = { code, uri, came: mg, left: mg, parts, by };
    this.bags.push(bag);
    return bag;
  }

  /** A part of an amount, in whole grams, a little off any round number: at most 699 g less, and never less than half of it. */
  private part(mg: bigint, of: bigint): bigint {
    const grams = mg / of / G;
    const off = BigInt(this.chance.below(700));
    return (grams - (off * 2n > grams ? grams / 2n : off)) * G;
  }

  private grams(from: number, to: number): bigint {
    return BigInt(from + this.chance.below(to - from)) * G;
  }

  private time(): string {
    this.minute += 1;
    return `${this.day}T${String(6 + Math.floor(this.minute / 60)).padStart(2, '0')}:${String(this.minute % 60).padStart(2, '0')}:00+08:00`;
  }
}
