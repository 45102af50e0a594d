/**
 * A figure typed wrong at the root of a finished chain, and corrected at its end: every holding, trace, balance,
 * finding and public page equals that of a chain in which the right figure was typed at first, but for the correction
 * itself, which is visible. Also corrected twice; corrected to so little that what followed is overdrawn, which is a
 * finding and never a refusal; and a shipment corrected.
 */
import assert from 'node:assert/strict';
import { type Credential, type Firm, Product } from './bench/product';
import { campaign, type Tally } from './bench/tally';
import { uriOf } from './bench/field';

type Json = Record<string, any>;

/** Eight steps over four organisations, and the codes and events they left. */
interface Chain {
  readonly product: Product;
  readonly hands: readonly Firm[];
  readonly codes: Map<string, string>;
  readonly events: Map<string, string>;
  readonly crop: string;
}

const kg = (quantity: string) => ({ quantity, unit: 'kg' });
const day = (text: string, hour = '09') => `2026-${text}T${hour}:00:00+08:00`;
const TAKEN = { acceptOverdrawn: true, reason: '数字待更正' };

const harvestOf = (crop: string, kilograms: string) => ({ eventTime: day('08-20'), crop, ...kg(kilograms), from: '2026-08-18' });
const shipmentOf = (to: Firm, batch: string, kilograms: string) => ({ eventTime: day('08-20', '16'), to: { organisation: to.code }, lines: [{ batch, ...kg(kilograms) }], ...TAKEN });

