/**
 * Every route that changes something leaves exactly the entries its documentation names, sharing one request id, with
 * who, when, what, old, new and why. A refused or repeated request leaves none. A route without a case here fails.
 */
import assert from 'node:assert/strict';
import { type Entry, readLog } from '@daodi/log';
import { type Answer, Product } from './bench/product';
import { campaign, type Tally } from './bench/tally';
import { CASES, isMutating, makeWorld, NOBODY, type Operation, operationsOf, type Ready, WALKED_BY_SETTING_UP, type World } from './bench/world';

export const prove = campaign(async (tally) => {
  const product = await Product.open();
  try {
    const operations = (await operationsOf(product)).filter(isMutating);
    await settingUp(tally, product, operations);
    const world = await makeWorld(product);
    await tally.holds('every route that changes something has a case here, and every case a route', () => {
      const known = operations.map(({ route }) => route).filter((route) => !WALKED_BY_SETTING_UP.has(route)).sort();
      assert.deepEqual(known, Object.keys(CASES).sort());
    });
    const rounds = tally.size === 'full' ? 5 : 1;
    for (let round = 0; round < rounds; round++) {
      for (const operation of operations) {
        const prepare = CASES[operation.route];
        if (prepare !== undefined) await tally.holds(operation.route, async () => walk(world, operation, await prepare(world), () => prepare(world)));
      }
    }
    tally.say(`${Object.keys(CASES).length} routes`);
  } finally {
    await product.close();
  }
});

/** The set-up is the one route that can be walked once only. */
async function settingUp(tally: Tally, product: Product, operations: readonly Operation[]): Promise<void> {
  await tally.holds('POST /setup leaves what it documents', async () => {
    const before = await product.size();
    const refused = await product.send(undefined, 'POST', '/setup', 'token=x', { 'content-type': 'application/x-www-form-urlencoded' });
    assert.ok(refused.status >= 400 && refused.status < 500);
    assert.equal(await product.size(), before);
    await product.operator();
    // The operator's herbs, added one request each after it, are no part of the set-up.
    const entries = await readLog(product.dataSource, BigInt(before), 10_000);
    const own = entries.filter(({ requestId }) => requestId === entries[0]?.requestId);
    const operation = operations.find(({ route }) => route === 'POST /setup');
    agrees(own, operation as Operation);
  });
}

async function walk(world: World, operation: Operation, ready: Ready, prepareAgain: () => Promise<Ready> | Ready): Promise<void> {
  const { product } = world;
  const { method } = operation;
  const isLogged = (operation.entries?.length ?? 0) > 0;
  const sent = (request: Ready, key: string | undefined) =>
    product.send(request.who === NOBODY ? undefined : request.who, method, request.url, request.body, key === undefined ? {} : { 'idempotency-key': key });

  const before = await product.size();
  if (operation.roles !== 'public') assert.equal((await product.send(undefined, method, ready.url, ready.body)).status, 401);
  if (ready.body !== undefined) {
    const refused = await product.send(ready.who === NOBODY ? undefined : ready.who, method, ready.url, { nonsense: true }, { 'idempotency-key': `refused ${operation.route}` });
    assert.ok(refused.status >= 400 && refused.status < 500, `nonsense was answered ${refused.status}`);
  }
  assert.equal(await product.size(), before, 'a refused request left entries');

  const key = isLogged ? `key ${operation.route} ${before}` : undefined;
  const answer = await sent(ready, key);
  assert.ok(answer.status < 300, `${answer.status} ${answer.text}`);
  if (operation.path === '/epcis/capture') await jobDone(product, ready, answer);
  const left = await readLog(product.dataSource, BigInt(before), 1_000);
  agrees(left, operation);
  if (isLogged) saysEverything(left, await callerOf(world, ready), operation.path === '/epcis/capture' ? undefined : String(answer.headers['x-request-id']));

  if (key === undefined) return;
  const after = await product.size();
  const again = await sent(ready, key);
  assert.deepEqual([again.status, withoutSecret(again)], [answer.status, withoutSecret(answer)], 'a repeat is answered as the first was');
  if (ready.body !== undefined) {
    const prepared = await prepareAgain();
    const size = await product.size();
    const other = await sent({ ...prepared, who: ready.who, url: ready.url, body: { ...prepared.body, ...changed(prepared.body) } }, key);
    assert.equal(other.status, 422, `another body under a bound key was answered ${other.status} ${other.text}`);
    assert.equal(await product.size(), size);
    return;
  }
  assert.equal(await product.size(), after, 'a repeated request left entries');
}

