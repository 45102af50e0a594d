import { randomUUID } from 'node:crypto';
import type { LeftEntry, Role } from '@daodi/registry';
import { record, ROLES } from '@daodi/registry';
import { type Firm, FormsBench, leftBy } from './testing/forms-bench';

interface Operation { method: 'GET' | 'POST'; path: string; roles: readonly string[]; entries?: readonly LeftEntry[]; body?: { content: Record<string, { schema?: object; examples?: Record<string, { value: Record<string, unknown> }> }> }; ok: boolean }

const OURS = /^\/api\/v1\/(accessions|propagations|propagule-checks|plantings|crop-ends|crops|field-work|harvests|processing|packing|aggregations|samples|storage|shipments|receipts|sales|destructions|stock-takes|transfers|arrivals|stock-changes|upkeep|sample-returns|retests|waste-removals|splits|mixtures|gradings|repackings|credit-sales|credits|returns|exchanges|events|batches|batch-codes|holdings|yields)\b/;

let bench: FormsBench;
let coop: Firm;
let shop: Firm;
let rival: Firm;
let operations: Operation[];
beforeAll(async () => {
  bench = await FormsBench.open();
  [coop, shop, rival] = [await bench.firm('ANZE-LQ'), await bench.firm('HUAIHE-YP'), await bench.firm('RIVAL')];
  await bench.firm('JIN-LAB');
  const document = (await bench.app.inject({ method: 'GET', url: '/api/openapi.json' })).json();
  operations = Object.entries<Record<string, Record<string, never>>>(document.paths).filter(([path]) => OURS.test(path) && !path.endsWith('/erasure')).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      method: method.toUpperCase() as 'GET', path: path.replace('/api/v1', ''), roles: operation['x-daodi-roles'] ?? [], entries: operation['x-daodi-entries'], body: operation['requestBody'],
      ok: operation['responses']?.['201'] !== undefined || operation['responses']?.['200'] !== undefined,
    })),
  );
});
afterAll(() => bench.close());

const fill = (path: string, value: string) => path.replace(/\{\w+\}/, encodeURIComponent(value));
const SOMETHING = 'urn:uuid:00000000-0000-4000-8000-000000000000';

