import { randomUUID } from 'node:crypto';
import { createDataSource, freshDatabase, Problem, type FreshDatabase } from '@daodi/platform';
import type { DataSource } from 'typeorm';
import { type Act, GroupAppender } from './append';
import type { Entry, NewEntry } from './entry';
import { eraseBody } from './erase';
import { catchUp, enrol, followerStates } from './follow';
import { requestDigest } from './idempotency';
import type { Follower, InlineProjection } from './inline-projection';
import { LOG_MIGRATIONS } from './migrations';
import { rebuild } from './rebuild';
import { digestOf } from './digest';
import { logSize, readLog } from './store';

const ORG = randomUUID();
let database: FreshDatabase;
let dataSource: DataSource;
beforeEach(async () => {
  database = await freshDatabase(LOG_MIGRATIONS);
  dataSource = await createDataSource({ url: database.serviceUrl }).initialize();
  await asOwner('CREATE TABLE seen (position bigint, who text); GRANT SELECT, INSERT, DELETE, TRUNCATE ON seen TO daodi_service');
});
afterEach(async () => {
  await dataSource.destroy();
  await database.drop();
});

async function asOwner(sql: string): Promise<unknown> {
  const owner = await createDataSource({ url: database.ownerUrl }).initialize();
  try {
    return await owner.query(sql);
  } finally {
    await owner.destroy();
  }
}

const recordEntry = (note: string): NewEntry => ({
  kind: 'record', type: 'note', organisationId: ORG, actor: { kind: 'system', id: ORG }, provenance: 'form', requestId: randomUUID(),
  capturedTime: '2026-08-01T00:00:00Z', context: null, body: { subject: ORG, change: 'created', new: { note } },
});
const eventEntry = (eventId: string, quantity = 1, declaration = false): NewEntry => ({
  ...recordEntry(''), kind: 'event', type: 'ObjectEvent', eventId, declaration, eventTime: '2026-08-01T00:00:00.123456Z', eventOffset: '+08:00',
  context: ['urn:context'], body: { type: 'ObjectEvent', quantity },
});
const act = (...entries: NewEntry[]): Act => ({
  decide: () => entries,
  respond: (stored, outcomes) => ({ status: 201, body: { positions: stored.map((e) => e.position.toString()), kinds: outcomes.map((o) => o.kind) } }),
});
const log = (projections: readonly InlineProjection[] = []) => new GroupAppender(dataSource, { projections, ring: () => undefined });
const positions = async (): Promise<string[]> => (await dataSource.query('SELECT position FROM entry ORDER BY position')).map((r: { position: string }) => r.position);

