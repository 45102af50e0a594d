/**
 * Single events, each posted 2 to 20 times at once under one Idempotency-Key to two processes' worth of application over
 * one database: each is in the log once, at positions without a gap, and every answer names the same event. The same
 * with documents, whose jobs must be one each.
 */
import assert from 'node:assert/strict';
import { createApp, PlatformModule, readConfig } from '@daodi/platform';
import { Module } from '@nestjs/common';
import { pino } from 'pino';
import { API_MODULES } from '../../apps/api/src/api.modules';
import { MIGRATIONS } from '../../apps/cli/src/migrations';
import { type Firm, Product } from './bench/product';
import { campaign } from './bench/tally';

const SIZES = { small: { events: 200, documents: 10 }, full: { events: 5_000, documents: 100 } } as const;
/** Events whose posts are under way at once. */
const TOGETHER = 8;
const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** What all posts under one key were answered in the end. */
interface Answered {
  readonly locations: ReadonlySet<string>;
  readonly statuses: readonly number[];
}

export const prove = campaign(async (tally) => {
  const { events, documents } = SIZES[tally.size];
  const product = await Product.open({ workers: false });
  const second = await secondApp(product);
  try {
    const firm = await product.firm('COOP');
    const urls = [await product.listen(), await listening(second)];
    const before = await product.size();
    const answers = await each(events, (n) => race(urls, firm, '/epcis/events', `event-${n}`, { '@context': CONTEXT, ...eventOf(`single:${n}`) }, copiesOf(n)));
    await tally.holds(`${events} events are ${events} entries at positions without a gap`, async () => {
      assert.equal((await product.size()) - before, events);
      const [row] = await product.dataSource.query(
        `SELECT count(DISTINCT event_id)::int AS ids, (SELECT max(position) + 1 = count(*) FROM entry) AS contiguous FROM entry WHERE kind = 'event'`,
      );
      assert.deepEqual(row, { ids: events, contiguous: true });
    });
    await tally.holds('every post was answered with its one event, or told to come back', () => consistent(answers, 201));

    const jobs = await each(documents, (n) => race(urls, firm, '/epcis/capture', `document-${n}`, documentOf(n), copiesOf(n)));
    await tally.holds(`${documents} documents are ${documents} jobs`, async () => {
      consistent(jobs, 202);
      const [{ n }] = await product.dataSource.query('SELECT count(*)::int AS n FROM capture_document');
      assert.equal(n, documents);
      assert.equal(new Set(jobs.flatMap(({ locations }) => [...locations])).size, documents);
    });
    const posts = Array.from({ length: events }, (_, n) => copiesOf(n)).reduce((sum, copies) => sum + copies, 0);
    const waited = answers.reduce((sum, { statuses }) => sum + statuses.filter((status) => status === 409).length, 0);
    tally.say(`${posts} posts of ${events} events, ${waited} answers to come back later`);
  } finally {
    await second.close();
    await product.close();
  }
});

function consistent(answers: readonly Answered[], stored: number): void {
  for (const { locations, statuses } of answers) {
    assert.equal(locations.size, 1);
    assert.deepEqual([...new Set(statuses)].filter((status) => status !== stored && status !== 409), []);
  }
}

/** Posts copies at once to both applications; one of those told that the key is in flight comes back. */
async function race(urls: readonly string[], firm: Firm, path: string, key: string, body: object, copies: number): Promise<Answered> {
  const locations = new Set<string>();
  const statuses: number[] = [];
  const text = JSON.stringify(body);
  const headers = { authorization: `Bearer ${firm.token}`, 'content-type': 'application/json', 'Idempotency-Key': key };
  const post = async (copy: number): Promise<void> => {
    const answer = await fetch(urls[copy % urls.length] + path, { method: 'POST', headers, body: text });
    await answer.text();
    statuses.push(answer.status);
    if (answer.status === 409) assert.equal(answer.headers.get('retry-after'), '1');
    else locations.add(String(answer.headers.get('location')));
  };
  await Promise.all(Array.from({ length: copies }, (_, copy) => post(copy)));
  const early = statuses.filter((status) => status === 409).length;
  assert.ok(early < copies, `${key}: at least one post is stored`);
  if (early > 0) await post(1);
  assert.equal(statuses.filter((status) => status === 409).length, early, `${key}: nothing is in flight when all are answered`);
  return { locations, statuses };
}

const copiesOf = (n: number): number => 2 + (n % 19);

/** Does something for each number below a count, several at once. */
async function each<T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: TOGETHER }, async () => {
      for (let n = next++; n < count; n = next++) results[n] = await work(n);
    }),
  );
  return results;
}

const eventOf = (name: string): object => ({
  type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'storing', eventID: `urn:example:race:${name}`, eventTime: '2026-09-01T08:30:00.000+08:00', eventTimeZoneOffset: '+08:00',
  quantityList: [{ epcClass: `urn:example:race:lot:${name}`, quantity: 1, uom: 'KGM' }],
});

const documentOf = (n: number): object => ({
  '@context': CONTEXT, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-09-01T09:00:00Z',
  epcisBody: { eventList: Array.from({ length: 20 }, (_, i) => eventOf(`document:${n}:${i}`)) },
});

/** Another application over the same database, as a second process would be. */
function secondApp({ database }: Product) {
  const config = readConfig({ DAODI_LOG_LEVEL: 'silent' });
  @Module({ imports: [PlatformModule.forRoot({ config, database, role: 'service', migrations: MIGRATIONS }), ...API_MODULES] })
  class Root {}
  return createApp(config, Root, pino({ level: 'silent' }));
}

async function listening(app: Awaited<ReturnType<typeof secondApp>>): Promise<string> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app.getUrl();
}