describe('every route of the stages', () => {
  it('is documented: roles, entries, an example of what to send, an answer', () => {
    expect(operations.length).toBeGreaterThan(45);
    for (const { method, path, entries, body, ok } of operations) {
      expect([path, ok]).toEqual([path, true]);
      if (method === 'GET') continue;
      expect([path, Array.isArray(entries) && entries.length > 0]).toEqual([path, true]);
      expect([path, body?.content['application/json']?.schema !== undefined]).toEqual([path, true]);
    }
  });

  it('needs a sign-in, and one of its roles', async () => {
    const size = await bench.size();
    const tokens = new Map<Role, string>();
    for (const role of ROLES) tokens.set(role, await bench.key(rival.organisationId, [role]));
    for (const { method, path, roles } of operations) {
      const url = fill(path, SOMETHING);
      expect([path, (await bench.send(undefined, method, url, method === 'POST' ? {} : undefined)).status]).toEqual([path, 401]);
      for (const [role, token] of tokens) {
        const { status } = await bench.send({ token }, method, url, method === 'POST' ? {} : undefined);
        expect([path, role, status === 403]).toEqual([path, role, roles.length > 0 && !roles.includes(role)]);
      }
    }
    expect((await bench.entriesFrom(size)).filter(({ type }) => type !== 'api-key')).toEqual([]);
  });

  it('leaves what it documents', async () => {
    const codes = (await bench.done(coop, '/batch-codes', { count: 1 })).codes;
    const crop = (await bench.done(coop, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', plots: [coop.plot], mode: 'seed' })).batches[0].code;
    const batch = (await bench.done(coop, '/harvests', { eventTime: '2026-08-20T09:30:00+08:00', crop, quantity: '9999', unit: 'kg', code: codes[0].code })).batches[0].code;
    expect(batch).toBe(codes[0].code);
    const sent = await bench.done(coop, '/shipments', { eventTime: '2026-09-01T08:00:00+08:00', to: { organisation: 'HUAIHE-YP' }, lines: [{ batch, quantity: 500, unit: 'kg' }] });
    const [other, traded] = [await bench.harvested(coop, '9999'), await bench.harvested(coop, '9999')];
    const { eventID: sale } = await bench.done(coop, '/sales', { eventTime: '2026-11-02T08:00:00+08:00', lines: [{ batch: traded, quantity: 500, unit: 'kg' }] });
    const own = new Map<string, string>([['plots', coop.plot], ['site', coop.site], ['witness', coop.person]]);
    const store = randomUUID();
    await bench.say(coop.organisationId, [record('site', store, 'created', { new: { kind: 'warehouse', name: '二号库', region: '141026', status: 'active' } })]);
    await bench.done(coop, '/transfers', { eventTime: '2026-09-02T08:00:00+08:00', from: store, to: coop.site, lines: [{ batch, quantity: 500, unit: 'kg' }], underWay: true, acceptOverdrawn: true, reason: '补录' });
    await bench.done(coop, '/storage', { eventTime: '2026-09-02T09:00:00+08:00', site: coop.site, lines: [{ batch, quantity: 500, unit: 'kg' }] });
    const sorted = { eventTime: '2026-09-03T08:00:00+08:00', step: 'sorting', inputs: [{ batch, quantity: 60, unit: 'kg' }], outputs: [{ quantity: 50, unit: 'kg' }, { role: 'waste', quantity: 10, unit: 'kg' }] };
    const waste = (await bench.done(coop, '/processing', sorted)).batches[1].code;
    // A count ends what the others draw on.
    const inTurn = [...operations].sort((a, b) => Number(a.path === '/stock-takes') - Number(b.path === '/stock-takes'));
    for (const { method, path, entries = [], body } of inTurn) {
      const example = body?.content['application/json']?.examples?.['example']?.value;
      if (method === 'GET' || example === undefined) continue;
      const isReceipt = path === '/receipts';
      const isTrade = /^.(splits|mixtures|gradings|repackings|credit-sales|returns|exchanges)$/.test(path);
      const filled = JSON.parse(JSON.stringify(example), (key, value) => {
        if (key === 'crop') return crop;
        if (key === 'batch' || key === 'of') return value === '7K2QZ0ABCE2' ? other : isTrade ? traded : path === '/waste-removals' ? waste : batch;
        if (key === 'sale') return sale;
        if (key === 'unit' && (value === '盒' || value === '个')) return 'kg';
        if (key === 'plots') return [coop.plot];
        if (key === 'mothers') return [crop];
        if (key === 'batches') return [batch];
        if (typeof value === 'string' && (key === 'from' || key === 'to') && /^[0-9a-f-]{36}$/.test(value)) return key === 'from' ? coop.site : store;
        return own.get(key) ?? value;
      });
      const size = await bench.size();
      const answer = await bench.post(isReceipt ? shop : coop, fill(path, sent.eventID), filled);
      expect([path, answer.status, answer.body.errors]).toEqual([path, 201, undefined]);
      const left = leftBy(await bench.entriesFrom(size));
      for (const { kind, type, count } of entries) {
        const found = left.filter((entry) => entry === `${kind}:${type}`).length;
        const wanted = { '1': found === 1, '0..1': found <= 1, '0..n': true, '1..n': found >= 1 }[count];
        expect([path, kind, type, found, wanted]).toEqual([path, kind, type, found, true]);
      }
      expect(left.every((entry) => entries.some(({ kind, type }) => entry === `${kind}:${type}`))).toBe(true);
    }
  });
});

/** Values nobody would type, and some that somebody might. */
const STRANGE: readonly unknown[] = [
  null, true, 0, -1, 1e308, 1.5, '', ' ', '1e400', '-0', '0', 'NaN', '0001-01-01T00:00:00+08:00', '9999-12-31T23:59:59-12:00', '𠮿', 'constructor',
  'x'.repeat(5000), [], {}, [[]], [null], [1, 1], { quantity: '1e400', unit: '斤' }, { __proto_: 1 }, 'https://trace.example.cn/b/', 'urn:x:%', '\u2028',
];

describe('strange bodies', () => {
  it('are refused with their pointers or taken, never failed upon, and leave nothing when refused', async () => {
    let sent = 0;
    for (const { method, path, body } of operations) {
      const example = body?.content['application/json']?.examples?.['example']?.value;
      if (method === 'GET' || example === undefined) continue;
      const leaves: (string | number)[][] = [];
      const walk = (value: unknown, steps: (string | number)[]): void => {
        leaves.push(steps);
        if (typeof value === 'object' && value !== null) for (const [name, member] of Object.entries(value)) walk(member, [...steps, name]);
      };
      walk(example, []);
      for (const [n, steps] of leaves.entries()) {
        for (const strange of STRANGE.filter((_, i) => i % 4 === n % 4)) {
          const size = await bench.size();
          const changed = steps.length === 0 ? (strange as object) : structuredClone(example);
          let at = changed as Record<string, unknown>;
          for (const step of steps.slice(0, -1)) at = at[step] as Record<string, unknown>;
          if (steps.length > 0) at[steps.at(-1) as string] = strange;
          const answer = await bench.app.inject({ method, url: `/api/v1${fill(path, SOMETHING)}`, payload: JSON.stringify(changed), headers: { authorization: `Bearer ${coop.token}`, 'content-type': 'application/json' } });
          sent += 1;
          expect([path, steps.join('/'), JSON.stringify(strange).slice(0, 60), answer.statusCode < 500]).toEqual([path, steps.join('/'), JSON.stringify(strange).slice(0, 60), true]);
          if (answer.statusCode >= 400) expect(await bench.size()).toBe(size);
        }
      }
    }
    expect(sent).toBeGreaterThan(500);
  });

  it('get an answer on every path', async () => {
    for (const odd of ['%00', '%E8%BF%9E', 'x'.repeat(1500), 'urn:x', '..%2f', '%F0%A0%AE%BF', '0']) {
      for (const path of [`/batches/${odd}`, `/events/${odd}`]) expect([odd, (await bench.get(coop, path)).status]).toEqual([odd, 404]);
      expect((await bench.post(coop, `/events/${odd}/correction`, { reason: 'x' })).status).toBe(404);
      expect((await bench.post(coop, `/shipments/${odd}/void`, { eventTime: '2026-09-01T08:00:00+08:00', reason: 'x' })).status).toBe(404);
    }
    for (const cursor of ['AA', 'AAAA', 'zzzz', '_w', '0.x']) {
      for (const path of ['/batches', '/holdings']) expect((await bench.get(coop, `${path}?cursor=${cursor}`)).status).toBeLessThan(500);
    }
  });
});

describe('reading', () => {
  it('shows one’s own events and nobody else’s', async () => {
    const { eventID } = await bench.done(coop, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', plots: [coop.plot], mode: 'seed' });
    const path = `/events/${encodeURIComponent(eventID)}`;
    const [mine, theirs, none] = [await bench.get(coop, path), await bench.get(rival, path), await bench.get(rival, `/events/${encodeURIComponent(SOMETHING)}`)];
    expect([mine.status, mine.body.event.eventID, mine.body.provenance]).toEqual([200, eventID, 'form']);
    expect([theirs.status, { ...theirs.body, instance: '' }]).toEqual([404, { ...none.body, instance: '' }]);
  });

  it('shows a batch to who made or has it, its plots to its issuer only', async () => {
    const batch = await bench.harvested(coop, '100');
    await bench.done(coop, '/shipments', { eventTime: '2026-09-01T08:00:00+08:00', to: { organisation: shop.code }, lines: [{ batch, quantity: '40', unit: 'kg' }] });
    await bench.done(shop, '/receipts', { eventTime: '2026-09-02T08:00:00+08:00', from: { organisation: coop.code }, site: shop.site, lines: [{ batch, accepted: { quantity: '30', unit: 'kg' }, lotNumber: 'M-7' }] });
    const [issuer, holder] = [(await bench.get(coop, `/batches/${batch}`)).body, (await bench.get(shop, `/batches/${batch}`)).body];
    expect(issuer).toMatchObject({ code: batch, kind: 'batch', issuedByYou: true, herb: 'lianqiao', book: { available: 60, uom: 'KGM' }, holdings: [{ state: 'available', quantity: 60 }] });
    expect(issuer.crop).toMatch(/^[0-9A-Z]{11}$/);
    expect(holder).toMatchObject({ issuedByYou: false, herb: 'lianqiao', book: { available: 30, transit: 10 }, aliases: [{ scheme: 'own-lot', value: 'M-7' }] });
    expect(holder.holdings).toEqual([{ state: 'available', site: `urn:daodi:site:${shop.site}`, quantity: 30, uom: 'KGM' }, { state: 'transit', from: 'urn:daodi:org:ANZE-LQ', quantity: 10, uom: 'KGM' }]);
    expect(holder).not.toHaveProperty('crop');
    const [theirs, none] = [await bench.get(rival, `/batches/${batch}`), await bench.get(rival, '/batches/00000000000')];
    expect([theirs.status, { ...theirs.body, instance: '' }]).toEqual([404, { ...none.body, instance: '' }]);
    expect((await bench.get(shop, `/batches/${encodeURIComponent(holder.uri)}`)).body).toEqual(holder);
    expect((await bench.get(rival, `/batches/${encodeURIComponent(holder.uri)}`)).status).toBe(404);
  });

  it('lists batches and holdings page by page, each once', async () => {
    const pages = async (path: string) => {
      const items: unknown[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const { body } = await bench.get(coop, `${path}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
        items.push(...body.items);
        cursor = body.next;
      }
      return items;
    };
    for (const path of ['/batches', '/holdings']) {
      const all = (await bench.get(coop, `${path}?limit=500`)).body.items;
      expect(all.length).toBeGreaterThan(4);
      expect(await pages(path)).toEqual(all);
    }
    expect((await bench.get(rival, '/batches')).body).toEqual({ items: [] });
    expect((await bench.get(rival, '/holdings')).body).toEqual({ items: [] });
  });
});

describe('codes issued before use', () => {
  it('are their organisation’s, for one thing of one kind', async () => {
    const size = await bench.size();
    const { codes } = await bench.done(coop, '/batch-codes', { count: 2, kind: 'crop' });
    expect(leftBy(await bench.entriesFrom(size))).toEqual(['record:batch', 'record:batch']);
    const crop = (who: Firm, code: string) => ({ eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', plots: [who.plot], mode: 'seed', code });
    const rule = async (who: Firm, code: string) => (await bench.post(who, '/crops', crop(who, code))).body.errors?.map((e: { rule: string }) => e.rule);
    expect(await rule(rival, codes[0].code)).toEqual(['unknown-code']);
    expect(await rule(rival, '00000000000')).toEqual(['unknown-code']);
    expect((await bench.post(coop, '/crops', crop(coop, codes[0].code))).status).toBe(201);
    expect(await rule(coop, codes[0].code)).toEqual(['code-used']);
    const harvest = { eventTime: '2026-08-20T09:30:00+08:00', crop: codes[0].code, quantity: 1, unit: 'kg', code: codes[1].code };
    expect((await bench.post(coop, '/harvests', harvest)).body.errors.map((e: { rule: string }) => e.rule)).toEqual(['code-kind']);
  });

  it('let a shipment be written down before the harvest it came from', async () => {
    const { codes: [{ code }] } = await bench.done(coop, '/batch-codes', { count: 1 });
    const ship = { eventTime: '2026-09-01T08:00:00+08:00', to: { organisation: shop.code }, lines: [{ batch: code, quantity: '40', unit: 'kg' }] };
    expect((await bench.post(coop, '/shipments', ship)).body.type).toBe('urn:daodi:problem:overdrawn');
    await bench.done(coop, '/shipments', { ...ship, acceptOverdrawn: true, reason: '山上未同步' });
    expect(await bench.book(shop, code)).toMatchObject({ transit: 0n });
    const crop = (await bench.done(coop, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', plots: [coop.plot], mode: 'seed' })).batches[0].code;
    await bench.done(coop, '/harvests', { eventTime: '2026-08-20T09:30:00+08:00', crop, quantity: '50', unit: 'kg', code });
    expect(await bench.book(coop, code)).toMatchObject({ available: 10_000_000n, overdrawn: 0n });
    expect((await bench.book(shop, code)).transit).toBe(40_000_000n);
  });
});