describe('append', () => {
  it('numbers entries in the order of commits, without gaps, whoever appends', async () => {
    const [one, other] = [log(), log()];
    await Promise.all(Array.from({ length: 60 }, (_, i) => (i % 2 ? one : other).append(act(recordEntry(String(i))))));
    expect(await positions()).toEqual(Array.from({ length: 60 }, (_, i) => String(i)));
    expect(await logSize(dataSource)).toBe(60n);
  });

  it('refuses one act without hurting the others of its group', async () => {
    const appender = log();
    const refused: Act = { ...act(), decide: () => Promise.reject(new Problem(409, 'no', { zh: '否', en: 'no' })) };
    const broken: Act = { ...act(), decide: async (tx) => tx.query('SELECT 1/0') };
    const results = await Promise.allSettled([act(recordEntry('a')), refused, act(recordEntry('b')), broken, act(recordEntry('c'))].map((a) => appender.append(a)));
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
    expect((await readLog(dataSource, 0n, 9)).map((e) => (e.body['new'] as { note: string }).note)).toEqual(['a', 'b', 'c']);
  });

  it('lets an act see what the acts before it in the same group did', async () => {
    const projection: InlineProjection = {
      name: 'seen', tables: ['seen'],
      apply: async (tx, entries) => void (await tx.query('INSERT INTO seen SELECT unnest($1::bigint[]), $2', [entries.map((e) => e.position.toString()), 'x'])),
    };
    const appender = log([projection]);
    const counts: number[] = [];
    const counting: Act = { ...act(recordEntry('')), decide: async (tx) => {
      counts.push(Number((await tx.query('SELECT count(*) FROM seen'))[0].count));
      return [recordEntry('')];
    } };
    await Promise.all([counting, counting, counting].map((a) => appender.append(a)));
    expect(counts).toEqual([0, 1, 2]);
  });

  it('writes acts that decide nothing together, and each alone where one is out of the ordinary', async () => {
    const appender = log();
    const given = (...entries: NewEntry[]): Act => ({ entries, respond: (stored, outcomes) => {
      if (outcomes.some((o) => o.kind === 'conflict')) throw new Error('conflict');
      return { status: 201, body: stored.map((e) => e.position.toString()) };
    } });
    const first = await Promise.all([given(eventEntry('urn:e:1'), eventEntry('urn:e:2')), given(eventEntry('urn:e:1')), given(eventEntry('urn:e:3'))].map((a) => appender.append(a)));
    expect(first.map((a) => a.response.body)).toEqual([['0', '1'], [], ['2']]);
    const second = await Promise.allSettled([given(eventEntry('urn:e:4')), given(eventEntry('urn:e:1', 9), eventEntry('urn:e:5')), given(eventEntry('urn:e:6'))].map((a) => appender.append(a)));
    expect(second.map((r) => (r.status === 'fulfilled' ? r.value.response.body : 'refused'))).toEqual([['3'], 'refused', ['4']]);
    expect(await positions()).toEqual(['0', '1', '2', '3', '4']);
  });

  it('leaves nothing of an act whose projection fails', async () => {
    const failing: InlineProjection = { name: 'fails', tables: [], apply: () => Promise.reject(new Error('no')) };
    await expect(log([failing]).append(act(recordEntry('a')))).rejects.toThrow('no');
    expect(await positions()).toEqual([]);
  });

  it('keeps times, context and digest as they were given', async () => {
    await log().append(act(eventEntry('urn:e:1')));
    const [entry] = (await readLog(dataSource, 0n, 1)) as [Entry];
    const [{ salt }] = await dataSource.query('SELECT salt FROM entry_body');
    expect(entry).toMatchObject({ eventTime: '2026-08-01T00:00:00.123456Z', eventOffset: '+08:00', context: ['urn:context'], body: { type: 'ObjectEvent', quantity: 1 } });
    expect(digestOf(salt, ['urn:context'], { quantity: 1, type: 'ObjectEvent' }).equals(entry.digest)).toBe(true);
  });
});

describe('the same event again', () => {
  it('is a duplicate with the same content and a conflict with other content; the first stays', async () => {
    const appender = log();
    await appender.append(act(eventEntry('urn:e:1', 1)));
    expect((await appender.append(act(eventEntry('urn:e:1', 1)))).outcomes).toEqual([{ kind: 'duplicate', eventId: 'urn:e:1', position: 0n }]);
    expect((await appender.append(act(eventEntry('urn:e:1', 2), eventEntry('urn:e:2')))).outcomes.map((o) => o.kind)).toEqual(['conflict', 'new']);
    expect(await positions()).toEqual(['0', '1']);
  });

  it('may be repeated by an error declaration, once', async () => {
    const appender = log();
    await appender.append(act(eventEntry('urn:e:1')));
    expect((await appender.append(act(eventEntry('urn:e:1', 1, true)))).outcomes[0]?.kind).toBe('new');
    expect((await appender.append(act(eventEntry('urn:e:1', 1, true)))).outcomes[0]?.kind).toBe('duplicate');
  });

  it('is told apart within one act', async () => {
    const { outcomes } = await log().append(act(eventEntry('urn:e:1', 1), eventEntry('urn:e:1', 1), eventEntry('urn:e:1', 2)));
    expect(outcomes.map((o) => o.kind)).toEqual(['new', 'duplicate', 'conflict']);
  });
});