/** @param typed what was typed for the harvest and for the first shipment */
async function play(typed: { readonly harvest: string; readonly shipment: string }): Promise<Chain> {
  const product = await Product.open({ workers: false });
  const coop = await product.firm('COOP');
  const plant = await product.firm('PLANT', 'processor');
  const factory = await product.firm('FACTORY', 'decoction-piece-factory');
  const shop = await product.firm('SHOP', 'retailer');
  const codes = new Map<string, string>();
  const events = new Map<string, string>();
  const act = async (name: string, who: Firm, path: string, body: object, made: readonly string[] = []): Promise<void> => {
    const answer = await product.post(who, path, body);
    events.set(name, answer.eventID);
    made.forEach((one, i) => codes.set(one, answer.batches[i].code));
  };
  const code = (name: string): string => codes.get(name) as string;
  await act('crop', coop, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', grade: '青翘', plots: [coop.plot], mode: 'wild-tended' }, ['crop']);
  await act('harvest', coop, '/harvests', harvestOf(code('crop'), typed.harvest), ['fresh']);
  await act('shipment', coop, '/shipments', shipmentOf(plant, code('fresh'), typed.shipment));
  await act('receipt', plant, '/receipts', { eventTime: day('08-20', '19'), from: { organisation: coop.code }, lines: [{ batch: code('fresh'), accepted: kg('812.5'), lotNumber: 'X-0820' }], site: plant.site, ...TAKEN });
  await act('drying', plant, '/processing', {
    eventTime: day('08-24'), step: 'drying', inputs: [{ batch: code('fresh'), ...kg('812.5') }], outputs: [{ ...kg('270'), form: 'dried', lotNumber: 'D-0824' }, { ...kg('2.5'), role: 'waste' }],
    losses: [{ cause: 'drying', ...kg('540') }], ...TAKEN,
  }, ['dried', 'waste']);
  await act('sending dried', plant, '/shipments', { eventTime: day('09-01'), to: { organisation: factory.code }, lines: [{ batch: code('dried'), ...kg('270') }] });
  await act('receiving dried', factory, '/receipts', { eventTime: day('09-02'), from: { organisation: plant.code }, lines: [{ batch: code('dried'), accepted: kg('270') }], site: factory.site });
  await act('packing', factory, '/packing', { eventTime: day('09-20'), inputs: [{ batch: code('dried'), ...kg('250') }], pieces: 1000, netContent: { quantity: '250', unit: 'g' }, lotNumber: '260920', serials: 3 }, ['packs']);
  await act('sending packs', factory, '/shipments', { eventTime: day('09-21'), to: { organisation: shop.code }, lines: [{ batch: code('packs'), quantity: 200, unit: '盒' }] });
  await act('receiving packs', shop, '/receipts', { eventTime: day('09-22'), from: { organisation: factory.code }, lines: [{ batch: code('packs'), accepted: { quantity: 200, unit: '盒' } }], site: shop.site });
  await act('sale', shop, '/sales', { eventTime: day('10-01'), lines: [{ batch: code('packs'), quantity: 3, unit: '盒' }] });
  return { product, hands: [coop, plant, factory, shop], codes, events, crop: code('crop') };
}

const RIGHT = { harvest: '812.5', shipment: '812.5' };

export const prove = campaign(async (tally) => {
  const right = await play(RIGHT);
  try {
    const wanted = await seen(right);
    await tally.holds('the right chain is even: nothing overdrawn, nothing unexplained', () => {
      assert.ok(!JSON.stringify(wanted.holdings).includes('"overdrawn"'), JSON.stringify(wanted.holdings));
      assert.deepEqual(wanted.findings.filter((one) => one['severity'] === 'blocking' && /overdrawn/.test(String(one['rule']))), []);
    });
    for (const typed of tally.size === 'full' ? ['900', '700', '81.25', '8125', '812.499999', '0.001'] : ['900', '700']) await corrected(tally, wanted, { ...RIGHT, harvest: typed }, '812.5');
    await twice(tally, wanted);
    await tooLittle(tally);
    await shipment(tally, wanted);
  } finally {
    await right.product.close();
  }
});

const correct = (chain: Chain, who: Firm, event: string, replacement: object) =>
  chain.product.send(who, 'POST', `/api/v1/events/${encodeURIComponent(event)}/correction`, { reason: '磅单看错', replacement });

async function corrected(tally: Tally, wanted: Seen, typed: typeof RIGHT, figure: string): Promise<void> {
  const chain = await play(typed);
  try {
    await tally.holds(`a harvest typed as ${typed.harvest} kg and corrected stands as if ${figure} kg had been typed`, async () => {
      const before = await seen(chain);
      assert.notDeepEqual(before.holdings, wanted.holdings);
      const [coop] = chain.hands as [Firm];
      const answer = await correct(chain, coop, chain.events.get('harvest') as string, harvestOf(chain.crop, figure));
      assert.equal(answer.status, 201, answer.text);
      sameAs(await seen(chain), wanted);
      await isVisible(chain, [chain.events.get('harvest') as string]);
      assert.deepEqual((await chain.product.rebuilt()).different, []);
    });
  } finally {
    await chain.product.close();
  }
}

/** Corrected to something wrong again, and then to what is right. */
async function twice(tally: Tally, wanted: Seen): Promise<void> {
  const chain = await play({ ...RIGHT, harvest: '900' });
  try {
    await tally.holds('corrected twice it stands as if the last figure had been typed at first', async () => {
      const [coop] = chain.hands as [Firm];
      const first = chain.events.get('harvest') as string;
      const second = (await correct(chain, coop, first, harvestOf(chain.crop, '600'))).body.eventID as string;
      const again = await correct(chain, coop, first, harvestOf(chain.crop, '812.5'));
      assert.equal(again.status, 409, 'what was corrected is corrected by its replacement only');
      const last = await correct(chain, coop, second, harvestOf(chain.crop, '812.5'));
      assert.equal(last.status, 201, last.text);
      sameAs(await seen(chain), wanted);
      await isVisible(chain, [first, second]);
    });
  } finally {
    await chain.product.close();
  }
}

/** A correction that leaves things overdrawn downstream is taken; what is missing stands where it is missing. */
async function tooLittle(tally: Tally): Promise<void> {
  const chain = await play(RIGHT);
  const typedAtFirst = await play({ ...RIGHT, harvest: '500' });
  try {
    await tally.holds('corrected to less than was used it is taken, and 312.5 kg stand overdrawn with a finding, as if typed so at first', async () => {
      const [coop] = chain.hands as [Firm];
      const answer = await correct(chain, coop, chain.events.get('harvest') as string, harvestOf(chain.crop, '500'));
      assert.equal(answer.status, 201, answer.text);
      const now = await seen(chain);
      assert.ok(JSON.stringify(now.holdings).includes('"overdrawn":312.5'), JSON.stringify(now.holdings));
      assert.ok(now.findings.some(({ rule, severity }) => severity === 'blocking' && /overdrawn/.test(String(rule))), JSON.stringify(now.findings));
      sameAs(now, await seen(typedAtFirst));
      for (const who of chain.hands) {
        const trace = await chain.product.trace(who, uriOf(chain.codes.get('packs') as string), 'back').catch(() => undefined);
        if (trace !== undefined) assert.equal(trace.complete, false);
      }
    });
  } finally {
    await chain.product.close();
    await typedAtFirst.product.close();
  }
}

async function shipment(tally: Tally, wanted: Seen): Promise<void> {
  const chain = await play({ ...RIGHT, shipment: '800' });
  try {
    await tally.holds('a shipment typed as 800 kg and corrected stands as if 812.5 kg had been typed', async () => {
      const [coop, plant] = chain.hands as [Firm, Firm];
      const event = chain.events.get('shipment') as string;
      const answer = await correct(chain, coop, event, shipmentOf(plant, chain.codes.get('fresh') as string, '812.5'));
      assert.equal(answer.status, 201, answer.text);
      sameAs(await seen(chain), wanted);
      await isVisible(chain, [event]);
    });
  } finally {
    await chain.product.close();
  }
}

/** A batch's page as it is on record now: one with a query of its own is never sent as it was made a second ago. */
const madeAnew = (code: string): string => `/p/b/${code}?anew`;

/** Everything every hand sees of every batch, and what the public sees, in names instead of codes. */
interface Seen {
  readonly holdings: Json[];
  readonly batches: Json[];
  readonly traces: Json[];
  readonly findings: Json[];
  readonly pages: Json[];
}

async function seen(chain: Chain): Promise<Seen> {
  const { product, hands, codes } = chain;
  await product.settled();
  const found: Seen = { holdings: [], batches: [], traces: [], findings: [], pages: [] };
  for (const who of hands) {
    found.holdings.push({ who: who.code, items: (await list(product, who, '/api/v1/holdings')).map(({ batch, ...rest }) => ({ batch, ...rest })) });
    found.findings.push(...(await list(product, who, '/api/v1/findings')).map((finding) => ({ who: who.code, ...finding })));
    for (const [name, code] of codes) {
      const batch = await product.send(who, 'GET', `/api/v1/batches/${code}`);
      found.batches.push({ who: who.code, name, status: batch.status, ...(batch.status === 200 && batch.body) });
      for (const direction of ['back', 'forward', 'both']) {
        const trace = await product.send(who, 'GET', `/api/v1/trace?epc=${encodeURIComponent(uriOf(code))}&direction=${direction}`);
        found.traces.push({ who: who.code, name, direction, status: trace.status, ...(trace.status === 200 && trace.body) });
      }
    }
  }
  for (const [name, code] of codes) {
    const page = await product.send(undefined, 'GET', madeAnew(code), undefined, { accept: 'application/json' });
    found.pages.push({ name, status: page.status, page: page.body });
  }
  return named(found, chain);
}

async function list(product: Product, who: Credential, path: string): Promise<Json[]> {
  return (await product.done(who, 'GET', `${path}?limit=500`)).items;
}

/** Codes become what they stand for, and ids and moments of writing one word; lists that have no order of their own are sorted. */
function named(found: Seen, { codes, hands }: Chain): Seen {
  let text = JSON.stringify(found);
  for (const [name, code] of codes) text = text.replaceAll(code, name.toUpperCase());
  for (const firm of hands) for (const [role, id] of Object.entries({ id: firm.id, site: firm.site, plot: firm.plot })) text = text.replaceAll(id, `${firm.code}-${role}`);
  text = text.replace(/urn:uuid:[0-9a-f-]{36}/g, 'EVENT').replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID').replace(/(PACKS(?:\/s\/|:))[0-9A-Z]{13}/g, '$1SERIAL')
    .replace(/"(since|position|recordTime|checkedAt|confirmedAt|asOf)":"[^"]*"/g, '"$1":"…"');
  return sorted(JSON.parse(text)) as Seen;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, sorted(member)]));
}

