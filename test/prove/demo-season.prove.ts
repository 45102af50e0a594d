/**
 * The demo as a visitor finds it: every kilogram that was harvested, taken in, added or brought back is held, sold, drawn as sample, destroyed,
 * missing, counted off or lost on record, to the milligram, added up here from what each organisation can read; every balance the traces
 * show is even; and made anew from the log every table comes out the same.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operatorLink } from '@daodi/registry';
import { playDemo } from '../../seeds/src/demo';
import { type Credential, HOST, Product } from './bench/product';
import { campaign } from './bench/tally';

type Json = Record<string, any>;

export const prove = campaign(async (tally) => {
  const product = await Product.open();
  const dataFolder = mkdtempSync(join(tmpdir(), 'daodi-demo-'));
  try {
    const stage = { baseUrl: await product.listen(), dataFolder, operatorLink: () => operatorLink(product.dataSource, { publicUrl: HOST }) };
    const from = Date.now();
    await playDemo(stage);
    tally.say(`played in ${((Date.now() - from) / 1000).toFixed(1)} s`);
    await product.settled();
    const size = await product.size();
    await tally.holds('played again it says nothing twice', async () => {
      await playDemo(stage);
      assert.equal(await product.size(), size);
    });
    const { organisations } = JSON.parse(readFileSync(join(dataFolder, 'demo-credentials.json'), 'utf8')) as { organisations: { code: string; apiKey: string }[] };
    const callers = organisations.map(({ code, apiKey }) => ({ code, token: apiKey }));
    await tally.holds('all that was harvested is somewhere, to the milligram', () => reconciles(tally.say.bind(tally), product, callers));
    await tally.holds('every balance that any trace shows is even', () => isEven(product, callers));
    await tally.holds('made anew from the log every table comes out the same', async () => {
      const { different, tables, rows } = await product.rebuilt();
      assert.deepEqual(different, []);
      tally.say(`${size} entries, ${tables} tables, ${rows} rows`);
    });
  } finally {
    await product.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
});

type Caller = Credential & { readonly code: string };

/** Adds up, over all who said or hold something, where the harvest is. */
async function reconciles(say: (line: string) => void, product: Product, callers: readonly Caller[]): Promise<void> {
  const own = new Map<string, Json>();
  const holdings: Json[] = [];
  for (const caller of callers) {
    for (const event of await eventsOf(product, caller)) if (event['daodi:cut'] === undefined) own.set(`${event['eventID']} ${event['errorDeclaration'] !== undefined}`, event);
    for (let path = '/api/v1/holdings?limit=500'; path !== ''; ) {
      const { items, next } = await product.done(caller, 'GET', path);
      holdings.push(...items);
      path = next === undefined ? '' : `/api/v1/holdings?limit=500&cursor=${next}`;
    }
  }
  // What was declared in error is told by what stands in its place.
  const declared = new Set([...own.values()].filter((event) => event['errorDeclaration'] !== undefined).map((event) => event['eventID']));
  const events = [...own.values()].filter((event) => !declared.has(event['eventID']));
  const pieces = new Map(events.flatMap(netContents));
  const mg = (element: Json): bigint => milligrams(element, pieces);
  const sum = (elements: readonly Json[]): bigint => elements.reduce((total, element) => total + mg(element), 0n);
  const step = (name: string): Json[] => events.filter((event) => event['bizStep'] === name).flatMap((event) => event['quantityList'] ?? []);
  const places = {
    harvested: sum(events.filter((event) => event['inputEPCList'] !== undefined && event['inputQuantityList'] === undefined).flatMap((event) => event['outputQuantityList'])),
    takenIn: sum(events.filter((event) => event['daodi:intake'] !== undefined).flatMap((event) => event['quantityList'])),
    gained: sum(events.filter((event) => event['daodi:adjustment'] === 'gain').flatMap((event) => event['quantityList'] ?? [])),
    cameBack: sum(events.filter((event) => event['daodi:return'] !== undefined).flatMap((event) => event['quantityList'])),
    added: sum(events.flatMap((event) => ((event['daodi:auxiliaries'] ?? []) as Json[]).filter(({ stays }) => stays === true))),
    held: sum(holdings.map(({ batch, quantity, uom }) => ({ epcClass: batch, quantity, uom }))),
    sampled: sum(step('sampling')),
    destroyed: sum(step('destroying')),
    sold: sum(step('retail_selling')),
    short: sum(events.flatMap((event) => event['daodi:receipt']?.short ?? [])),
    lost: sum(events.flatMap((event) => event['daodi:losses'] ?? [])),
    countedOff: sum(events.filter((event) => event['daodi:adjustment'] === 'loss').flatMap((event) => event['quantityList'] ?? [])),
  };
  const { harvested, takenIn, gained, cameBack, added, ...elsewhere } = places;
  say(Object.entries(places).map(([name, amount]) => `${name} ${Number(amount) / 1e6} kg`).join(', '));
  assert.ok(harvested > 30_000_000_000n, 'the demo harvests more than thirty tonnes');
  assert.equal(Object.values(elsewhere).reduce((total, amount) => total + amount, 0n), harvested + takenIn + gained + cameBack + added);
}