describe('Idempotency-Key', () => {
  const keyed = (key: string, body: unknown, inner: Act): Act => ({ ...inner, idempotency: { organisationId: ORG, key, requestDigest: requestDigest('POST', '/x', body) } });

  it('answers a repeat with the first answer and stores nothing', async () => {
    const appender = log();
    const first = await appender.append(keyed('k', { a: 1 }, act(recordEntry('a'))));
    const again = await appender.append(keyed('k', { a: 1 }, act(recordEntry('a'))));
    expect(again).toMatchObject({ repeated: true, response: first.response });
    expect(await positions()).toEqual(['0']);
  });

  it('answers repeats among new acts without writing the new ones one by one', async () => {
    let applied = 0;
    const appender = log([{ name: 'counting', tables: [], apply: async () => void (applied += 1) }]);
    const given = (n: number): Act => keyed(`k${n}`, n, { entries: [eventEntry(`urn:e:k${n}`)], respond: (stored) => ({ status: 201, body: stored.map((e) => e.position.toString()) }) });
    await Promise.all([1, 2].map((n) => appender.append(given(n))));
    applied = 0;
    const answers = await Promise.all([1, 3, 2, 4, 5].map((n) => appender.append(given(n))));
    expect(answers.map(({ response, repeated }) => [response.body, repeated])).toEqual([[['0'], true], [['2'], false], [['1'], true], [['3'], false], [['4'], false]]);
    expect(applied).toBe(1);
  });

  it('refuses another body under a bound key and names the entry stored', async () => {
    const appender = log();
    await appender.append(keyed('k', { a: 1 }, act(recordEntry('a'))));
    await expect(appender.append(keyed('k', { a: 2 }, act(recordEntry('b'))))).rejects.toMatchObject({ status: 422, extra: { members: { storedPosition: '0' } } });
  });

  it('is not bound by a refusal: the same record can be corrected and sent again', async () => {
    const appender = log();
    const refused: Act = { ...act(), decide: () => Promise.reject(new Problem(409, 'no', { zh: '否', en: 'no' })) };
    await expect(appender.append(keyed('k', { a: 1 }, refused))).rejects.toThrow();
    await appender.append(keyed('k', { a: 2 }, act(recordEntry('b'))));
    expect(await positions()).toEqual(['0']);
  });
});

describe('append-only', () => {
  const attempts = [
    `UPDATE entry SET record_time = '2020-01-01'`, `UPDATE entry SET position = 77`, 'DELETE FROM entry', 'TRUNCATE entry CASCADE',
    `UPDATE entry_body SET body = '{}'`, 'DELETE FROM entry_body', 'TRUNCATE entry_body', 'DELETE FROM entry_residue', 'TRUNCATE entry_residue CASCADE',
    `INSERT INTO entry SELECT 9999, kind, type, organisation_id, actor_kind, actor_id, on_behalf_of, provenance, request_id, event_id, declaration,
       event_time, event_offset, captured_time, device_id, device_counter, '2020-01-01', digest FROM entry`,
    `INSERT INTO entry_body SELECT 9999, salt, context, body FROM entry_body`, 'UPDATE log_head SET size = 0', 'DELETE FROM log_head',
    `UPDATE idempotency SET response = '{}'`, 'DELETE FROM idempotency', `SELECT log_erase(0, 0)`, 'DROP TABLE entry', 'ALTER TABLE entry DISABLE TRIGGER ALL',
    'ALTER TABLE entry OWNER TO daodi_service', `SET session_replication_role = replica`,
  ];
  it.each(['service', 'resolver'] as const)('holds against the role of the %s', async (role) => {
    await log().append(act(eventEntry('urn:e:1')));
    const before = await dataSource.query('SELECT * FROM entry JOIN entry_body USING (position)');
    const other = await createDataSource({ url: role === 'service' ? database.serviceUrl : database.resolverUrl }).initialize();
    try {
      for (const sql of attempts) await expect(other.query(sql)).rejects.toThrow(/denied|must be owner|refused|only be erased/);
    } finally {
      await other.destroy();
    }
    expect(await dataSource.query('SELECT * FROM entry JOIN entry_body USING (position)')).toEqual(before);
  });

  it('refuses even the owner, who would first have to take the triggers away', async () => {
    await log().append(act(eventEntry('urn:e:1')));
    for (const sql of ['UPDATE entry SET type = type', 'DELETE FROM entry', 'TRUNCATE entry CASCADE', 'UPDATE entry_body SET body = body', 'DELETE FROM entry_body']) {
      await expect(asOwner(sql)).rejects.toThrow(/append-only|only be erased/);
    }
  });
});