/** What left the log is what the documentation names, in number too. */
function agrees(left: readonly Entry[], { route, entries = [] }: Operation): void {
  const names = left.map(({ kind, type }) => `${kind}:${type}`);
  for (const { kind, type, count } of entries) {
    const found = names.filter((name) => name === `${kind}:${type}`).length;
    const isRight = { '1': found === 1, '0..1': found <= 1, '0..n': true, '1..n': found >= 1 }[count];
    assert.ok(isRight, `${route} documents ${kind}:${type} × ${count} and left ${names.join(', ')}`);
  }
  const undocumented = names.filter((name) => !entries.some(({ kind, type }) => name === `${kind}:${type}`));
  assert.deepEqual(undocumented, [], `${route} left what it does not document`);
  if (entries.length > 0) assert.ok(left.length > 0, `${route} left nothing`);
}

/** Who, when, what, old, new, why: everything an auditor asks of an entry. */
function saysEverything(left: readonly Entry[], caller: { readonly organisationId: string; readonly actorId: string }, requestId: string | undefined): void {
  assert.equal(new Set(left.map((entry) => entry.requestId)).size, 1, 'one request id for all');
  if (requestId !== undefined) assert.equal(left[0]?.requestId, requestId, 'the request id the answer names');
  for (const entry of left) {
    assert.deepEqual([entry.organisationId, entry.actor.id], [caller.organisationId, caller.actorId], 'who');
    assert.ok(Date.parse(entry.capturedTime) > 0 && Date.parse(entry.recordTime) > 0, 'when');
    assert.ok(['form', 'epcis'].includes(entry.provenance), entry.provenance);
    if (entry.kind === 'event') {
      assert.ok(entry.eventId !== undefined && entry.eventTime !== undefined);
      continue;
    }
    const body = entry.body as { subject?: unknown; change?: unknown; old?: unknown; new?: unknown; why?: unknown };
    assert.ok(typeof body.subject === 'string' && body.subject !== '', 'what');
    assert.ok(['created', 'changed', 'ended', 'decided'].includes(String(body.change)), String(body.change));
    assert.equal(typeof body.new, 'object', 'new');
    if (['changed', 'ended'].includes(String(body.change)) && !WITHOUT_OLD.has(entry.type)) assert.equal(typeof body.old, 'object', `old of ${entry.type}`);
    if (WHY_TYPED.has(entry.type) && body.change !== 'created') assert.ok(typeof body.why === 'string' && body.why !== '', `why of ${entry.type}`);
  }
}

/** Kinds of records whose case here gives a reason when it changes them. */
const WHY_TYPED = new Set(['organisation', 'site', 'base', 'plot', 'tending-area', 'erasure', 'release', 'hold-lifted']);

/** A password's old hash is nobody's to read, and what an erasure took must not stand in the record of it. */
const WITHOUT_OLD = new Set(['credential', 'erasure']);

async function callerOf({ product }: World, { who }: Ready): Promise<{ organisationId: string; actorId: string }> {
  const me = await product.done(who, 'GET', '/api/v1/me');
  return { organisationId: me.organisation.id, actorId: me.personId ?? me.keyId };
}

/** A captured document is appended by a job; its resource says when that is done. */
async function jobDone(product: Product, { who }: Ready, answer: Answer): Promise<void> {
  for (;;) {
    const job = await product.done(who, 'GET', String(answer.headers.location));
    if (job.running === false) return assert.equal(job.success, true, JSON.stringify(job.errors));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A new key's secret is shown once. */
function withoutSecret({ body }: Answer): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const { secret: _, ...rest } = body;
  return rest;
}

/** A member of the body that can be changed without making it unreadable. */
function changed(body: object | undefined): object {
  if (body === undefined) return {};
  for (const name of ['note', 'why', 'reason', 'remarks', 'name', 'count', 'creationDate', 'number', 'laboratory', 'code']) {
    if (name in body) return { [name]: name === 'count' ? 3 : name === 'creationDate' ? '2026-09-01T10:00:00Z' : name === 'laboratory' ? 'BUYER' : name === 'code' ? 'othercode' : '另一个' };
  }
  return 'eventTime' in body ? { eventTime: '2026-09-01T07:59:00+08:00' } : { stage: 'planting' };
}
