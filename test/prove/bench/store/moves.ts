import type { Chance } from '../random';
import { type Floor, massOf, moistureOf } from './floor';
import { kg, type PlaceName, post, type Store } from './store';

/** What one who only adds up the slips would have in the book: milligrams by `batch place`. */
export type Ledger = Map<string, number>;

export const keyOf = (batch: string, place: PlaceName | 'way'): string => `${batch} ${place}`;

/** What happens in the year, each on the floor, in the plain ledger and over HTTP. Returns whether it could happen. */
export class Moves {
  readonly batches: string[] = [];
  /** Batches that came in; those made of them are among `batches` too. */
  arrived = 0;
  /** Re-dryings with measured moistures, and those of them that were told wrongly. */
  dried = 0;
  falselyDried = 0;

  constructor(
    readonly store: Store,
    readonly floor: Floor,
    readonly ledger: Ledger,
    private readonly chance: Chance,
  ) {}

  booked(batch: string, place: PlaceName | 'way'): number {
    return this.ledger.get(keyOf(batch, place)) ?? 0;
  }

  private book(batch: string, place: PlaceName | 'way', change: number): void {
    this.ledger.set(keyOf(batch, place), this.booked(batch, place) + change);
  }

  /** A batch comes in, and lies in quarantine. */
  async arrive(at: string, later: string): Promise<boolean> {
    const shown = this.floor.reading(20_000_000 + this.chance.below(380_000_000));
    const batch: string = (await post(this.store, '/harvests', { eventTime: at, crop: this.store.crop, quantity: kg(shown), unit: 'kg' })).batches[0].code;
    await post(this.store, '/storage', { eventTime: later, site: this.store.places.quarantine, lines: [line(batch, shown)] });
    this.floor.put(keyOf(batch, 'quarantine'), shown, 10.5 + this.chance.next());
    this.book(batch, 'quarantine', shown);
    this.batches.push(batch);
    this.arrived += 1;
    return true;
  }

  /** The head of quality decides on a part of what lies in quarantine. */
  async decide(at: string): Promise<boolean> {
    const batch = this.withAtLeast('quarantine', 1_000_000);
    if (batch === undefined) return false;
    const isFit = this.chance.below(10) > 0;
    const shown = this.part(batch, 'quarantine', isFit ? 1 : 0.2);
    const to: PlaceName = isFit ? 'qualified' : 'rejected';
    await post(this.store, '/zone-decisions', { eventTime: at, from: this.store.places.quarantine, to: this.store.places[to], lines: [line(batch, shown)], basis: '检验报告' }, this.store.head);
    this.carry(batch, 'quarantine', to, shown);
    return true;
  }

  /** To the other site, in one go or with a way between. */
  async transfer(at: string, later: string): Promise<boolean> {
    const [from, to]: [PlaceName, PlaceName] = this.chance.below(2) === 0 ? ['qualified', 'annex'] : ['annex', 'qualified'];
    const batch = this.withAtLeast(from, 2_000_000);
    if (batch === undefined) return false;
    const shown = this.part(batch, from, 0.6);
    const underWay = this.chance.below(3) === 0;
    await post(this.store, '/transfers', { eventTime: at, from: this.store.places[from], to: this.store.places[to], lines: [line(batch, shown)], underWay });
    if (!underWay) return this.carry(batch, from, to, shown);
    const onTheWay = this.floor.take(keyOf(batch, from), shown);
    onTheWay.dry -= this.chance.below(30_000);
    const arrived = this.floor.reading(massOf(onTheWay));
    const reason = arrived < shown ? 'transit-loss' : arrived > shown ? 'scale-difference' : undefined;
    await post(this.store, '/arrivals', { eventTime: later, site: this.store.places[to], lines: [{ ...line(batch, arrived), reason }] });
    this.floor.add(keyOf(batch, to), onTheWay);
    this.book(batch, from, -shown);
    this.book(batch, to, arrived);
    return true;
  }

