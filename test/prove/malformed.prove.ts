/**
 * Malformed requests over every route that writes, through real connections: fuzzed JSON, wrong types, huge, deep,
 * duplicate keys, not UTF-8, lone surrogates, wrong content types, bad encodings in paths. Never a 5xx, nothing half
 * stored, every fault named with its pointer.
 */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { Product } from './bench/product';
import { Chance, seed } from './bench/random';
import { campaign } from './bench/tally';
import { CASES, isMutating, makeWorld, NOBODY, operationsOf, type Ready, type World, NEED_WORKERS } from './bench/world';

type Json = Record<string, any>;

/** A request as bytes go over the wire. */
interface Wire {
  readonly method: string;
  readonly path: string;
  readonly body?: Buffer;
  readonly headers: Record<string, string>;
  /** What is wrong with it, in words; and the member of the body it is wrong in, if it is one. */
  readonly wrong: string;
  readonly member?: string;
}

export const prove = campaign(async (tally) => {
  const product = await Product.open({ workers: false });
  const from = seed();
  const chance = new Chance(from);
  const wanted = tally.size === 'full' ? 5_000 : 500;
  const statuses = new Map<number, number>();
  try {
    const world = await makeWorld(product);
    const url = new URL(await product.listen());
    const routes = (await operationsOf(product)).filter(isMutating).map(({ route }) => route).filter((route) => !NEED_WORKERS.has(route));
    const ready = new Map<string, Ready>();
    for (const route of routes) ready.set(route, route === 'POST /setup' ? SET_UP : ((await CASES[route]?.(world)) as Ready));
    let stored = await everything(world);
    const wires = [...routes.flatMap((route) => noElement(route, ready.get(route) as Ready)), ...Array.from({ length: wanted }, (_, n): [string, Wire] => {
      const route = routes[n % routes.length] as string;
      return [route, malformed(chance, route, ready.get(route) as Ready, n)];
    })];
    for (const [n, [route, wire]] of wires.entries()) {
      await tally.holds(`${n} (DAODI_SEED=${from}) ${route}: ${wire.wrong}`, async () => {
        const { status, type, text } = await send(url, wire);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        assert.ok(status < 500, `${status} ${text.slice(0, 500)}`);
        const now = await everything(world);
        if (status >= 400) {
          const before = stored;
          stored = now;
          assert.deepEqual(now, before, `${status} and yet something was stored`);
          named(wire, status, type, text);
        }
        stored = now;
        assert.ok(status >= 400 || wire.member === undefined, `${status}: it was taken`);
      });
    }
    tally.say(`${wires.length} requests over ${routes.length} routes, answered ${[...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status} × ${count}`).join(', ')}`);
    await tally.holds('most of what is malformed was refused', () => {
      const refused = [...statuses].filter(([status]) => status >= 400).reduce((sum, [, count]) => sum + count, 0);
      assert.ok(refused > wires.length * 0.7, `${refused} of ${wires.length}`);
    });
  } finally {
    await product.close();
  }
});

const SET_UP: Ready = { who: NOBODY, url: '/setup', body: { token: 'x', name: '某', code: 'OTHER' } };

/** Everything a refused request could have half stored. */
async function everything({ product }: World): Promise<unknown> {
  const [row] = await product.dataSource.query(
    `SELECT (SELECT size FROM log_head) AS entries, (SELECT count(*) FROM entry_body) AS bodies, (SELECT count(*) FROM idempotency) AS keys,
            (SELECT count(*) FROM capture_document) AS documents, (SELECT count(*) FROM line) AS lines, (SELECT count(*) FROM api_key_secret) AS secrets`);
  return row;
}

/** Every refusal is a problem document, and where the content is at fault each fault says where. */
function named({ wrong, member }: Wire, status: number, type: string, text: string): void {
  // The set-up is a page for people.
  if (type.startsWith('text/html')) return;
  assert.match(type, /^application\/problem\+json/, `${status} ${text.slice(0, 300)}`);
  const problem = JSON.parse(text) as Json;
  assert.equal(problem['status'], status);
  assert.equal(typeof problem['title'], 'string');
  if ((status !== 400 && status !== 422) || problem['type'] === 'urn:daodi:problem:idempotency-key-bound') return;
  if (status === 400 && /^path/.test(wrong)) return;
  const errors: Json[] = problem['errors'] ?? [];
  assert.ok(errors.length > 0, `${status} names no fault: ${text.slice(0, 500)}`);
  for (const { pointer, rule, detail } of errors) {
    assert.match(String(pointer), /^(\/|$)/);
    assert.deepEqual([typeof rule, typeof detail], ['string', 'string']);
  }
  if (member !== undefined) assert.ok(errors.some(({ pointer }) => String(pointer).startsWith(member)), `no fault points into ${member}: ${text.slice(0, 500)}`);
}

/** Values nobody expects. */
const STRANGE: readonly unknown[] = [
  null, true, 0, -1, 1.5, 1e308, 5e-324, '', ' ', '\u0001', '𠮿', '__proto__', '9'.repeat(400), '0000-01-01', '2026-02-30T25:00:00+08:00', 'x'.repeat(100_000),
  [], [[]], {}, { a: { b: [{}] } }, { length: 3 }, { toString: 1 }, [null], ['x', 1], '\u202e', '1e999', 'javascript:alert(1)', "'; DROP TABLE entry; --",
];

/** Every member of the body once as a list whose element is no value of any form. */
function noElement(route: string, ready: Ready): [string, Wire][] {
  const method = route.split(' ')[0] as string;
  if (method === 'DELETE') return [];
  return Object.keys(ready.body ?? {}).map((name) => [route, {
    method, path: ready.url, headers: headersOf(ready, `element ${route} ${name}`), wrong: `${name} replaced by [[]]`, member: `/${name}`,
    body: Buffer.from(JSON.stringify({ ...ready.body, [name]: [[]] })),
  }]);
}

const headersOf = ({ who }: Ready, key: string): Record<string, string> => ({
  'content-type': 'application/json', 'idempotency-key': key.slice(0, 200), accept: 'application/json', 'accept-language': 'en',
  ...(who !== NOBODY && { authorization: `Bearer ${who.token}` }),
});

/** Breaks a good request in one way. */
function malformed(chance: Chance, route: string, ready: Ready, n: number): Wire {
  const { url, body = {} } = ready;
  const method = route.split(' ')[0] as string;
  const headers = headersOf(ready, `malformed-${n}`);
  const text = JSON.stringify(body);
  const wire = (wrong: string, sent: Buffer | string, more: Partial<Wire> = {}): Wire => ({ method, path: url, headers, wrong, ...more, body: Buffer.from(sent as string) });
  const typed = (contentType: string, more: Record<string, string> = {}): Wire => wire(`content type ${contentType} ${JSON.stringify(more)}`, text, { headers: { ...headers, 'content-type': contentType, ...more } });
  const names = Object.keys(body);
  const name = names.length > 0 ? chance.one(names) : 'x';
  const at = chance.below(Buffer.byteLength(text));
  const bytes = Buffer.from(text);
  const inner = text.slice(1, -1);
  const paths = ['%00', '%ff', '%', '%c3%28', '..%2f..%2fetc', 'x'.repeat(5_000), '%ed%a0%80', '%F0%A0%AE%BF', '%0d%0aX:1', "'--"];
  const lastPart = url.replace(/[^/]+$/, () => chance.one(paths));
  const replaced = (): Wire => {
    const value = chance.one(STRANGE);
    // An empty value counts as absent, a short text or a number may be right, and of a route without a body nothing is read.
    const isWrong = typeof value === 'boolean' || (typeof value === 'string' && value.length > 10_000) || (typeof value === 'object' && value !== null && Object.keys(value).length > 0);
    return wire(`${name} replaced by ${JSON.stringify(value).slice(0, 40)}`, JSON.stringify({ ...body, [name]: value }), isWrong && names.length > 0 && method !== 'DELETE' ? { member: `/${name}` } : {});
  };
  const ways: (() => Wire)[] = [
    replaced, replaced, replaced,
    () => wire(`${name} missing`, JSON.stringify({ ...body, [name]: undefined })),
    () => wire('a member nobody knows', JSON.stringify({ ...body, colour: chance.one(STRANGE) })),
    () => wire('deep inside something replaced', JSON.stringify(deepChange(body, chance))),
    () => wire('the whole replaced', JSON.stringify(chance.one(STRANGE))),
    () => wire('truncated', bytes.subarray(0, at)),
    () => wire('a byte turned', Buffer.from(bytes.map((byte, i) => (i === at ? byte ^ (1 << chance.below(8)) : byte)))),
    () => wire('not UTF-8', Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff, 0xfe]), bytes.subarray(at)])),
    () => wire('a duplicate key', `{${inner}${inner === '' ? '"a":1' : ''},${inner === '' ? '"a":2' : inner}}`),
    () => wire('a lone surrogate', `{${inner}${inner === '' ? '' : ','}"note":"\\ud800"}`),
    () => wire('a NUL', `{${inner}${inner === '' ? '' : ','}"note":"\\u0000"}`),
    () => wire('a number no double holds', `{${inner}${inner === '' ? '' : ','}"note":1e999}`),
    () => wire('__proto__', `{${inner}${inner === '' ? '' : ','}"__proto__":{"polluted":true}}`),
    () => wire('deep', `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`),
    () => wire('deep arrays', `${'['.repeat(50_000)}`),
    () => wire('huge', `{${inner}${inner === '' ? '' : ','}"note":"${'x'.repeat(3_000_000)}"}`),
    () => wire('text behind it', `${text} x`),
    () => wire('a byte order mark', `\ufeff${text}`),
    () => wire('empty', ''),
    () => typed('text/plain'),
    () => typed('application/xml'),
    () => typed('multipart/form-data; boundary=x'),
    () => typed('application/json; charset=utf-16'),
    () => typed('application/json', { 'content-encoding': 'gzip' }),
    () => typed(''),
    () => wire('an impossible Idempotency-Key', text, { headers: { ...headers, 'idempotency-key': 'x'.repeat(300) } }),
    () => wire('an impossible captured time', text, { headers: { ...headers, 'x-captured-time': 'yesterday' } }),
    () => wire('an impossible device', text, { headers: { ...headers, 'x-device': 'x;counter=-1' } }),
    () => wire('written down for nobody', text, { headers: { ...headers, 'x-on-behalf-of': '11111111-1111-4111-8111-111111111111' } }),
    () => wire('another authorization', text, { headers: { ...headers, authorization: chance.one(['Bearer', 'Bearer dk_', 'Basic eDp5', 'Bearer ' + 'x'.repeat(4_000), 'Bearer 𠮿'.replace('𠮿', '%F0')]) } }),
    () => wire(`path ${lastPart.slice(-40)}`, text, { path: lastPart }),
    () => wire('path with a query', text, { path: `${url}?${chance.one(['a[]=1', '%', '%00=%ff', `x=${'y'.repeat(5_000)}`])}` }),
  ];
  return chance.one(ways)();
}

/** Replaces one value somewhere inside. */
function deepChange(body: object, chance: Chance): unknown {
  const whole = structuredClone(body) as Json;
  const places: (() => void)[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const name of Object.keys(node)) {
      places.push(() => Object.assign(node, { [name]: chance.one(STRANGE) }));
      walk((node as Json)[name]);
    }
  };
  walk(whole);
  if (places.length > 0) chance.one(places)();
  return whole;
}

function send(url: URL, { method, path, body, headers }: Wire): Promise<{ status: number; type: string; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: url.hostname, port: url.port, method, path, headers: { ...headers, 'content-length': String(body?.length ?? 0) } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, type: String(answer.headers['content-type'] ?? ''), text }));
    });
    // A body that is too large is answered before it has been read to its end; the answer is what counts.
    sent.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve({ status: 413, type: 'application/problem+json', text: '{"status":413,"title":"cut"}' }) : reject(error)));
    sent.end(body);
  });
}
