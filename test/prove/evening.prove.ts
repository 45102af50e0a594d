/**
 * Sixty pickers bring 118 slips' worth of sacks to a station in one evening, onto two scales, and the device at one of
 * them loses its network half way. One batch comes of it that weighs what physically arrived, to the gram; every
 * statement is what is paid; and nobody's name, phone or price is anywhere it must not be.
 */
import assert from 'node:assert/strict';
import { OWN_STATE } from '../../apps/cli/src/own-state';
import { crop, uriOf } from './bench/field';
import { arrivedGrams, bodyOf, type Evening, evening, paidFen, paidMilligrams, sum, type Weighed, yuan } from './bench/evening';
import { Over } from './bench/over-http';
import { type Credential, type Firm, Product } from './bench/product';
import { Chance, seed } from './bench/random';
import { campaign, type Tally } from './bench/tally';

const PICKERS = 60;
const SLIPS = 118;

export const prove = campaign(async (tally) => {
  const product = await Product.open();
  const from = seed();
  try {
    const coop = await product.firm('COOP');
    const buyer = await product.firm('BUYER', 'decoction-piece-factory');
    const over = new Over(await product.listen());
    await crop(product, coop);
    const evenings = tally.size === 'full' ? 10 : 1;
    for (let n = 0; n < evenings; n++) await new AnEvening(tally, product, over, coop, buyer, `2026-08-${String(10 + n)}`, evening(new Chance(from + n), PICKERS, SLIPS, `2026-08-${String(10 + n)}`)).play();
    await tally.holds('the tables come out the same when they are made anew', async () => assert.deepEqual((await product.rebuilt()).different, []));
    tally.say(`${evenings} × ${PICKERS} pickers, ${SLIPS} slips, DAODI_SEED=${from}`);
  } finally {
    await product.close();
  }
});

/** A number that stands by itself: the seconds of a time are none. */
const asNumber = (text: string): RegExp => new RegExp(`(?<![\\d.:])${text.replace('.', '\\.')}(?!\\d)`);

/** One evening, from the first sack to the buyer's trace. */
class AnEvening {
  /** The slips as they must stand in the end, by id; a void one is not here. */
  private readonly standing: Map<string, Weighed>;
  private scales: readonly string[] = [];
  private heap = '';
  private batch = '';

  constructor(
    private readonly tally: Tally,
    private readonly product: Product,
    private readonly over: Over,
    private readonly coop: Firm,
    private readonly buyer: Firm,
    private readonly day: string,
    private readonly told: Evening,
  ) {
    this.standing = new Map(told.slips.map((slip) => [slip.id, slip]));
  }

  async play(): Promise<void> {
    const { tally, told } = this;
    const half = Math.floor(told.slips.length * 0.4);
    const lost = new Set(told.slips.slice(half).filter(({ scale }) => scale === 1));
    const online = told.slips.filter((slip) => !lost.has(slip));
    await tally.holds('the station is set up: two scales, those who are registered', () => this.setUp());
    await tally.holds('both devices send what they weigh, at the same time', () => Promise.all([0, 1].map((scale) => this.send(online.filter((slip) => slip.scale === scale)))));
    await tally.holds('a slip is corrected before it is closed', () => this.correct(online[3] as Weighed, { gross: (online[3] as Weighed).gross + 17 }));
    await tally.holds('closing makes one batch of what arrived so far, to the gram', () => this.close(online));
    await tally.holds('the lost device’s slips come next day in its order: late, none lost, none twice', () => this.sendLate([...lost]));
    await tally.holds('they go into the closed heap in one act: one batch of everything that arrived, to the gram', () => this.addLate());
    await tally.holds('a slip is corrected and one made void after closing', async () => {
      await this.correct(online[5] as Weighed, { tare: (online[5] as Weighed).tare + 2, waterPercent: 9 });
      await this.correct([...lost][2] as Weighed, undefined);
      await this.weighs();
    });
    await tally.holds('every statement is what is paid', () => this.statements());
    await tally.holds('a statement can be printed, by those who pay only', () => this.printed());
    await this.traded();
    await tally.holds('no name and no phone stands in any table but the one that is for them, which a backup carries', () => this.namesApart());
  }

