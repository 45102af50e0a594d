/**
 * kill -9 of the product, again and again, while events come in as documents and one by one: what was acknowledged is
 * stored, what was sent again is stored once, every follower reaches the end of the log.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { freePort, Standalone } from './bench/standalone';
import { campaign, type Tally } from './bench/tally';

const SIZES = { small: { kills: 3, events: 1_000 }, full: { kills: 50, events: 20_000 } } as const;
const CLIENTS = 8;
const SETTLED_WITHIN_MS = 600_000;
const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** Something to send until it is acknowledged: one event, or a document of them. */
interface Parcel {
  readonly key: string;
  readonly path: '/epcis/events' | '/epcis/capture';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly eventIds: readonly string[];
}

export const prove = campaign(async (tally) => {
  const { kills, events } = SIZES[tally.size];
  const folder = mkdtempSync(join(tmpdir(), 'daodi-kill-'));
  const field = new Field(tally, folder, await freePort(), parcelsOf(events));
  try {
    await field.open();
    for (let kill = 1; kill <= kills; kill++) await field.killAfterSome(kill, kills);
    await field.finish(events);
  } finally {
    await field.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

class Field {
  private product?: Standalone;
  private apiKey = '';
  private readonly waiting: Parcel[];
  private readonly total: number;
  private readonly acknowledged: Parcel[] = [];
  /** Set while the product runs: clients that lost their connection wait for the next one. */
  private up = Promise.resolve();
  private clients: Promise<void>[] = [];
  private resent = 0;
  private onAcknowledged: () => void = () => undefined;

  constructor(
    private readonly tally: Tally,
    private readonly folder: string,
    private readonly port: number,
    parcels: readonly Parcel[],
  ) {
    this.waiting = [...parcels];
    this.total = parcels.length;
  }

  async open(): Promise<void> {
    this.product = await Standalone.start(this.folder, this.port);
    this.apiKey = await this.product.keyOfFirstOrganisation();
    this.clients = Array.from({ length: CLIENTS }, () => this.send());
  }

  /** Lets a share of the parcels be acknowledged, kills at some moment, starts again and looks whether they are there. */
  async killAfterSome(kill: number, kills: number): Promise<void> {
    const share = this.total / (kills + 1);
    await this.acknowledgedAre(Math.min(this.total - 1, Math.floor(share * (kill - Math.random() * 0.5))));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 200));
    let open: () => void = () => undefined;
    this.up = new Promise((resolve) => (open = resolve));
    await this.product?.kill();
    const known = [...this.acknowledged];
    this.product = await Standalone.start(this.folder, this.port);
    await this.tally.holds(`kill ${kill}: what was acknowledged is stored`, () => this.looking((db) => allStored(db, known)));
    open();
  }

  /** Lets everything be sent and settle, and counts. */
  async finish(events: number): Promise<void> {
    await Promise.all(this.clients);
    this.tally.say(`${this.total} requests with ${events} events, ${this.resent} sent again`);
    await this.looking(async (db) => {
      await this.tally.holds('every document is done and every follower at the end of the log', () => settled(db));
      await this.tally.holds('every event is stored once, at positions without a gap', () => storedOnce(db, this.acknowledged, events));
      await this.tally.holds('every effect is there once', () => effectsOnce(db, events));
      await this.tally.holds('every document is one job without errors', async () => {
        const { rows } = await db.query(`SELECT count(*)::int AS jobs, count(*) FILTER (WHERE failed)::int AS failed FROM capture_document`);
        const documents = this.acknowledged.filter(({ path }) => path === '/epcis/capture').length;
        assert.deepEqual(rows, [{ jobs: documents, failed: 0 }]);
      });
    });
  }

  async close(): Promise<void> {
    this.waiting.length = 0;
    await this.product?.stop();
    await Promise.allSettled(this.clients);
  }

  private async looking(look: (db: Client) => Promise<void>): Promise<void> {
    const db = await (this.product as Standalone).look();
    try {
      await look(db);
    } finally {
      await db.end();
    }
  }

  private acknowledgedAre(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.onAcknowledged = () => {
        if (this.acknowledged.length >= count) resolve();
      };
      this.onAcknowledged();
    });
  }

  /** One client: takes parcels and sends each, under its key, until it is acknowledged. */
  private async send(): Promise<void> {
    for (let parcel = this.waiting.shift(); parcel !== undefined; parcel = this.waiting.shift()) {
      for (let tries = 0; !(await this.sent(parcel)); tries++) {
        this.resent += 1;
        if (tries > 1_000) throw new Error(`${parcel.key} is never acknowledged`);
        await this.up;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      this.acknowledged.push(parcel);
      this.onAcknowledged();
    }
  }

  private async sent({ path, key, headers, body }: Parcel): Promise<boolean> {
    const all = { authorization: `Bearer ${this.apiKey}`, 'content-type': 'application/json', 'Idempotency-Key': key, ...headers };
    let answer: Response;
    try {
      answer = await fetch(`http://127.0.0.1:${this.port}${path}`, { method: 'POST', headers: all, body });
      await answer.text();
    } catch {
      return false;
    }
    if (answer.status >= 400 && answer.status !== 409 && answer.status < 500) throw new Error(`${path} ${key}: ${answer.status}`);
    return answer.status < 300;
  }
}

