/** A backup of the whole product and what comes back of it: what was acknowledged, once; what was erased, never. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupSource, readErasureList, writeBackup, writeFileWhole } from '@daodi/backup';
import { createDataSource, freshDatabase, type FreshDatabase, putFile } from '@daodi/platform';
import { PROJECTIONS } from '../../apps/api/src/projections';
import { restoreInto } from '../../apps/cli/src/backup/restore-into';
import { OWN_STATE } from '../../apps/cli/src/own-state';
import { FOLLOWERS_HERE } from '../../apps/worker/src/followers';
import { bare, EPCIS_CONTEXT, harvested } from '../prove/bench/field';
import { type Firm, PASSWORD, Product } from '../prove/bench/product';

const WORDS = { ex: 'https://example.com/words/' };
const at = '2026-09-01T08:00:00+08:00';
/** An event of a document; without an id of its own it gets the hash of its content. */
const note = (text: string, more: object = {}) => ({
  type: 'ObjectEvent', eventTime: at, eventTimeZoneOffset: '+08:00', action: 'OBSERVE', epcList: ['urn:daodi:thing:1'], bizStep: 'inspecting', 'ex:note': text, ...more,
});
const document = (...eventList: object[]) => ({
  '@context': [EPCIS_CONTEXT, WORDS], type: 'EPCISDocument', schemaVersion: '2.0', creationDate: at, epcisBody: { eventList },
});