  private async setUp(): Promise<void> {
    const scale = (name: string) => this.over.done(this.coop.owner, 'POST', '/api/v1/scales', { name, site: this.coop.site, kind: 'platform', division: { quantity: '0.1', unit: '斤' }, capacity: { quantity: '300', unit: '斤' }, calibratedOn: '2026-03-01', validUntil: '2027-02-28' });
    this.scales = [(await scale('一号秤')).id, (await scale('二号秤')).id];
    for (const { id, kind, name, phone } of this.told.pickers) if (kind !== 'bare-name') await this.over.done(this.coop, 'POST', '/api/v1/pickers', { id, kind, name, phone });
  }

  private readonly sent = (slip: Weighed) => bodyOf(slip, { ...this.coop, scales: this.scales });
  private readonly headers = (slip: Weighed) => ({ 'idempotency-key': `slip-${slip.id}`, 'x-captured-time': slip.at, 'x-device': `phone-${this.day}-${slip.scale + 1};counter=${slip.counter}` });

  private async send(slips: readonly Weighed[]): Promise<void> {
    for (const slip of slips) {
      const { arrived, notes } = await this.over.done(this.coop, 'POST', '/api/v1/slips', this.sent(slip), this.headers(slip));
      assert.deepEqual([Number(arrived.kg), notes], [arrivedGrams(slip) / 1000, []]);
    }
  }

  private async sendLate(slips: readonly Weighed[]): Promise<void> {
    for (const [i, slip] of slips.entries()) {
      const first = await this.over.send(this.coop, 'POST', '/api/v1/slips', this.sent(slip), this.headers(slip));
      assert.deepEqual([first.status, first.body.lateFor], [201, this.heap], first.text);
      if (i % 5 !== 0) continue;
      // The answer was lost on the way: the phone sends it again under its key, and once without.
      for (const headers of [this.headers(slip), {}]) {
        const again = await this.over.send(this.coop, 'POST', '/api/v1/slips', this.sent(slip), headers);
        assert.deepEqual([again.status < 300, again.body.id], [true, slip.id], again.text);
      }
    }
    const { items } = await this.over.done(this.coop, 'GET', `/api/v1/slips?state=late&day=${this.day}&limit=500`);
    assert.deepEqual(
      items.map(({ id, written }: any) => [id, written.device.counter, Date.parse(written.capturedTime), written.provenance]),
      slips.map(({ id, counter, at }) => [id, counter, Date.parse(at), 'offline']),
    );
    await this.weighs(this.told.slips.filter((slip) => !slips.includes(slip)));
  }

  private async correct(slip: Weighed, change: Partial<Weighed> | undefined): Promise<void> {
    const right = { ...(this.standing.get(slip.id) as Weighed), ...change };
    const replacement = change && { ...this.sent(right), id: undefined };
    await this.over.done(this.coop, 'POST', `/api/v1/slips/${slip.id}/correction`, { reason: '复核磅单', replacement });
    if (change === undefined) this.standing.delete(slip.id);
    else this.standing.set(slip.id, right);
  }