  /** Sold, sampled or used up; now and then written down wrongly first and corrected. */
  async leave(at: string): Promise<boolean> {
    const place: PlaceName = this.chance.below(3) === 0 ? 'annex' : 'qualified';
    const batch = this.withAtLeast(place, 4_000_000);
    if (batch === undefined) return false;
    const form = this.chance.one(['sales', 'sales', 'samples', 'processing'] as const);
    const shown = form === 'samples' ? this.floor.reading(50_000 + this.chance.below(450_000)) : this.part(batch, place, 0.5);
    const site = this.store.places[place];
    const body = (mg: number) => form === 'processing'
      ? { eventTime: at, site, step: 'slicing', inputs: [line(batch, mg)], outputs: [{ quantity: kg(mg), unit: 'kg' }] }
      : { eventTime: at, site, lines: [line(batch, mg)] };
    const isWrong = form !== 'processing' && this.chance.below(12) === 0;
    const { eventID, batches } = await post(this.store, `/${form}`, body(isWrong ? shown + 1_000_000 : shown));
    if (isWrong) await post(this.store, `/events/${encodeURIComponent(eventID)}/correction`, { reason: '磅单看错', replacement: body(shown) });
    const gone = this.floor.take(keyOf(batch, place), shown);
    this.book(batch, place, -shown);
    if (form !== 'processing') return true;
    // What was made of it lies where it was made, and is weighed and counted like everything else.
    const made: string = batches[0].code;
    this.floor.add(keyOf(made, place), gone);
    this.book(made, place, shown);
    this.batches.push(made);
    return true;
  }

  /** Re-drying: the part goes into the oven and comes back lighter; both moistures are measured. */
  async dry(at: string): Promise<boolean> {
    const batch = this.withAtLeast('qualified', 20_000_000);
    if (batch === undefined) return false;
    const before = this.part(batch, 'qualified', 0.5);
    const heap = this.floor.take(keyOf(batch, 'qualified'), before);
    const wet = moistureOf(heap);
    this.floor.dry(heap, 10 + this.chance.next());
    const after = Math.min(before, this.floor.reading(massOf(heap)));
    const isFalse = this.chance.below(8) === 0;
    const isMeasured = isFalse || this.chance.below(4) > 0;
    const measured = (percent: number) => ({ percent: percent.toFixed(2), method: 'oven' });
    const moistures = isMeasured ? { moistureBefore: measured(wet), moistureAfter: measured(isFalse ? moistureOf(heap) - 3 : moistureOf(heap)) } : {};
    const site = this.store.places.qualified;
    await post(this.store, '/stock-changes', { eventTime: at, site, change: 're-drying', lines: [{ batch, before: shown(before), after: shown(after), unit: 'kg', ...moistures }] });
    this.floor.add(keyOf(batch, 'qualified'), heap);
    this.book(batch, 'qualified', after - before);
    if (isMeasured) this.dried += 1;
    if (isFalse) this.falselyDried += 1;
    return true;
  }

  /** What was rejected is destroyed, and somebody sees it. */
  async destroy(at: string): Promise<boolean> {
    const batch = this.withAtLeast('rejected', 100_000);
    if (batch === undefined) return false;
    const shown = this.part(batch, 'rejected', 0.9);
    await post(this.store, '/destructions', { eventTime: at, site: this.store.places.rejected, lines: [line(batch, shown)], witness: this.store.firm.owner.personId, reason: '不合格' });
    this.floor.take(keyOf(batch, 'rejected'), shown);
    this.book(batch, 'rejected', -shown);
    return true;
  }

  /** Turned and looked at: nothing moves. */
  async lookAfter(at: string): Promise<boolean> {
    if (this.batches.length === 0) return false;
    await post(this.store, '/upkeep', { eventTime: at, measures: ['turning', 'pest-check'], batches: [this.chance.one(this.batches)], reading: { temperatureCelsius: '19.5', humidityPercent: '61', source: 'manual' } });
    return true;
  }

  private carry(batch: string, from: PlaceName, to: PlaceName, shown: number): boolean {
    this.floor.add(keyOf(batch, to), this.floor.take(keyOf(batch, from), shown));
    this.book(batch, from, -shown);
    this.book(batch, to, shown);
    return true;
  }

  /** A batch of which book and floor both have so much at a place. */
  private withAtLeast(place: PlaceName, mg: number): string | undefined {
    const there = this.batches.filter((batch) => Math.min(this.booked(batch, place), massOf(this.floor.heap(keyOf(batch, place)))) >= mg);
    return there.length === 0 ? undefined : this.chance.one(there);
  }

  /** A part of it as the scale shows it: at least a division, at most a share of what both have. */
  private part(batch: string, place: PlaceName, atMost: number): number {
    const most = Math.min(this.booked(batch, place), massOf(this.floor.heap(keyOf(batch, place)))) - 20_000;
    return Math.max(10_000, Math.floor((most * atMost * (0.3 + 0.7 * this.chance.next())) / 10_000) * 10_000);
  }
}

const line = (batch: string, mg: number) => ({ batch, quantity: kg(mg), unit: 'kg' });

/** As the scale shows it: its zeros say how finely it was read. */
const shown = (mg: number): string => (mg / 1_000_000).toFixed(2);
