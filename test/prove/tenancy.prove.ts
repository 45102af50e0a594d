/**
 * Every route of the OpenAPI document × an organisation that has nothing to do with it × each role: no read and no
 * write across the line. What is answered for another organisation's thing is what is answered for a thing that does
 * not exist: status, headers and body. And nothing of mine is other than before.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ROLES } from '@daodi/registry';
import { uriOf } from './bench/field';
import { type Answer, type Credential, type Firm, HOST, Product } from './bench/product';
import { campaign, type Tally } from './bench/tally';
import { CASES, isMutating, makeWorld, type Operation, operationsOf, type Ready, unissuedCode, WALKED_BY_SETTING_UP, warning, type World } from './bench/world';

/** Roles that mean something in their own type of organisation only, and organisations of that type. */
const ELSEWHERE = new Set(['operator', 'supervisor']);

/** Their body is a file, in which no id can be replaced: sent a second time it is the same, and is told so. */
const IS_A_FILE = new Set(['POST /api/v1/standards/imports', 'PUT /api/v1/files/{sha256}']);

/** Public doors show everybody the same, so they stand outside. The directory of organisations is open to all who are signed in; only the operator writes to all. */
const OPEN_TO_ALL = new Set(['GET /api/v1/organisations/{id}', 'GET /api/v1/herbs/{code}']);

export const prove = campaign(async (tally) => {
  const product = await Product.open();
  try {
    const world = await makeWorld(product);
    const rival = await product.firm('RIVAL', 'processor');
    const supervisor = await product.firm('OTHER-SUPERVISOR', 'supervisor');
    const strangers = await everyRole(product, rival);
    strangers.set('supervisor', supervisor);
    const things = await everythingOf(world);
    await product.settled();
    const isFull = tally.size === 'full';
    const roles = [...strangers.keys()];
    const line: Line = { tally, world, swap: new Swap(world.codes), things, isMine: onlyMine(world, [rival.id, supervisor.id]) };
    const operations = (await operationsOf(product)).filter(({ roles, route }) => roles !== 'public' && !WALKED_BY_SETTING_UP.has(route));
    const walk = async (act: (line: Line, operation: Operation, role: string, who: Credential) => Promise<void>, wanted: (operation: Operation, role: string) => boolean): Promise<void> => {
      for (const role of roles) for (const operation of operations) if (wanted(operation, role)) await act(line, operation, role, strangers.get(role) as Credential);
    };
    await walk(refused, (operation, role) => !mayCall(operation, role));
    // Small asks as two of those who may ask, and writes as the first who may write.
    const asks = (operation: Operation, role: string): boolean => mayCall(operation, role) && !isMutating(operation) && (isFull || ['owner', 'supervisor'].includes(role));
    await walk(reads, asks);
    await walk(writes, (operation, role) => mayCall(operation, role) && isMutating(operation) && (isFull || roles.find((one) => mayCall(operation, one)) === role));
    // Everything said about my things was said about things that do not exist too: the two must still look the same.
    await product.settled();
    await walk(readsAgain, asks);
    await tally.holds('claims about my batches leave the tables as a rebuild makes them', async () => assert.deepEqual((await product.rebuilt()).different, []));
    tally.say(`${operations.length} routes × ${roles.length} roles`);
  } finally {
    await product.close();
  }
});

/** What stands between me and the strangers. */
interface Line {
  readonly tally: Tally;
  readonly world: World;
  /** The one pairing of what is mine with what does not exist. */
  readonly swap: Swap;
  readonly things: Things;
  /** A digest of everything the tables say of me and my partners. */
  readonly isMine: () => Promise<string>;
}

/** Watches every row of every projection that names one of my side and none of theirs. */
function onlyMine({ product, mine, buyer, lab }: World, theirs: readonly string[]): () => Promise<string> {
  const tables = [...product.projections, ...product.followers].flatMap((projection) => projection.tables);
  return async () => {
    const found: string[] = [];
    for (const table of tables) {
      const [row] = await product.dataSource.query(
        `SELECT count(*), md5(string_agg(t::text, E'\n' ORDER BY t::text)) AS hash FROM ${table} t WHERE t::text ~ $1 AND t::text !~ $2`,
        [[mine.id, buyer.id, lab.id].join('|'), theirs.join('|')],
      );
      found.push(`${table} ${row.count} ${row.hash}`);
    }
    return found.join('\n');
  };
}