  private async close(online: readonly Weighed[]): Promise<void> {
    const open = (await this.over.done(this.coop, 'GET', `/api/v1/heaps/open?day=${this.day}`)).items;
    assert.equal(open.length, 1);
    const body = { eventTime: `${this.day}T21:40:00+08:00`, site: this.coop.site, area: this.coop.plot, herb: 'lianqiao', grade: '青翘', day: this.day };
    const closed = await this.over.done(this.coop, 'POST', '/api/v1/heaps', body);
    this.batch = closed.batches[0].code;
    this.heap = (await this.over.done(this.coop, 'GET', `/api/v1/heaps?day=${this.day}`)).items[0].id;
    const again = await this.over.send(this.coop, 'POST', '/api/v1/heaps', body);
    assert.deepEqual([again.status, again.body.batch], [409, this.batch]);
    const theirs = await this.over.send(this.buyer, 'POST', '/api/v1/heaps', body);
    assert.equal(theirs.status, 422);
    await this.weighs(online);
  }

  private async addLate(): Promise<void> {
    const { batch, batches } = await this.over.done(this.coop, 'POST', `/api/v1/heaps/${this.heap}/slips`, { reason: '二号秤手机离线' });
    assert.deepEqual([batch, batches], [this.batch, []]);
    await this.weighs();
  }

  /** The book holds what physically arrived of these slips, and nothing beside. */
  private async weighs(slips: readonly Weighed[] = [...this.standing.values()]): Promise<void> {
    const right = slips.map((slip) => this.standing.get(slip.id) ?? slip);
    assert.deepEqual(await this.product.holdings(uriOf(this.batch)), [`COOP available ${sum(right, arrivedGrams) * 1000} 0`]);
  }

  private async statements(): Promise<void> {
    let total = 0;
    for (const picker of this.told.pickers) {
      const own = [...this.standing.values()].filter((slip) => slip.picker === picker);
      const { picker: shown, totals, lines } = await this.over.done(this.coop.owner, 'GET', `/api/v1/pickers/${picker.id}/statement?from=${this.day}&to=${this.day}`);
      assert.deepEqual([shown.name, shown.phone], [picker.name, undefined]);
      assert.deepEqual(
        [totals.slips, Number(totals.arrived.kg), Number(totals.paid.kg), totals.amount, totals.withoutPrice],
        [own.length, sum(own, arrivedGrams) / 1e3, sum(own, paidMilligrams) / 1e6, yuan(sum(own, paidFen)), 0],
      );
      assert.deepEqual(lines.filter(({ status }: any) => status === 'active').map(({ amount }: any) => amount).sort(), own.map((slip) => yuan(paidFen(slip))).sort());
      total += Math.round(Number(totals.amount) * 100);
    }
    assert.equal(total, sum([...this.standing.values()], paidFen));
    this.tally.say(`${this.day}: ${sum([...this.standing.values()], arrivedGrams)} g arrived, ${sum([...this.standing.values()], paidMilligrams) / 1e3} g and ¥${yuan(total)} paid, ${this.standing.size} slips`);
  }

  private async printed(): Promise<void> {
    const path = `/api/v1/pickers/${(this.told.pickers[0] as { id: string }).id}/statement.pdf?from=${this.day}&to=${this.day}`;
    const pdf = await this.over.send(this.coop.owner, 'GET', path);
    assert.deepEqual([pdf.status, pdf.text.slice(0, 5)], [200, '%PDF-']);
    assert.equal((await this.over.send(this.coop, 'GET', path)).status, 403);
    assert.equal((await this.over.send(this.buyer.owner, 'GET', path)).status, 404);
  }