function sameAs(now: Seen, wanted: Seen): void {
  assert.deepEqual(now.holdings, wanted.holdings, 'holdings');
  assert.deepEqual(now.batches, wanted.batches, 'batches');
  assert.deepEqual(now.traces, wanted.traces, 'traces');
  assert.deepEqual(now.findings, wanted.findings, 'findings');
  assert.deepEqual(sorted(now.pages.map(withoutCorrection)), sorted(wanted.pages.map(withoutCorrection)), 'pages');
}

/** The visible correction itself: what was taken back, when and why, and what a step had said before. */
function withoutCorrection({ page, ...more }: Json): Json {
  return { ...more, page: JSON.parse(JSON.stringify(page, (name, value) => (name === 'withdrawn' || name === 'corrections' ? [] : value))) };
}

/** The wrong event can still be read, with the declaration of its error and what took its place. */
async function isVisible({ product, hands, codes }: Chain, events: readonly string[]): Promise<void> {
  const [coop] = hands as [Firm];
  for (const event of events) {
    const shown = await product.done(coop, 'GET', `/api/v1/events/${encodeURIComponent(event)}`);
    assert.equal(shown.declaredInError['daodi:reason'], '磅单看错');
    assert.equal(shown.declaredInError.correctiveEventIDs.length, 1);
  }
  const page = await product.done(undefined, 'GET', madeAnew(codes.get('fresh') as string), undefined, { accept: 'application/json' });
  const corrections = (page.steps as Json[]).flatMap((step) => step['corrections'] ?? []);
  assert.equal(corrections.length, events.length, `the page shows ${JSON.stringify(corrections)} and ${JSON.stringify(page.withdrawn)} in ${JSON.stringify(page.steps)}`);
}