async function everyRole(product: Product, rival: Firm): Promise<Map<string, Credential>> {
  const strangers = new Map<string, Credential>([['owner', rival.owner], ['machine', rival]]);
  for (const role of ROLES) {
    if (strangers.has(role) || ELSEWHERE.has(role)) continue;
    strangers.set(role, await product.person(rival, `rival-${role}`, [role]));
  }
  return strangers;
}

const mayCall = ({ roles }: Operation, role: string): boolean => Array.isArray(roles) && (roles.length === 0 || roles.includes(role));

/** One thing of each kind of mine, by what stands for it in a path or a query. */
type Things = ReadonlyMap<string, string>;

async function everythingOf(world: World): Promise<Things> {
  const { product, mine, batch, crop } = world;
  const idOf = async (route: string): Promise<string> => (await accepted(world, route)).id;
  const shipped = await accepted(world, 'POST /api/v1/shipments');
  const captured = await product.send(mine, 'POST', '/epcis/capture', ((await CASES['POST /epcis/capture']?.(world)) as Ready).body);
  return new Map([
    ['/api/v1/organisations', mine.id], ['/api/v1/people', mine.owner.personId], ['/api/v1/api-keys', mine.keyId], ['/api/v1/sites', mine.site],
    ['/api/v1/bases', mine.base], ['/api/v1/plots', mine.plot], ['/api/v1/tending-areas', await idOf('POST /api/v1/tending-areas')],
    ['/api/v1/zones', await idOf('POST /api/v1/zones')], ['/api/v1/scales', await idOf('POST /api/v1/scales')], ['/api/v1/allowances', await idOf('POST /api/v1/allowances')],
    ['/api/v1/land-contracts', await idOf('POST /api/v1/land-contracts')], ['/api/v1/rotation-plans', await idOf('POST /api/v1/rotation-plans')],
    ['/api/v1/standards', await idOf('POST /api/v1/standards')], ['/api/v1/standard-confirmations', await idOf('POST /api/v1/standard-confirmations')],
    ['/api/v1/standard-bindings', await idOf('POST /api/v1/standard-bindings')],
    ['/api/v1/files', (await accepted(world, 'PUT /api/v1/files/{sha256}')).sha256], ['/api/v1/production-orders', await idOf('POST /api/v1/production-orders')],
    ['/api/v1/dock-decisions', await idOf('POST /api/v1/dock-decisions')],
    ['/api/v1/disasters', await idOf('POST /api/v1/disasters')], ['/api/v1/opening-notices', await idOf('POST /api/v1/opening-notices')],
    ['/api/v1/input-products', await idOf('POST /api/v1/input-products')], ['/api/v1/input-lots', await idOf('POST /api/v1/input-lots')], ['/api/v1/input-counts', await idOf('POST /api/v1/input-counts')],
    ['/api/v1/input-allowances', await idOf('POST /api/v1/input-allowances')], ['/api/v1/sops', await idOf('POST /api/v1/sops')], ['/api/v1/crops', crop],
    ['/api/v1/environment-tests', await idOf('POST /api/v1/environment-tests')], ['/api/v1/unified-seasons', await idOf('POST /api/v1/unified-seasons')], ['/api/v1/supplier-audits', await idOf('POST /api/v1/supplier-audits')],
    ['/api/v1/gap-evaluations', await idOf('POST /api/v1/gap-evaluations')], ['/api/v1/extended-inspections', await idOf('POST /api/v1/extended-inspections')],
    ['/api/v1/products', await idOf('POST /api/v1/products')], ['/api/v1/certificates', await idOf('POST /api/v1/certificates')], ['/api/v1/gi-quotas', await idOf('POST /api/v1/gi-quotas')], ['/api/v1/links', await idOf('POST /api/v1/links')], ['/api/v1/instrument-templates', await idOf('POST /api/v1/instrument-templates')], ['/api/v1/accreditations', await idOf('POST /api/v1/accreditations')],
    ['/api/v1/test-reports', await idOf('POST /api/v1/test-reports')], ['/api/v1/releases', await idOf('POST /api/v1/releases')], ['/api/v1/holds', await idOf('POST /api/v1/holds')],
    ['/api/v1/notice-subscriptions', await idOf('POST /api/v1/notice-subscriptions')], ['/api/v1/label-sheets', await idOf('POST /api/v1/label-sheets')],
    ['/api/v1/credits', (await accepted(world, 'POST /api/v1/credit-sales')).credit],
    ['/api/v1/pickers', await idOf('POST /api/v1/pickers')], ['/api/v1/slips', await idOf('POST /api/v1/slips')], ['/api/v1/heaps', await heapId(world)],
    ['/api/v1/shipments', shipped.eventID], ['/api/v1/paper-templates', 'another-paper'],
    ['/api/v1/events', shipped.eventID], ['/epcis/events', shipped.eventID], ['/epcis/capture', String(captured.headers.location).split('/').at(-1) as string],
    ['/api/v1/findings', await warning(world)], ['/api/v1/batches', batch], ['uri', uriOf(batch)], ['crop', uriOf(crop)], ['party', mine.party], ['site', `urn:daodi:site:${mine.site}`],
    ['request', String(captured.headers['x-request-id'])],
  ]);
}

