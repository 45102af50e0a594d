import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { type Bag, commonOf, originOf } from './bag';
import { kg, PRIVATE } from './day';
import { decimal, type Fraction, fraction, isWithin, times } from './fraction';
import type { Caller } from './market';

type Json = Record<string, any>;

/** A printed per cent is off by less than a tenth, a share by less than one part in 10²⁴. */
const SHARE_PARTS = 10n ** 24n;
const POLL_MS = 20;
/** Parts a label has room for; of more it prints one less, and what the rest is together. */
const PARTS_PRINTED = 4;

/** Part of an answer, by the key its origin has in this book. */
const partKey = ({ proof, places, year, herb }: Json): string => [proof, (places as string[]).join('+'), year ?? '', herb ?? ''].join('|');

/** The trace of a bag, once all that leads to it may be read. */
export async function traceOf(stall: Caller, { uri }: Bag): Promise<Json> {
  for (let n = 0; n < 500; n++) {
    const trace = await stall.get(`/api/v1/trace?epc=${encodeURIComponent(uri)}&direction=back`);
    if (!(trace.gaps as Json[]).some(({ reason }) => reason === 'pending' || reason === 'withheld')) return trace;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`the trace of ${uri} stays pending`);
}

/** The composition is the book's, by share, per cent and kilograms, and claims nothing that not all of it has. */
export function checkComposition(bag: Bag, { composition }: Json): void {
  assert.equal(composition.state, 'determined', bag.by);
  const parts = new Map((composition.parts as Json[]).map((part) => [partKey(part), part]));
  assert.deepEqual([...parts.keys()].sort(), [...bag.parts.keys()].sort(), `${bag.code}, ${bag.by}`);
  let [tenths, mg] = [0n, fraction(0n)];
  for (const [key, expected] of bag.parts) {
    const part = parts.get(key) as Json;
    assert.ok(isWithin(decimal(part['share']), expected, SHARE_PARTS), `${bag.code} ${key}: ${part['share']} of ${expected.n}/${expected.d}`);
    assert.ok(isWithin(percentOf(part['percent']), times(expected, fraction(100n)), 10n), `${bag.code} ${key}: ${part['percent']} %`);
    const amount = times(decimal(String(part['quantity'])), fraction(1_000_000n));
    assert.ok(isWithin(amount, times(expected, fraction(bag.came)), 1n), `${bag.code} ${key}: ${part['quantity']} kg`);
    tenths += times(percentOf(part['percent']), fraction(10n)).n;
    mg = fraction(mg.n * amount.d + amount.n * mg.d, mg.d * amount.d);
  }
  assert.equal(tenths, 1000n, `${bag.code}: the per cents add up to a hundred`);
  assert.deepEqual(mg, fraction(bag.came), `${bag.code}: the kilograms add up to ${kg(bag.came).quantity}`);
  const { proven, county, province, year, herb } = composition.claims as Json;
  const claimed = Object.fromEntries(Object.entries({ proven, county, province, year, herb }).filter(([, value]) => value !== undefined));
  assert.deepEqual(claimed, commonOf(bag), `${bag.code}, ${bag.by}`);
}

/** A trace of something reads `<0.1` and counts as nothing. */
const percentOf = (percent: string): Fraction => (percent === '<0.1' ? fraction(0n) : decimal(percent));

/** The public page says the same parts as the trace, to people and to machines, and claims no county that not all of it has. */
export async function checkPage(url: string, bag: Bag, { composition }: Json, cameBack: boolean): Promise<string> {
  const [passport, page] = [await (await fetch(`${url}/p/b/${bag.code}`, { headers: { accept: 'application/json' } })).json() as Json, await (await fetch(`${url}/p/b/${bag.code}`, { headers: { accept: 'text/html' } })).text()];
  const percents = (parts: Json[]): string[] => parts.map(({ proof, year, percent }) => `${percent} ${proof} ${year ?? ''}`).sort();
  assert.deepEqual(percents(passport['composition'].parts), percents(composition.parts), bag.by);
  const common = commonOf(bag);
  assert.deepEqual([passport['claims'].proven, passport['claims'].year], [common.proven, common.year], bag.by);
  assert.equal(passport['claims'].origin !== undefined, (common.county ?? common.province) !== undefined, bag.by);
  // One thing, and proven, has no list of parts.
  const listed = composition.parts.length > 1 || !common.proven ? (composition.parts as Json[]) : [];
  for (const { percent, proof } of listed) {
    const shown = `${String(percent).replace('<', '&lt;')} %`;
    assert.ok(page.replaceAll('\u00a0', ' ').includes(shown), `${bag.code}, ${bag.by}: the page does not say ${shown}`);
    if (proof === 'declared') assert.ok(page.includes('申报'), `${bag.code}: the page does not say that a part is declared`);
  }
  assert.equal((passport['steps'] as Json[]).some(({ kind }) => kind === 'return'), cameBack, `${bag.code}: whether something came back`);
  return `${JSON.stringify(passport)} ${page}`;
}

