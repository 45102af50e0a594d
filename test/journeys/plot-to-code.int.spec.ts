import { type Firm, FormsBench } from '@daodi/stages';

/**
 * One season of 连翘 through every pair of hands: cooperative, processor, factory, laboratory, retailer. The kilograms
 * are those of nature's usual order: fresh fruit loses two thirds of its mass in drying.
 */
interface Hands {
  readonly coop: Firm;
  readonly processor: Firm;
  readonly factory: Firm;
  readonly lab: Firm;
  readonly shop: Firm;
}

/** What the season left: codes by what they stand for, and the harvest's event. */
interface Season {
  readonly harvest: string;
  readonly codes: Readonly<Record<'fresh' | 'dried' | 'waste' | 'slices' | 'packs', string>>;
}

let bench: FormsBench;
let hands: Hands;
let rival: Firm;
beforeAll(async () => {
  bench = await FormsBench.open();
  hands = {
    coop: await bench.firm('ANZE-LQ'),
    processor: await bench.firm('XIANGFEN-CJ', { type: 'processor' }),
    factory: await bench.firm('HUAIHE-YP', { type: 'decoction-piece-factory' }),
    lab: await bench.firm('JIN-LAB', { type: 'laboratory' }),
    shop: await bench.firm('LAOBAIXING', { type: 'retailer' }),
  };
  rival = await bench.firm('RIVAL');
});
afterAll(() => bench.close());

const kg = (quantity: string) => ({ quantity, unit: 'kg' });
const day = (date: string, hour = '09') => `2026-${date}T${hour}:00:00+08:00`;
const MORE = { acceptOverdrawn: true, reason: '采收数字待更正' };

/** The season as it happened, with the harvest typed as given. */
async function play({ coop, processor, factory, lab, shop }: Hands, harvested: string): Promise<Season> {
  const crop = (await bench.done(coop, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', grade: '青翘', plots: [coop.plot], mode: 'wild-tended' })).batches[0].code;
  await bench.done(coop, '/field-work', { eventTime: day('06-10'), crop, work: 'plant-protection', inputsUsed: [{ product: '苦参碱水剂', registrationNumber: 'PD20102101', quantity: '1.2', unit: 'L', safetyIntervalDays: 10 }] });
  const harvest = await bench.done(coop, '/harvests', harvestBody(crop, harvested));
  const fresh = harvest.batches[0].code;
  await bench.done(coop, '/shipments', { eventTime: day('08-20', '16'), to: { organisation: processor.code }, lines: [{ batch: fresh, ...kg('812.5') }], ...MORE });
  await bench.done(processor, '/receipts', { eventTime: day('08-20', '19'), from: { organisation: coop.code }, lines: [{ batch: fresh, accepted: kg('810'), rejected: { ...kg('1.5'), reason: '枝叶' }, short: kg('1'), lotNumber: 'X-0820' }], site: processor.site, ...MORE });
  const drying = await bench.done(processor, '/processing', {
    eventTime: day('08-24', '17'), step: 'drying', inputs: [{ batch: fresh, ...kg('810') }],
    outputs: [{ ...kg('267.25'), form: 'dried', lotNumber: 'D-0824' }, { ...kg('2.75'), role: 'waste' }], losses: [{ cause: 'drying', ...kg('540') }], ...MORE,
  });
  const [dried, waste] = drying.batches.map(({ code }: { code: string }) => code);
  await bench.done(processor, '/shipments', { eventTime: day('09-01'), to: { organisation: factory.code }, lines: [{ batch: dried, ...kg('267.25') }] });
  await bench.done(factory, '/receipts', { eventTime: day('09-02'), from: { organisation: processor.code }, lines: [{ batch: dried, accepted: kg('267.25'), lotNumber: 'YL-0902' }], site: factory.site });
  await bench.done(factory, '/samples', { eventTime: day('09-03'), lines: [{ batch: dried, ...kg('0.25') }], laboratory: { organisation: lab.code } });
  const slices = (await bench.done(factory, '/processing', {
    eventTime: day('09-10'), step: 'sorting', inputs: [{ batch: dried, ...kg('267') }], outputs: [{ ...kg('260'), form: 'decoction-piece' }], losses: [{ cause: 'cleaning', ...kg('7') }],
  })).batches[0].code;
  const packing = await bench.done(factory, '/packing', { eventTime: day('09-20'), inputs: [{ batch: slices, ...kg('250.5') }], pieces: 1000, netContent: { quantity: '250', unit: 'g' }, lotNumber: '260920', losses: [{ cause: 'packing', quantity: '500', unit: 'g' }], serials: 5 });
  const packs = packing.batches[0].code;
  const carton = (await bench.done(factory, '/aggregations', { eventTime: day('09-20', '15'), action: 'pack', lines: [{ batch: packs, quantity: 40, unit: '盒' }] })).batches[0].code;
  await bench.done(factory, '/shipments', { eventTime: day('09-21'), to: { organisation: shop.code }, lines: [{ batch: packs, quantity: 160, unit: '盒' }], containers: [carton] });
  await bench.done(shop, '/receipts', { eventTime: day('09-22'), from: { organisation: factory.code }, lines: [{ batch: packs, accepted: { quantity: 160, unit: '盒' } }], containers: [carton], site: shop.site });
  await bench.done(shop, '/sales', { eventTime: day('10-01'), lines: [{ batch: packs, quantity: 3, unit: '盒' }], price: '114.00' });
  return { harvest: harvest.eventID, codes: { fresh, dried, waste, slices, packs } };
}

const harvestBody = (crop: string, quantity: string) => ({ eventTime: day('08-20'), crop, ...kg(quantity), from: '2026-08-18', area: { quantity: '12.5', unit: 'mu' } });

/** Everything every firm's book says of every batch of a season. */
async function books({ codes }: Season): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const [role, code] of Object.entries(codes)) {
    for (const [who, firm] of Object.entries(hands)) {
      const { available, rejected, transit, overdrawn, unit, isHolder } = await bench.book(firm, code);
      all[`${role} ${who}`] = { available, rejected, transit, overdrawn, unit, isHolder };
    }
  }
  return all;
}