/** A heap is named in no answer to its closing. */
async function heapId(world: World): Promise<string> {
  await accepted(world, 'POST /api/v1/heaps');
  return (await world.product.done(world.mine, 'GET', '/api/v1/heaps')).items[0].id;
}

async function accepted(world: World, route: string): Promise<any> {
  const { who, url, body } = (await CASES[route]?.(world)) as Ready;
  return world.product.done(who, route.split(' ')[0] as 'POST', url, body);
}

/** Routes that find a thing by a path: the thing's own path ends where the first parameter begins. */
const pathWith = (path: string, value: string): string => path.replace(/\{\w+\}/, encodeURIComponent(value));
const thingOf = (path: string, things: Things): string | undefined => things.get(path.split('/{')[0] as string);

/** A role that may not call a route is told so, whatever it asks for. */
async function refused({ tally, world, things }: Line, { method, path, route }: Operation, role: string, who: Credential): Promise<void> {
  await tally.holds(`${role} may not ${route}`, async () => {
    const size = await world.product.size();
    for (const value of [thingOf(path, things) ?? randomUUID(), randomUUID()]) {
      const answer = await world.product.send(who, method, pathWith(path, value), method === 'GET' || method === 'DELETE' || method === 'OPTIONS' ? undefined : {});
      assert.equal(answer.status, 403, answer.text);
    }
    assert.equal(await world.product.size(), size);
  });
}

/** Sends what I would send as somebody else, and the same with every id of mine replaced by one that does not exist. */
async function writes({ tally, world, swap, isMine }: Line, operation: Operation, role: string, who: Credential): Promise<void> {
  const prepare = CASES[operation.route];
  if (prepare === undefined || operation.path === '/api/v1/sessions/current' || IS_A_FILE.has(operation.route)) return;
  await tally.holds(`${role}: ${operation.route} with what is mine is answered as with what is not, and changes nothing of mine`, async () => {
    const ready = await prepare(world);
    await world.product.settled();
    const before = await isMine();
    const answers: unknown[] = [];
    for (const { url, body } of [ready, swap.away(ready)]) answers.push(swap.normal(await world.product.send(who, operation.method, url, body)));
    assert.deepEqual(answers[0], answers[1]);
    await world.product.settled();
    assert.equal(await isMine(), before);
  });
}

/** Asks for what is mine, by path and by every query parameter, and for the same that does not exist. */
async function reads(line: Line, operation: Operation, role: string, who: Credential): Promise<void> {
  const { tally, world, things } = line;
  const { path, route, method } = operation;
  if (!path.includes('{') && method === 'GET' && path !== '/api/v1/organisations') {
    await tally.holds(`${role}: ${route} shows nothing of mine`, async () => {
      const { text } = await world.product.send(who, 'GET', path);
      for (const value of [...things.values(), ...world.codes]) assert.ok(!text.includes(value), `${value} in ${text.slice(0, 2_000)}`);
    });
  }
  await readsAgain(line, operation, role, who);
}

