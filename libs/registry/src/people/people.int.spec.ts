import { rebuild } from '@daodi/log';
import { REGISTRY_PROJECTIONS } from '../projection';
import { type Account, PASSWORD, RegistryBench } from '../testing/registry-bench';

describe('people and keys', () => {
  let bench: RegistryBench;
  let owner: Account;
  let manager: Account;
  let worker: Account;
  beforeAll(async () => {
    bench = await RegistryBench.open();
    owner = await bench.organisation('COOP');
    manager = await bench.person(owner, 'coop-manager', ['manager']);
    worker = await bench.person(owner, 'coop-worker', ['field-worker']);
  });
  afterAll(() => bench.close());

  it('lets nobody give a role above their own, or one that is of another type of organisation', async () => {
    const give = (who: Account, roles: string[]) =>
      bench.send(who, 'POST', '/api/v1/people', { name: '某', login: 'coop-newcomer', password: PASSWORD, roles });
    const size = await bench.size();
    for (const [who, role] of [[manager, 'owner'], [manager, 'operator'], [owner, 'operator'], [owner, 'supervisor']] as const) {
      const response = await give(who, ['warehouse', role]);
      expect([response.statusCode, response.json().errors[0].pointer]).toEqual([422, '/roles/1']);
    }
    expect((await bench.send(manager, 'PATCH', `/api/v1/people/${manager.personId}`, { roles: ['owner'] })).statusCode).toBe(422);
    expect((await bench.send(manager, 'POST', '/api/v1/api-keys', { name: 'k', roles: ['owner'] })).statusCode).toBe(422);
    expect(await bench.size()).toBe(size);
  });

  it('lets no manager change, lock out or sign in as an owner', async () => {
    const size = await bench.size();
    expect((await bench.send(manager, 'PATCH', `/api/v1/people/${owner.personId}`, { status: 'ended' })).statusCode).toBe(403);
    expect((await bench.send(manager, 'POST', `/api/v1/people/${owner.personId}/password`, { password: 'mine from now on' })).statusCode).toBe(403);
    const key = (await bench.send(owner, 'POST', '/api/v1/api-keys', { name: 'owner key', roles: ['owner'] })).json();
    expect((await bench.send(manager, 'DELETE', `/api/v1/api-keys/${key.id}`)).statusCode).toBe(422);
    expect(await bench.size()).toBe(size + 1);
  });

  it('keeps at least one owner', async () => {
    for (const body of [{ roles: ['manager'] }, { status: 'ended' }]) {
      const response = await bench.send(owner, 'PATCH', `/api/v1/people/${owner.personId}`, body);
      expect([response.statusCode, response.json().type]).toEqual([409, 'urn:daodi:problem:last-owner']);
    }
    expect((await bench.send(owner, 'POST', `/api/v1/people/${owner.personId}/erasure`, { why: '离职' })).statusCode).toBe(409);
  });

  it('changes one’s own password only with the current one, and nobody else’s by a worker', async () => {
    const set = (who: Account, id: string, body: object) => bench.send(who, 'POST', `/api/v1/people/${id}/password`, body);
    expect((await set(worker, worker.personId, { password: 'a new password' })).statusCode).toBe(422);
    expect((await set(worker, worker.personId, { password: 'a new password', currentPassword: 'wrong' })).statusCode).toBe(422);
    expect((await set(worker, manager.personId, { password: 'a new password', currentPassword: PASSWORD })).statusCode).toBe(404);
    expect((await set(worker, worker.personId, { password: 'a new password', currentPassword: PASSWORD })).statusCode).toBe(200);
    expect((await bench.send(worker, 'GET', '/api/v1/me')).statusCode).toBe(401);
  });

  it('does not let two people have one login', async () => {
    const response = await bench.send(owner, 'POST', '/api/v1/people', { name: '某', login: 'coop-manager', password: PASSWORD, roles: ['warehouse'] });
    expect([response.statusCode, response.json().errors[0].pointer]).toEqual([409, '/login']);
  });

  it('limits a key to its roles and scopes, and to its life', async () => {
    const make = async (body: object) => (await bench.send(owner, 'POST', '/api/v1/api-keys', { name: '系统', ...body })).json();
    const reader = await make({ roles: ['warehouse'], scopes: ['read'] });
    const writer = await make({ roles: ['warehouse'] });
    const site = { kind: 'warehouse', name: '库', region: '141026' };
    const as = (key: { secret: string }) => ({ token: key.secret });
    expect((await bench.send(as(reader), 'GET', '/api/v1/sites')).statusCode).toBe(200);
    expect((await bench.send(as(reader), 'POST', '/api/v1/sites', site)).statusCode).toBe(403);
    expect((await bench.send(as(writer), 'POST', '/api/v1/sites', site)).statusCode).toBe(201);
    expect((await bench.send(as(writer), 'GET', '/api/v1/people')).statusCode).toBe(403);
    expect((await bench.send(as(writer), 'GET', '/api/v1/me')).json()).toMatchObject({ keyId: writer.id, roles: ['warehouse'], scopes: ['read', 'write'] });
    expect(JSON.stringify((await bench.send(owner, 'GET', '/api/v1/api-keys')).json())).not.toContain(writer.secret);
    await bench.send(owner, 'DELETE', `/api/v1/api-keys/${writer.id}`);
    expect((await bench.send(as(writer), 'GET', '/api/v1/me')).statusCode).toBe(401);
    expect((await bench.send(owner, 'DELETE', `/api/v1/api-keys/${writer.id}`)).statusCode).toBe(404);
  });

  it('erases a name and login everywhere, keeps digests and roles, and rebuilds to the same', async () => {
    const person = await bench.person(owner, 'zhang-san', ['purchaser']);
    await bench.send(owner, 'PATCH', `/api/v1/people/${person.personId}`, { name: '张三丰' });
    const digests = await bench.dataSource.query('SELECT position, digest FROM entry ORDER BY position');
    const response = await bench.send(owner, 'POST', `/api/v1/people/${person.personId}/erasure`, { why: '本人要求' });
    expect(response.json()).toEqual({ id: person.personId, status: 'erased', erased: 2 });

    const [{ everything }] = await bench.dataSource.query(
      `SELECT concat((SELECT string_agg(body::text, ' ') FROM entry_body), (SELECT string_agg(body::text, ' ') FROM entry_residue),
              (SELECT string_agg(p::text, ' ') FROM person p), (SELECT string_agg(response::text, ' ') FROM idempotency)) AS everything`,
    );
    for (const name of ['zhang-san', '张三丰', '姓名 zhang']) expect(everything).not.toContain(name);
    const kept = await bench.dataSource.query('SELECT position, digest FROM entry ORDER BY position LIMIT $1', [digests.length]);
    expect(kept).toEqual(digests);
    const list = (await bench.send(owner, 'GET', '/api/v1/people')).json();
    expect(list.items).toContainEqual({ id: person.personId, login: null, name: null, roles: ['purchaser'], status: 'erased' });
    expect((await bench.send(person, 'GET', '/api/v1/me')).statusCode).toBe(401);
    for (const [method, path] of [['PATCH', ''], ['POST', '/password'], ['POST', '/erasure']] as const) {
      const body = { '': { name: '又来' }, '/password': { password: 'another password' }, '/erasure': { why: '再次' } }[path];
      expect((await bench.send(owner, method, `/api/v1/people/${person.personId}${path}`, body)).statusCode).toBe(404);
    }
    for (const { tables } of await rebuild(bench.dataSource, REGISTRY_PROJECTIONS, [], 'people')) {
      for (const { table, before, after } of tables) expect([table, after]).toEqual([table, before]);
    }
    const audit = (await bench.send(owner, 'GET', '/api/v1/log?limit=1000')).json().items;
    expect(audit.filter(({ erasedBy }: { erasedBy?: string }) => erasedBy !== undefined)).toHaveLength(2);
  });
});