  /** Half of it is shipped; then everybody looks. */
  private async traded(): Promise<void> {
    const { over, coop, buyer, tally, batch } = this;
    const line = { batch: uriOf(batch), accepted: { quantity: '1000', unit: 'kg' } };
    await over.done(coop, 'POST', '/api/v1/shipments', { eventTime: `${this.day}T22:00:00+08:00`, to: { organisation: buyer.code }, lines: [{ batch, quantity: '1000', unit: 'kg' }] });
    await over.done(buyer, 'POST', '/api/v1/receipts', { eventTime: `${this.day}T23:00:00+08:00`, from: { organisation: coop.code }, lines: [line] });
    await this.product.settled();
    const asked: [string, Credential | undefined, string, Record<string, string>?][] = [
      ['the trace of the organisation that received', buyer, `/api/v1/trace?epc=${encodeURIComponent(uriOf(batch))}&direction=both`],
      ['the EPCIS events it may read', buyer, `/epcis/events?perPage=100&MATCH_anyEPCClass=${encodeURIComponent(uriOf(batch))}`],
      ['its batches', buyer, '/api/v1/batches'],
      ['the public page', undefined, `/p/b/${batch}`, { accept: 'text/html' }],
      ['the public page as data', undefined, `/p/b/${batch}`, { accept: 'application/json' }],
    ];
    for (const [what, who, url, headers] of asked) {
      await tally.holds(`${what} tells of the batch, and of no picker, slip or price`, async () => {
        const { status, text } = await over.send(who, 'GET', url, undefined, headers);
        assert.equal(status, 200, text);
        assert.ok(text.includes(batch) || text.includes('连翘'), 'it must tell of the batch');
        this.tellsNobody(text);
        for (const { id, price } of this.told.slips) assert.ok(!text.includes(id) && !asNumber(yuan(price)).test(text), 'a slip or a price');
        for (const { id } of this.told.pickers) assert.ok(!text.includes(id), 'the id of a picker');
      });
    }
    await tally.holds('its own events say how many hands it was, and no name', async () => {
      const { text } = await over.send(coop, 'GET', `/epcis/events?perPage=100&MATCH_anyEPCClass=${encodeURIComponent(uriOf(batch))}`);
      const events = JSON.parse(text).epcisBody.queryResults.resultsBody.eventList as any[];
      const standing = events.filter((event) => event['daodi:delivery'] !== undefined && event.errorDeclaration === undefined).at(-1);
      // Two scales of 0.1 斤: whoever weighs it again knows how far the two may lie apart.
      assert.deepEqual([standing['daodi:delivery'].slips, standing['daodi:weighing'][0].readings, standing['daodi:weighing'][0].division], [this.standing.size, this.standing.size, 0.05]);
      this.tellsNobody(text);
    });
    await tally.holds('slips, heaps, pickers and statements of another answer like none', async () => {
      const paths = [`/api/v1/slips/${(this.told.slips[0] as Weighed).id}`, `/api/v1/heaps/${this.heap}`, `/api/v1/pickers/${(this.told.pickers[0] as { id: string }).id}`];
      for (const path of paths) assert.equal((await over.send(buyer.owner, 'GET', path)).status, 404);
      for (const path of ['/api/v1/slips', '/api/v1/heaps', '/api/v1/heaps/open', '/api/v1/pickers']) assert.deepEqual((await over.done(buyer.owner, 'GET', path)).items, []);
    });
  }

  private tellsNobody(text: string): void {
    for (const { name, phone } of this.told.pickers) assert.ok(!text.includes(name) && (phone === undefined || !text.includes(phone)), `${name} stands in ${text.slice(0, 200)}`);
  }

  /** Reads every row of every table, the log's bodies among them, as text. */
  private async namesApart(): Promise<void> {
    const { dataSource } = this.product;
    const tables: { table_name: string }[] = await dataSource.query(`SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`);
    const found = new Set<string>();
    for (const { table_name: table } of tables) {
      for (const row of (await dataSource.query(`SELECT * FROM "${table}"`)) as Record<string, unknown>[]) {
        const text = Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString('utf8') : JSON.stringify(value))).join(' ');
        if (this.told.pickers.some(({ name, phone }) => text.includes(name) || (phone !== undefined && text.includes(phone)))) found.add(table);
      }
    }
    assert.ok(tables.some(({ table_name }) => table_name === 'entry_body'), 'the bodies of the log were read');
    assert.deepEqual([...found], ['picker_name']);
    assert.ok(OWN_STATE.some(({ kept }) => kept.some(({ table }) => table === 'picker_name')), 'a backup carries it');
  }
}
