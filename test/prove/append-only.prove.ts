/**
 * Nobody the services are can rewrite history: UPDATE, DELETE, TRUNCATE, forged positions and back-dated record times
 * are refused by the database, on the whole migrated schema. Erasing one body leaves digests, positions and kilograms,
 * and a trace that says what was erased.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { digestOf } from '@daodi/log';
import { createDataSource } from '@daodi/platform';
import type { DataSource } from 'typeorm';
import { harvested, uriOf } from './bench/field';
import { type Firm, Product } from './bench/product';
import { campaign, type Tally } from './bench/tally';

export const prove = campaign(async (tally) => {
  const product = await Product.open();
  try {
    const [coop, buyer] = [await product.firm('COOP'), await product.firm('BUYER', 'processor')];
    const code = await harvested(product, coop, '100');
    await product.post(coop, '/shipments', { eventTime: '2026-09-01T08:00:00+08:00', to: { organisation: 'BUYER' }, lines: [{ batch: code, quantity: '40', unit: 'kg' }] });
    await product.settled();
    await attacks(tally, product);
    await tables(tally, product);
    await digestsHold(tally, product);
    await erasure(tally, product, coop, buyer, code);
  } finally {
    await product.close();
  }
});

/** Statements by which history would be other than it was. Each must fail, and for want of permission. */
const ATTACKS: readonly string[] = [
  `UPDATE entry SET record_time = '2020-01-01'`,
  'UPDATE entry SET position = position + 1000',
  `UPDATE entry SET organisation_id = '11111111-1111-4111-8111-111111111111'`,
  'DELETE FROM entry',
  'TRUNCATE entry CASCADE',
  `UPDATE entry_body SET body = '{}'`,
  'DELETE FROM entry_body',
  'TRUNCATE entry_body',
  `INSERT INTO entry_body SELECT max(position) + 1, '\\x00000000000000000000000000000000', NULL, '{}' FROM entry_body`,
  `INSERT INTO entry_residue SELECT 0, 1, '{}'`,
  `UPDATE entry_residue SET body = '{}'`,
  'DELETE FROM entry_residue',
  'TRUNCATE entry_residue CASCADE',
  `INSERT INTO entry SELECT 9999, kind, type, organisation_id, actor_kind, actor_id, on_behalf_of, provenance, request_id, event_id, declaration,
     event_time, event_offset, captured_time, device_id, device_counter, '2020-01-01', digest FROM entry WHERE position = 0`,
  'UPDATE log_head SET size = 0',
  'INSERT INTO log_head VALUES (false, 0)',
  'DELETE FROM log_head',
  'TRUNCATE log_head',
  `UPDATE idempotency SET response = '{}'`,
  'DELETE FROM idempotency',
  'TRUNCATE idempotency',
  'SELECT log_erase(0, 1)',
  'DROP TABLE entry',
  'DROP TRIGGER entry_never_changes ON entry',
  'ALTER TABLE entry DISABLE TRIGGER ALL',
  'ALTER TABLE entry OWNER TO CURRENT_USER',
  'ALTER FUNCTION log_append OWNER TO CURRENT_USER',
  `CREATE OR REPLACE FUNCTION log_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'`,
  `SET session_replication_role = replica`,
  'SET ROLE daodi_owner',
  'CREATE TABLE public.entry2 AS SELECT * FROM entry',
  `COPY entry TO PROGRAM 'true'`,
];

/**
 * A table of the same name in the session's own schema of temporary tables comes before ours wherever a function
 * does not say otherwise: then the log would take its position from the forger.
 */
const SHADOWS: readonly (readonly string[])[] = [
  [
    'CREATE TEMP TABLE log_head AS SELECT true AS only_row, 7777::bigint AS size',
    'GRANT ALL ON log_head TO PUBLIC',
    `SELECT log_append('{record}', '{note}', ARRAY['11111111-1111-4111-8111-111111111111']::uuid[], '{system}', ARRAY['11111111-1111-4111-8111-111111111111']::uuid[],
       '{NULL}', '{form}', ARRAY['11111111-1111-4111-8111-111111111111']::uuid[], '{NULL}', '{false}', '{NULL}', '{NULL}', '{2020-01-01}', '{NULL}', '{NULL}',
       ARRAY[decode(repeat('00', 32), 'hex')], ARRAY[decode(repeat('00', 16), 'hex')], '{null}', ARRAY['{}']::jsonb[])`,
  ],
  [
    'CREATE TEMP TABLE entry_body AS SELECT position, salt, context, body FROM entry_body WHERE false',
    `INSERT INTO pg_temp.entry_body SELECT max(position), NULL, NULL, '{"new":{"position":"0","kept":{}}}' FROM entry`,
    'CREATE TEMP TABLE entry AS SELECT * FROM public.entry',
    `UPDATE pg_temp.entry SET kind = 'record', type = 'erasure'`,
    'GRANT ALL ON pg_temp.entry, pg_temp.entry_body TO PUBLIC',
    'SELECT log_erase(0, (SELECT max(position) FROM public.entry))',
  ],
];