describe('erasure', () => {
  it('takes the body and its salt, keeps digest, position and what the erasure says is kept', async () => {
    const appender = log();
    await appender.append(act(eventEntry('urn:e:1', 5)));
    const [before] = (await readLog(dataSource, 0n, 1)) as [Entry];
    const erasure: NewEntry = { ...recordEntry(''), type: 'erasure', body: { subject: 'urn:e:1', change: 'ended', new: { position: '0', kept: { type: 'ObjectEvent' } } } };
    await appender.append({ ...act(erasure), confirm: async (tx, [entry]) => eraseBody(tx, 0n, (entry as Entry).position) });
    const [after] = (await readLog(dataSource, 0n, 1)) as [Entry];
    expect(after).toEqual({ ...before, context: null, body: { type: 'ObjectEvent' }, erasedBy: 1n });
    expect(await dataSource.query('SELECT position FROM entry_body ORDER BY 1')).toEqual([{ position: '1' }]);
  });

  it('is refused without the record that says so', async () => {
    await log().append(act(eventEntry('urn:e:1'), recordEntry('no erasure')));
    await expect(dataSource.transaction((tx) => eraseBody(tx, 0n, 1n))).rejects.toThrow('may only be erased together with the record');
  });
});

describe('followers', () => {
  const follower = (fail: { once: boolean }): Follower => ({
    name: 'seen', tables: ['seen'],
    async apply(tx, entries) {
      await tx.query('INSERT INTO seen SELECT unnest($1::bigint[]), $2', [entries.map((e) => e.position.toString()), 'seen']);
      if (fail.once) {
        fail.once = false;
        throw new Error('power cut');
      }
    },
  });

  it('see each entry once, though one dies half way and three run at once', async () => {
    await log().append(act(...Array.from({ length: 1200 }, (_, i) => recordEntry(String(i)))));
    const dying = follower({ once: true });
    await enrol(dataSource, [dying]);
    await expect(catchUp(dataSource, dying)).rejects.toThrow('power cut');
    await Promise.all([catchUp(dataSource, dying), catchUp(dataSource, dying), catchUp(dataSource, dying)]);
    await catchUp(dataSource, dying);
    const seen = await dataSource.query('SELECT position FROM seen ORDER BY position');
    expect(seen.map((r: { position: string }) => r.position)).toEqual(await positions());
    expect(await followerStates(dataSource)).toEqual([{ name: 'seen', position: 1200n, behind: 0n, lagSeconds: 0 }]);
  });

  it('say since when the oldest entry they have not applied is on record', async () => {
    await log().append(act(recordEntry('first'), recordEntry('second')));
    const behind: Follower = { name: 'behind', tables: [], apply: async () => undefined };
    await enrol(dataSource, [behind]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await log().append(act(recordEntry('third')));
    const [state] = await followerStates(dataSource);
    expect(state).toMatchObject({ name: 'behind', position: 0n, behind: 3n });
    expect(state!.lagSeconds).toBeGreaterThanOrEqual(0.3);
    await catchUp(dataSource, behind);
    expect(await followerStates(dataSource)).toEqual([{ name: 'behind', position: 3n, behind: 0n, lagSeconds: 0 }]);
  });

  it('are rebuilt from the first entry to the same rows', async () => {
    const appender = log();
    await appender.append(act(recordEntry('a'), recordEntry('b')));
    const one = follower({ once: false });
    await enrol(dataSource, [one]);
    await catchUp(dataSource, one);
    const [rebuilt] = await rebuild(dataSource, [], [one], 'all');
    expect(rebuilt?.tables).toEqual([{ table: 'seen', rows: 2, before: rebuilt?.tables[0]?.after, after: rebuilt?.tables[0]?.after }]);
    await expect(rebuild(dataSource, [], [one], 'unknown')).rejects.toThrow('nothing is named unknown');
  });
});