/** Every second share of the events goes in documents of 20 to 200, the others alone, in a mixed order. */
function parcelsOf(events: number): Parcel[] {
  const parcels: Parcel[] = [];
  for (let n = 0; n < events; ) {
    const size = Math.min(events - n, 20 + ((parcels.length * 37) % 181));
    parcels.push(documentOf(n, size));
    n += size;
    for (let single = 0; single < size && n < events; single++, n++) parcels.push(singleOf(n));
  }
  return parcels.map((parcel, i) => ({ parcel, at: (i * 7919) % parcels.length })).sort((a, b) => a.at - b.at).map(({ parcel }) => parcel);
}

const idOf = (n: number): string => `urn:example:kill:event:${n}`;
/** Makes one kilogram of a lot of its own: an effect that shows if it is there twice. */
const eventOf = (n: number): object => ({
  type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventID: idOf(n), eventTime: '2026-09-01T08:30:00.000+08:00', eventTimeZoneOffset: '+08:00',
  quantityList: [{ epcClass: `urn:example:kill:lot:${n}`, quantity: 1, uom: 'KGM' }],
});

const singleOf = (n: number): Parcel => ({
  key: `single-${n}`, path: '/epcis/events', headers: {}, body: JSON.stringify({ '@context': CONTEXT, ...eventOf(n) }), eventIds: [idOf(n)],
});

function documentOf(first: number, size: number): Parcel {
  const numbers = Array.from({ length: size }, (_, i) => first + i);
  const document = { '@context': CONTEXT, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-09-01T09:00:00Z', epcisBody: { eventList: numbers.map(eventOf) } };
  const behaviour = first % 2 === 0 ? 'rollback' : 'proceed';
  return { key: `document-${first}`, path: '/epcis/capture', headers: { 'GS1-Capture-Error-Behaviour': behaviour }, body: JSON.stringify(document), eventIds: numbers.map(idOf) };
}

/** Single events acknowledged are in the log; documents acknowledged are there and not failed. */
async function allStored(db: Client, acknowledged: readonly Parcel[]): Promise<void> {
  const singles = acknowledged.filter(({ path }) => path === '/epcis/events').flatMap(({ eventIds }) => eventIds);
  const { rows: stored } = await db.query('SELECT count(*)::int AS n FROM entry WHERE event_id = ANY($1)', [singles]);
  assert.equal(stored[0].n, singles.length);
  const documents = acknowledged.filter(({ path }) => path === '/epcis/capture').map(({ key }) => key);
  const { rows: jobs } = await db.query(
    `SELECT count(*)::int AS n FROM idempotency i JOIN capture_document d ON '/epcis/capture/' || d.id = i.response ->> 'location' WHERE i.key = ANY($1) AND NOT d.failed`,
    [documents],
  );
  assert.equal(jobs[0].n, documents.length);
}

async function settled(db: Client): Promise<void> {
  for (const until = Date.now() + SETTLED_WITHIN_MS; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const { rows } = await db.query(
      `SELECT (SELECT count(*)::int FROM capture_document WHERE state <> 'done') AS documents,
              (SELECT count(*)::int FROM follower f, log_head h WHERE f.position < h.size) AS followers`,
    );
    if (rows[0].documents === 0 && rows[0].followers === 0) return;
    if (Date.now() > until) assert.fail(JSON.stringify(rows[0]));
  }
}

async function storedOnce(db: Client, acknowledged: readonly Parcel[], events: number): Promise<void> {
  const wanted = acknowledged.flatMap(({ eventIds }) => eventIds);
  assert.equal(new Set(wanted).size, events);
  const { rows } = await db.query(
    `SELECT (SELECT count(*)::int FROM entry WHERE kind = 'event') AS events,
            (SELECT count(DISTINCT event_id)::int FROM entry WHERE event_id = ANY($1)) AS wanted,
            (SELECT max(position) + 1 = count(*) AND max(position) + 1 = (SELECT size FROM log_head) FROM entry) AS contiguous`,
    [wanted],
  );
  assert.deepEqual(rows, [{ events, wanted: events, contiguous: true }]);
}

/** One holding of one kilogram for each lot, one line of trace, one entry of the query index. */
async function effectsOnce(db: Client, events: number): Promise<void> {
  const { rows } = await db.query(
    `SELECT (SELECT count(*)::int FROM holding) AS holdings, (SELECT sum(quantity)::text FROM holding) AS milligrams,
            (SELECT count(*)::int FROM line) AS lines, (SELECT count(*)::int FROM event_index) AS listed,
            (SELECT count(*)::int FROM capture_chunk) AS chunks`,
  );
  assert.deepEqual(rows, [{ holdings: events, milligrams: `${events}000000`, lines: events, listed: events, chunks: 0 }]);
}