const ROLES = ['service', 'resolver'] as const;

async function attacks(tally: Tally, product: Product): Promise<void> {
  const before = await everyEntry(product);
  for (const role of ROLES) {
    const url = role === 'service' ? product.database.serviceUrl : product.database.resolverUrl;
    const connection = await createDataSource({ url, poolMax: 1 }).initialize();
    try {
      for (const sql of ATTACKS) {
        await tally.holds(`${role}: ${sql.slice(0, 70)}`, () =>
          assert.rejects(connection.query(sql), /permission denied|must be owner|append-only|may only be erased|must be able to SET ROLE|superuser/));
      }
      for (const steps of SHADOWS) {
        await tally.holds(`${role} forges nothing with tables of its own: ${steps[0]}`, () => shadowed(connection, steps, before.length));
      }
    } finally {
      await connection.destroy();
    }
  }
  await tally.holds('after all of it every entry is what it was', async () => assert.deepEqual(await everyEntry(product), before));
}

/** Tries a forgery and looks at what it made of the log before taking it back. */
async function shadowed(connection: DataSource, steps: readonly string[], size: number): Promise<void> {
  const runner = connection.createQueryRunner();
  await runner.startTransaction();
  try {
    for (const sql of steps) {
      const refusal = await runner.query(sql).then(() => undefined, (error: Error) => error.message);
      if (refusal !== undefined) return;
    }
    const rows: { position: string; is_new: boolean; has_body: boolean }[] = await runner.query(
      `SELECT position, record_time > now() - interval '1 minute' AS is_new, EXISTS (SELECT FROM public.entry_body b WHERE b.position = e.position) AS has_body
         FROM public.entry e ORDER BY position`);
    assert.deepEqual(rows.map(({ position }) => position), rows.map((_, i) => String(i)), 'positions are the log’s to give');
    assert.ok(rows.slice(size).every(({ is_new }) => is_new), 'record times are the log’s to give');
    assert.ok(rows.every(({ has_body }) => has_body), 'no body goes without its record');
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

/** Of every table, what each role may do to it: nobody but the log's own functions writes the log. */
async function tables(tally: Tally, product: Product): Promise<void> {
  await tally.holds('no role of the services owns, creates or may truncate anything of the log', async () => {
    const granted: { grantee: string; table_name: string; privilege_type: string }[] = await asOwner(product, `
      SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants
       WHERE grantee IN ('daodi_service', 'daodi_resolver', 'PUBLIC') AND table_schema = 'public'
         AND table_name IN ('entry', 'entry_body', 'entry_residue', 'log_head', 'idempotency')`);
    const writes = granted.filter(({ privilege_type }) => privilege_type !== 'SELECT').map((row) => `${row.grantee} ${row.privilege_type} ${row.table_name}`);
    assert.deepEqual(writes, ['daodi_service INSERT idempotency']);
    const owners: { relname: string }[] = await asOwner(product, `SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
       WHERE nspname = 'public' AND pg_get_userbyid(relowner) <> 'daodi_owner'`);
    assert.deepEqual(owners.map(({ relname }) => relname), []);
  });
  await tally.holds('the resolver writes no table of ours', async () => {
    const rows: { table_name: string }[] = await asOwner(product, `SELECT DISTINCT table_name FROM information_schema.role_table_grants
       WHERE grantee = 'daodi_resolver' AND privilege_type <> 'SELECT' AND table_schema = 'public'`);
    assert.deepEqual(rows, []);
  });
}

/** What an auditor would do: every digest from salt, context and body; positions without a gap; record times in order. */
async function digestsHold(tally: Tally, product: Product): Promise<void> {
  await tally.holds('every digest follows from its body, positions have no gaps, record time never goes back', async () => {
    const rows: { position: string; salt: Buffer; context: unknown; body: unknown; digest: Buffer; later: boolean }[] = await product.dataSource.query(
      `SELECT e.position, b.salt, b.context, b.body, e.digest, e.record_time >= COALESCE(lag(e.record_time) OVER (ORDER BY e.position), e.record_time) AS later
         FROM entry e JOIN entry_body b USING (position) ORDER BY e.position`);
    assert.ok(rows.length > 10);
    rows.forEach((row, i) => {
      assert.equal(row.position, String(i));
      assert.ok(digestOf(row.salt, row.context, row.body).equals(row.digest), `digest of ${i}`);
      assert.ok(row.later, `record time of ${i}`);
    });
    assert.equal(await product.size(), rows.length);
  });
}

async function erasure(tally: Tally, product: Product, coop: Firm, buyer: Firm, code: string): Promise<void> {
  const uri = uriOf(code);
  const [harvest] = await product.dataSource.query(
    `SELECT e.position, e.event_id FROM entry e JOIN entry_body b USING (position) WHERE e.kind = 'event' AND b.body::text LIKE $1 AND e.type = 'TransformationEvent'`,
    [`%${uri}%`],
  );
  const url = `/api/v1/events/${encodeURIComponent(harvest.event_id)}/erasure`;
  const before = await everyEntry(product);
  const holdings = await product.holdings(uri);
  const trace = await product.trace(buyer, uri);

  await tally.holds('erasing needs the organisation’s own owner and a reason, and leaves nothing when refused', async () => {
    const random = `/api/v1/events/${encodeURIComponent('urn:uuid:00000000-0000-4000-8000-000000000000')}/erasure`;
    const foreign = await product.send(buyer.owner, 'POST', url, { reason: '不是我的' });
    const none = await product.send(buyer.owner, 'POST', random, { reason: '不是我的' });
    assert.deepEqual([foreign.status, { ...foreign.body, instance: '' }], [404, { ...none.body, instance: '' }]);
    assert.equal((await product.send(coop, 'POST', url, { reason: '机器' })).status, 403);
    assert.equal((await product.send(coop.owner, 'POST', url, {})).status, 422);
    assert.equal(await product.size(), before.length);
  });

  await tally.holds('erasing one body leaves every digest and position, and one record that says so', async () => {
    await product.done(coop.owner, 'POST', url, { reason: '当事人要求' });
    const after = await everyEntry(product);
    assert.deepEqual(after.slice(0, -1), before);
    assert.deepEqual([after.at(-1)?.kind, after.at(-1)?.type], ['record', 'erasure']);
    const left = await product.dataSource.query('SELECT FROM entry_body WHERE position = $1', [harvest.position]);
    assert.equal(left.length, 0);
    assert.equal((await product.send(coop.owner, 'POST', url, { reason: '再一次' })).status, 409);
    assert.equal(await product.size(), before.length + 1);
  });

  await tally.holds('kilograms stay, and the trace says what was erased', async () => {
    await product.settled();
    assert.deepEqual(await product.holdings(uri), holdings);
    for (const who of [coop, buyer]) {
      const now = await product.trace(who, uri);
      assert.equal(now.complete, false);
      const erased = now.gaps.filter(({ reason }: { reason: string }) => reason === 'erased').map(({ at }: { at: string }) => at);
      assert.ok(erased.includes(uri), `erased at ${erased.join(', ')}`);
    }
    const now = await product.trace(buyer, uri);
    assert.deepEqual(now.reconciliation, trace.reconciliation);
    assert.deepEqual(now.edges, trace.edges);
  });

  await tally.holds('made anew from the log with its hole, every table comes out the same', async () => {
    const { different, tables: count, rows } = await product.rebuilt();
    assert.deepEqual(different, []);
    assert.ok(count > 10 && rows > 20);
  });
}

interface Row {
  readonly position: string;
  readonly kind: string;
  readonly type: string;
}

/** Every entry as it stands, each with a digest over all its columns. */
async function everyEntry(product: Product): Promise<(Row & { hash: string })[]> {
  const rows: (Row & { row: string })[] = await product.dataSource.query('SELECT position, kind, type, e::text AS row FROM entry e ORDER BY position');
  return rows.map(({ row, ...entry }) => ({ ...entry, hash: createHash('sha256').update(row).digest('hex') }));
}

async function asOwner(product: Product, sql: string): Promise<any> {
  const owner = await createDataSource({ url: product.database.ownerUrl, poolMax: 1 }).initialize();
  try {
    return await owner.query(sql);
  } finally {
    await owner.destroy();
  }
}