/** A trace with our codes and event ids replaced by what they stand for, so that two seasons can be compared. */
async function traceOf(who: Firm, { codes }: Season, role: keyof Season['codes']): Promise<unknown> {
  const epc = encodeURIComponent(`https://trace.example.cn/b/${codes[role]}`);
  const { status, body } = await bench.get(who, `/trace?epc=${epc}&direction=both`);
  expect(status).toBe(200);
  let text = JSON.stringify({ complete: body.complete, gaps: body.gaps, reconciliation: body.reconciliation, nodes: body.nodes, edges: body.edges });
  for (const [name, code] of Object.entries(codes)) text = text.replaceAll(code, name);
  text = text.replace(/packs(\/s\/|:)[0-9A-Z]{13}/g, 'packs$1SERIAL').replace(/urn:uuid:[0-9a-f-]{36}/g, 'EVENT').replace(/\/b\/[0-9A-Z]{11}/g, '/b/OTHER').replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID');
  const parsed = JSON.parse(text) as Record<string, unknown>;
  for (const list of ['gaps', 'reconciliation', 'nodes', 'edges']) parsed[list] = (parsed[list] as unknown[]).map((item) => JSON.stringify(item)).sort();
  return parsed;
}

describe('from plot to code', () => {
  let right: Season;
  beforeAll(async () => {
    right = await play(hands, '812.5');
  });

  it('leaves with everybody what they have', async () => {
    const { fresh, dried, waste, slices, packs } = right.codes;
    const { coop, processor, factory, shop } = hands;
    expect(await bench.book(coop, fresh)).toMatchObject({ available: 0n, overdrawn: 0n });
    expect(await bench.book(processor, fresh)).toMatchObject({ available: 0n, rejected: 1_500_000n, transit: 0n, overdrawn: 0n });
    expect(await bench.book(processor, waste)).toMatchObject({ available: 2_750_000n });
    expect(await bench.book(factory, dried)).toMatchObject({ available: 0n, transit: 0n, overdrawn: 0n });
    expect(await bench.book(factory, slices)).toMatchObject({ available: 9_500_000n });
    expect(await bench.book(factory, packs)).toMatchObject({ available: 800n, unit: 'pcs' });
    expect(await bench.book(shop, packs)).toMatchObject({ available: 197n, transit: 0n });
    expect(await bench.book(rival, packs)).toMatchObject({ available: 0n, isHolder: false });
  });

  it('reconciles to the milligram: what was harvested is held, sold, drawn, rejected, missing or lost on record', async () => {
    const perPack = 250_000n;
    let held = 0n;
    for (const [role, code] of Object.entries(right.codes)) {
      for (const firm of Object.values(hands)) {
        const { available, rejected, transit } = await bench.book(firm, code);
        held += (available + rejected + transit) * (role === 'packs' ? perPack : 1n);
      }
    }
    const sold = 3n * perPack;
    const [sampled, short, lost] = [250_000n, 1_000_000n, 540_000_000n + 7_000_000n + 500_000n];
    expect(held + sold + sampled + short + lost).toBe(812_500_000n);
  });

  it('shows nobody outside that any of it exists', async () => {
    for (const code of Object.values(right.codes)) {
      expect((await bench.get(rival, `/batches/${code}`)).status).toBe(404);
      expect((await bench.get(rival, `/trace?epc=${encodeURIComponent(`https://trace.example.cn/b/${code}`)}&direction=both`)).status).toBe(404);
    }
    expect((await bench.get(rival, '/batches')).body.items).toEqual([]);
  });

  it.each([['too much', '900'], ['too little', '700']])('with a harvest typed as %s and corrected at the end stands as if it had been typed right', async (_, typed) => {
    const season = await play(hands, typed);
    expect(await books(season)).not.toEqual(await books(right));
    const { event } = (await bench.get(hands.coop, `/events/${encodeURIComponent(season.harvest)}`)).body;
    const crop = event['daodi:typed'].input.crop;
    const answer = await bench.post(hands.coop, `/events/${encodeURIComponent(season.harvest)}/correction`, { reason: '磅单看错', replacement: harvestBody(crop, '812.5') });
    expect(answer.status).toBe(201);
    expect(await books(season)).toEqual(await books(right));
    for (const role of ['fresh', 'dried', 'packs'] as const) {
      for (const who of [hands.coop, hands.processor, hands.factory]) {
        if ((await bench.book(who, season.codes[role])).isHolder) expect(await traceOf(who, season, role)).toEqual(await traceOf(who, right, role));
      }
    }
  });
});