/** The label says its parts in per cent, as many as it has room for and the rest together; and no origin that not all of it has. */
export async function checkLabel(stall: Caller, bag: Bag, { composition }: Json): Promise<string> {
  const text = await labelText(stall, bag);
  const squeezed = text.replace(/\s+/g, '');
  const parts = composition.parts as Json[];
  if (parts.length > 1) {
    const missing = parts.filter(({ percent }) => !squeezed.includes(`${percent}%`));
    assert.ok(missing.length === 0 || (parts.length > PARTS_PRINTED && squeezed.includes('其余')), `${bag.code}, ${bag.by}: the label says nothing of ${missing.map(({ percent }) => percent).join(', ')} %: ${text}`);
    assert.ok(missing.length <= Math.max(0, parts.length - PARTS_PRINTED + 1), `${bag.code}, ${bag.by}: the label leaves out parts: ${text}`);
    if (!('province' in commonOf(bag))) assert.ok(squeezed.includes('产地Origin见构成'), `${bag.code}, ${bag.by}: the label names an origin that not all of it has: ${text}`);
  }
  if (!commonOf(bag).proven) assert.ok(squeezed.includes('申报'), `${bag.code}, ${bag.by}: the label does not say that a part is declared: ${text}`);
  return text;
}

async function labelText(stall: Caller, bag: Bag): Promise<string> {
  const sheet = await stall.post('/label-sheets', { batch: bag.code, kind: 'carton', count: 1, each: { quantity: kg(bag.came).quantity, unit: 'kg' } });
  for (let n = 0; n < 1500; n++) {
    const { state } = await stall.get(`/api/v1/label-sheets/${sheet.id}`);
    if (state === 'failed') throw new Error('the label was given up');
    if (state === 'done') return execFileSync('pdftotext', ['-raw', '-', '-'], { input: await stall.bytes(`/api/v1/label-sheets/${sheet.id}/sheet.pdf`), encoding: 'utf8' });
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error('the label is never done');
}

/** What came back is marked until it is tested, and nothing else is. */
export async function checkMarked(stall: Caller, bags: readonly Bag[], returned: ReadonlySet<Bag>): Promise<void> {
  for (let n = 0; ; n++) {
    const { items } = await stall.get('/api/v1/findings?limit=500&severity=warning');
    const marked = new Set((items as Json[]).filter(({ rule }) => rule === 'returned-unchecked').map(({ batch }) => JSON.stringify(batch)));
    const isMarked = ({ code }: Bag): boolean => [...marked].some((batch) => batch.includes(code));
    if (n < 500 && ![...returned].every(isMarked)) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      continue;
    }
    assert.deepEqual(bags.filter(isMarked).map(({ code }) => code).sort(), [...returned].map(({ code }) => code).sort());
    return;
  }
}

/** What the seller, the buyer and the money are must stand nowhere that others read. */
export function checkPrivate(texts: readonly string[]): void {
  for (const text of texts) for (const secret of Object.values(PRIVATE)) assert.ok(!text.includes(secret), `${secret} is told`);
}

/** The names of origins for a message. */
export const toldParts = (bag: Bag): string => [...bag.parts].map(([key, { n, d }]) => `${((Number(n) / Number(d)) * 100).toFixed(1)} % ${Object.values(originOf(key)).join(' ')}`).join(', ');
