import { type Account, PASSWORD, RegistryBench } from '../testing/registry-bench';
import { findOrganisation, makeOwnerLink, ownersOf } from './owner-link';

const PUBLIC = { publicUrl: 'http://localhost:3000' };
const NEW_PASSWORD = 'a staple in the battery';

describe('the link of daodi reset-owner', () => {
  let bench: RegistryBench;
  let owner: Account;
  beforeAll(async () => {
    bench = await RegistryBench.open();
    owner = await bench.organisation('RESET');
  });
  afterAll(() => bench.close());

  const tokenOf = async (organisationId: string, personId?: string) => new URL(await makeOwnerLink(bench.dataSource, PUBLIC, organisationId, personId)).searchParams.get('token') as string;
  const open = (token: string) => bench.app.inject({ method: 'GET', url: `/setup/owner?token=${token}` });
  const send = (token: string, more: Record<string, string> = {}) =>
    bench.app.inject({ method: 'POST', url: '/setup/owner', payload: new URLSearchParams({ token, password: NEW_PASSWORD, ...more }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  const signIn = (login: string, password: string) => bench.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { login, password } });

  it('opens nothing for a token that was never made, was replaced, or is over, and leaves nothing', async () => {
    const replaced = await tokenOf(owner.organisationId, owner.personId);
    const over = await tokenOf(owner.organisationId, owner.personId);
    await bench.dataSource.query(`UPDATE owner_link SET expires_at = clock_timestamp() - interval '1 second'`);
    const size = await bench.size();
    for (const token of ['', 'du_x', replaced, over]) {
      expect((await open(token)).statusCode).toBe(404);
      expect((await send(token || 'x')).statusCode).toBe(404);
    }
    // The link of an empty installation is another one.
    expect((await bench.app.inject({ method: 'GET', url: `/setup?token=${await tokenOf(owner.organisationId, owner.personId)}` })).statusCode).toBe(404);
    expect(await bench.size()).toBe(size);
  });

  it('sets the password once, ends the sessions of before, opens a lock, and says in the log how', async () => {
    const token = await tokenOf(owner.organisationId, owner.personId);
    for (let i = 0; i < 3; i++) {
      const page = await open(token);
      expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.body).toContain('<b>reset-owner</b>');
      expect(page.body).not.toContain('<script');
    }
    for (let i = 0; i < 6; i++) await signIn('reset-owner', 'forgotten');
    expect((await signIn('reset-owner', PASSWORD)).statusCode).toBe(429);

    const short = await send(token, { password: 'short' });
    expect([short.statusCode, short.body.includes('role="alert"')]).toEqual([422, true]);
    const before = await bench.size();
    const answers = await Promise.all([send(token), send(token, { password: 'the second password' })]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 404]);
    expect(answers.map(({ body }) => body).join()).not.toContain(NEW_PASSWORD);

    const [entry, ...more] = await bench.dataSource.query(
      `SELECT e.type, e.actor_kind, e.organisation_id, b.body FROM entry e JOIN entry_body b USING (position) WHERE position >= $1`, [before],
    );
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ type: 'credential', actor_kind: 'system', organisation_id: owner.organisationId, body: { subject: owner.personId, new: { kind: 'password' }, why: expect.stringContaining('reset-owner') } });
    expect((await bench.send(owner, 'GET', '/api/v1/me')).statusCode).toBe(401);
    const taken = answers[0]?.statusCode === 200 ? NEW_PASSWORD : 'the second password';
    expect((await signIn('reset-owner', taken)).statusCode).toBe(201);
    expect((await open(token)).statusCode).toBe(404);
  });

  it('makes a new owner where none can sign in, once, with a login nobody has', async () => {
    const other = await bench.organisation('OWNERLESS');
    const token = await tokenOf(other.organisationId);
    expect((await send(token)).statusCode).toBe(422);
    const taken = await send(token, { login: 'reset-owner', personName: '新人' });
    expect([taken.statusCode, taken.body.includes('该登录名已被使用'), taken.body.includes('value="新人"')]).toEqual([409, true, true]);
    expect((await send(token, { login: 'ownerless-2', personName: '新人' })).statusCode).toBe(200);
    const session = (await signIn('ownerless-2', NEW_PASSWORD)).json();
    expect((await bench.send(session, 'GET', '/api/v1/me')).json()).toMatchObject({ organisation: { code: 'OWNERLESS' }, roles: ['owner'] });
    expect((await ownersOf(bench.dataSource, other.organisationId)).map(({ login }) => login)).toEqual(['ownerless-2', 'ownerless-owner']);
    expect((await send(token, { login: 'ownerless-3', personName: '新人' })).statusCode).toBe(404);
  });

  it('gives the operator an operator, and finds it by that word', async () => {
    const operator = await findOrganisation(bench.dataSource, 'operator');
    expect(operator?.id).toBe(bench.operator.organisationId);
    expect((await send(await tokenOf(operator?.id as string), { login: 'operator-2', personName: '另一人' })).statusCode).toBe(200);
    expect((await bench.send((await signIn('operator-2', NEW_PASSWORD)).json(), 'GET', '/api/v1/me')).json().roles).toEqual(['owner', 'operator']);
    expect(await findOrganisation(bench.dataSource, 'NOBODY')).toBeUndefined();
  });

  it('opens nothing any more for a person who has ended since', async () => {
    const second = await bench.person({ ...owner, token: (await signIn('ownerless-2', NEW_PASSWORD)).json().token }, 'leaving', ['owner']);
    const [{ organisation_id: organisationId }] = await bench.dataSource.query('SELECT organisation_id FROM person WHERE id = $1', [second.personId]);
    const token = await tokenOf(organisationId, second.personId);
    expect((await open(token)).statusCode).toBe(200);
    await bench.send({ token: (await signIn('ownerless-2', NEW_PASSWORD)).json().token }, 'PATCH', `/api/v1/people/${second.personId}`, { status: 'ended' });
    expect((await open(token)).statusCode).toBe(404);
    expect((await send(token)).statusCode).toBe(404);
  });
});