describe('a backup of a used product', () => {
  let folder: string;
  let source: FreshDatabase;
  let firm: Firm;
  let helper: { readonly token: string; readonly personId: string };
  let picker: string;
  let bound: unknown;
  const databases: FreshDatabase[] = [];
  const path = (name: string): string => join(folder, name);
  const harvest = () => bare('ObjectEvent', at, { '@context': [EPCIS_CONTEXT, WORDS], eventID: 'urn:uuid:6f1b1f5e-0000-4000-8000-000000000001', action: 'OBSERVE', epcList: ['urn:daodi:thing:1'], bizStep: 'inspecting' });
  const repeat = (product: Product) => product.done(firm, 'POST', '/epcis/events', harvest(), { 'idempotency-key': 'acknowledged' });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'daodi-backup-'));
    const product = await Product.open({ workers: false });
    source = product.database;
    databases.push(source);
    firm = await product.firm('ANZE-LQ');
    helper = await product.person(firm, 'helper', ['field-worker']);
    await harvested(product, firm, '812.5');
    picker = (await product.post(firm, '/pickers', { kind: 'household', name: '交售人赵某', phone: '13900000000' })).id;
    bound = await repeat(product);
    await product.post(firm.owner, `/events/${encodeURIComponent('urn:uuid:6f1b1f5e-0000-4000-8000-000000000001')}/erasure`, { reason: '更正' });
    // Acknowledged, and nobody appends it: the worker is not running.
    await product.done(firm, 'POST', '/epcis/capture', document(note('张三的地'), note('李四的地', { eventID: 'urn:daodi:kept' }), note('王五的地', { eventID: 'urn:daodi:other' })), { 'idempotency-key': 'document' });
    await product.settled();
    await putFile(product.dataSource, { mediaType: 'image/png', bytes: Buffer.from('a photograph') });
    await putFile(product.dataSource, { mediaType: 'application/pdf', bytes: Buffer.from('a sheet'), keepMs: 60_000 });
    const plan = { state: OWN_STATE, digestsOf: { projections: PROJECTIONS, followers: FOLLOWERS_HERE } };
    await writeFileWhole(path('yesterday'), (sink) => writeBackup(product.dataSource, plan, sink));
    await product.stop();

    // Today: the document is appended, one of its events is erased, and so are a person and a picker.
    const today = await Product.over(source, { settings: { DAODI_ERASURES_FILE: path('erasures') } });
    await captured(today);
    const [{ event_id }] = await today.dataSource.query(`SELECT event_id FROM entry JOIN entry_body USING (position) WHERE body ->> 'ex:note' = '张三的地'`);
    await today.post(firm.owner, `/events/${encodeURIComponent(event_id)}/erasure`, { reason: '当事人要求' });
    await today.post(firm.owner, `/people/${helper.personId}/erasure`, { why: '离职' });
    await today.post(firm.owner, `/pickers/${picker}/erasure`, { why: '本人要求' });
    // A worker keeps the list; whatever was erased until it stops stands on it.
    await today.stop();
  });
  afterAll(async () => {
    for (const database of databases) await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function restored(listed: boolean) {
    const database = await freshDatabase([]);
    databases.push(database);
    const erasures = listed ? await readErasureList(path('erasures')) : undefined;
    return { database, restored: await restoreInto(database.ownerUrl, [database.serviceUrl, database.resolverUrl], [backupSource(path('yesterday'))], { erasures }) };
  }

  /** Waits until no captured document waits. */
  async function captured(product: Product): Promise<void> {
    for (;;) {
      const [{ waiting }] = await product.dataSource.query(`SELECT count(*)::int AS waiting FROM capture_document WHERE state <> 'done'`);
      if (waiting === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const notesOf = async (product: Product): Promise<string[]> =>
    (await product.dataSource.query(`SELECT body ->> 'ex:note' AS note FROM entry_body WHERE body ? 'ex:note' ORDER BY position`)).map(({ note: text }: { note: string }) => text);

  it('restored without a list every table comes out the same, and goes on: keys answer, documents are appended once', async () => {
    const { database, restored: done } = await restored(false);
    expect(done.different).toEqual([]);
    expect(done.compared.length).toBeGreaterThan(40);
    const product = await Product.over(database);
    expect(await repeat(product)).toEqual(bound);
    await captured(product);
    expect(await notesOf(product)).toEqual(['张三的地', '李四的地', '王五的地']);
    await product.send(firm, 'POST', '/epcis/capture', document(note('张三的地'), note('李四的地', { eventID: 'urn:daodi:kept' }), note('王五的地', { eventID: 'urn:daodi:other' })), { 'idempotency-key': 'document' });
    await captured(product);
    expect(await notesOf(product)).toHaveLength(3);
    expect((await product.signIn('helper')).personId).toBe(helper.personId);
    expect(await product.done(firm, 'GET', `/api/v1/pickers/${picker}`)).toMatchObject({ name: '交售人赵某', phone: '13900000000' });
    expect(await product.dataSource.query('SELECT media_type, encode(digest, $1) AS digest FROM file', ['hex'])).toEqual([
      { media_type: 'image/png', digest: createHash('sha256').update('a photograph').digest('hex') },
    ]);
    await product.settled();
    expect((await product.rebuilt()).different).toEqual([]);
    await product.stop();
  });

  it('restored with the list, nothing that was erased since comes back: no name, no password, no event that still waited', async () => {
    const { database, restored: done } = await restored(true);
    expect(done.erasures).toMatchObject({ already: 1, absent: 1 });
    expect(done.erasures!.again).toBeGreaterThan(0);
    const product = await Product.over(database);
    await captured(product);
    expect(await notesOf(product)).toEqual(['李四的地', '王五的地']);
    const signIn = await product.send(undefined, 'POST', '/api/v1/sessions', { login: 'helper', password: PASSWORD });
    expect(signIn.status).toBe(401);
    expect(await product.done(firm, 'GET', `/api/v1/pickers/${picker}`)).toEqual({ id: picker, kind: 'household', status: 'erased' });
    const tables: { name: string }[] = await product.dataSource.query(`SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`);
    const owner = await createDataSource({ url: database.ownerUrl }).initialize();
    for (const { name } of tables) {
      const found = await owner.query(`SELECT t::text FROM ${name} t WHERE t::text LIKE ANY ('{%姓名 helper%,%张三%,%交售人赵某%}')`);
      expect({ name, found }).toEqual({ name, found: [] });
    }
    await owner.destroy();
    await product.settled();
    expect((await product.rebuilt()).different).toEqual([]);
    await product.stop();
  });
});