async function readsAgain(line: Line, operation: Operation, role: string, who: Credential): Promise<void> {
  const { tally, world, things } = line;
  const { path, route, method } = operation;
  if (path.includes('{')) {
    if (OPEN_TO_ALL.has(route)) return;
    const mine = thingOf(path, things);
    await tally.holds(`${role}: ${route} of mine is answered as of nothing`, async () => {
      assert.ok(mine !== undefined, `nothing here fills ${path}`);
      await asked(line, who, operation, pathWith(path, mine));
    });
    return;
  }
  if (method === 'OPTIONS' || operation.query.length === 0) return;
  await tally.holds(`${role}: ${route} answers every question about mine as one about nothing`, async () => {
    const values = [...things.values(), ...world.codes];
    // A cursor is a place in the order of the caller's own list: two values differ by where they sort, whatever they name.
    for (const name of operation.query.filter((one) => one !== 'cursor')) for (const value of values) await asked(line, who, operation, `${path}?${name}=${encodeURIComponent(value)}`);
    if (path !== '/api/v1/trace') return;
    for (const code of world.codes) for (const direction of ['back', 'forward']) await asked(line, who, operation, `${path}?epc=${encodeURIComponent(uriOf(code))}&direction=${direction}`);
  });
}

async function asked({ world, swap }: Line, who: Credential, { method }: Operation, url: string): Promise<void> {
  const [mine, nothing] = [await world.product.send(who, method, url), await world.product.send(who, method, swap.away({ who, url }).url)];
  assert.deepEqual(swap.normal(mine), swap.normal(nothing), url);
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Replaces ids by others of the same shape, and makes answers to both comparable. */
class Swap {
  private readonly away_ = new Map<string, string>();

  constructor(private readonly codes: ReadonlySet<string>) {}

  /** The request with every uuid, code and event id in it replaced. */
  away(ready: Ready): Ready {
    return { ...ready, url: this.swapped(ready.url), body: ready.body === undefined ? undefined : JSON.parse(this.swapped(JSON.stringify(ready.body))) };
  }

  /** Uuids keep their version and variant, which some readers ask for. */
  private swapped(text: string): string {
    let swapped = text.replace(UUID, (id) => this.other(id, () => `${randomUUID().slice(0, 14)}${id[14]}${randomUUID().slice(15, 19)}${id[19]}${randomUUID().slice(20)}`));
    for (const code of this.codes) swapped = swapped.replaceAll(code, () => this.other(code, unissuedCode));
    // Names that may be given once only: a second request of the same name would be told so.
    return swapped.replace(/urn:example:told:\d+/g, (id) => this.other(id, () => id.replace('told', 'said'))).replace(/"(?:login|number|run)":"[^"]+/g, (name) => `${name}x`);
  }

  private other(id: string, make: () => string): string {
    const known = this.away_.get(id) ?? make();
    this.away_.set(id, known);
    return known;
  }

  /** Status, headers and body, with both spellings of each id made one and what is new in every answer left out. */
  normal({ status, headers, text }: Answer): unknown {
    let body = text;
    for (const [mine, other] of this.away_) body = body.replaceAll(mine, 'THAT').replaceAll(other, 'THAT').replaceAll(encodeURIComponent(mine), 'THAT').replaceAll(encodeURIComponent(other), 'THAT');
    body = body.replace(UUID, 'NEW').replace(/"(secret|token)":"[^"]+"/g, '"$1":"…"').replace(/"version":\d+/g, '"version":0').replace(/"(number|login|run)":"[^"]+"/g, '"$1":"…"').replace(new RegExp(`${HOST}/b/[0-9A-Z]{11}`, 'g'), 'CODE').replace(/"code":"[0-9A-Z]{11}"/g, '"code":"CODE"').replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'NOW');
    const { date: _d, 'x-request-id': _r, 'content-length': _l, location: _p, ...rest } = headers;
    return { status, headers: rest, body };
  }
}