async function eventsOf(product: Product, caller: Caller): Promise<Json[]> {
  const events: Json[] = [];
  for (let path: string | undefined = '/epcis/events?perPage=100'; path !== undefined; ) {
    const { body, headers, status, text } = await product.send(caller, 'GET', path);
    assert.equal(status, 200, text);
    events.push(...body.epcisBody.queryResults.resultsBody.eventList);
    path = /<([^>]+)>; *rel="next"/.exec(String(headers['link'] ?? ''))?.[1];
  }
  return events;
}

/** How much a piece of what was packed holds: what went in, less what was lost, by the pieces that came out. */
function netContents(event: Json): [string, bigint][] {
  const outputs: Json[] = event['type'] === 'TransformationEvent' ? (event['outputQuantityList'] ?? []) : [];
  const packed = outputs.filter(({ uom }) => uom === undefined);
  if (packed.length !== 1 || outputs.length !== 1) return [];
  const total = (list: Json[] | undefined): bigint => (list ?? []).reduce((mass, element) => mass + milligrams(element, new Map()), 0n);
  const mass = total(event['inputQuantityList']) - total(event['daodi:losses']);
  const count = BigInt(packed[0]?.['quantity'] as number);
  assert.equal(mass % count, 0n, 'a pack holds a whole number of milligrams');
  return [[packed[0]?.['epcClass'], mass / count]];
}

/** Exact, from the shortest decimal text. */
function milligrams({ epcClass, quantity, uom }: Json, pieces: ReadonlyMap<string, bigint>): bigint {
  if (uom === undefined) {
    const each = pieces.get(epcClass);
    assert.ok(each !== undefined, `nothing says what a piece of ${epcClass} holds`);
    return BigInt(quantity) * each;
  }
  assert.equal(uom, 'KGM');
  const [whole, fraction = ''] = String(quantity).split('.') as [string, string?];
  return BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
}

/** Every organisation's traces of everything it has or had. */
async function isEven(product: Product, callers: readonly Caller[]): Promise<void> {
  let balances = 0;
  for (const caller of callers) {
    const { items } = await product.done(caller, 'GET', '/api/v1/batches?limit=500');
    for (const { uri } of items as { uri: string }[]) {
      const trace = await product.trace(caller, uri);
      for (const one of [...trace.reconciliation, ...trace.steps] as Json[]) {
        if (one['undetermined'] !== undefined || one['in'] === undefined) continue;
        balances += 1;
        assert.equal(one['unexplained'], 0, `${caller.code} ${uri}: ${JSON.stringify(one)}`);
        const held = one['held'] ?? 0;
        assert.ok(Math.abs(one['in'] - one['out'] - held - one['lost']) < 1e-9, JSON.stringify(one));
      }
    }
  }
  assert.ok(balances > 200, `${balances} balances`);
}
