import { PASSWORD, RegistryBench } from '../testing/registry-bench';

describe('signing in', () => {
  let bench: RegistryBench;
  beforeAll(async () => {
    bench = await RegistryBench.open();
  });
  afterAll(() => bench.close());
  const signIn = (login: string, password: string, more: object = {}) =>
    bench.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { login, password }, ...more });

  it('lets nobody in without a token, with a wrong one, or with another scheme', async () => {
    for (const authorization of [undefined, 'Bearer ds_wrong', 'Bearer dk_wrong', 'Bearer', 'Basic b3BlcmF0b3I6eA==', `Bearer ${bench.operator.token}x`]) {
      const response = await bench.app.inject({ method: 'GET', url: '/api/v1/me', headers: authorization === undefined ? {} : { authorization } });
      expect([response.statusCode, response.json().type, response.headers['www-authenticate']]).toEqual([401, 'urn:daodi:problem:sign-in-needed', 'Bearer']);
    }
  });

  it('answers an unknown login like a wrong password', async () => {
    await bench.organisation('KNOWN');
    const [unknown, wrong] = [await signIn('nobody-here', 'wrong password'), await signIn('known-owner', 'wrong password')];
    const { instance: _a, ...one } = unknown.json();
    const { instance: _b, ...other } = wrong.json();
    expect([unknown.statusCode, one]).toEqual([wrong.statusCode, other]);
    expect(unknown.statusCode).toBe(401);
  });

  it('locks a login after five failures, known or not, until the time is over, and forgets them at a success', async () => {
    const owner = await bench.organisation('LOCKED');
    for (const login of ['locked-owner', 'never-heard-of']) {
      for (let i = 0; i < 5; i++) expect((await signIn(login, 'wrong password')).statusCode).toBe(401);
      const locked = await signIn(login, PASSWORD);
      expect(locked.statusCode).toBe(429);
      const seconds = Number(locked.headers['retry-after']);
      expect(seconds).toBeGreaterThan(14 * 60);
      expect(seconds).toBeLessThanOrEqual(15 * 60);
    }
    await bench.dataSource.query(`UPDATE sign_in_attempt SET until = clock_timestamp() - interval '1 second'`);
    expect((await signIn('locked-owner', PASSWORD)).statusCode).toBe(201);
    for (let i = 0; i < 4; i++) await signIn('locked-owner', 'wrong password');
    expect((await signIn('locked-owner', PASSWORD)).statusCode).toBe(201);
    for (let i = 0; i < 4; i++) expect((await signIn('locked-owner', 'wrong password')).statusCode).toBe(401);
    expect((await signIn('locked-owner', PASSWORD)).statusCode).toBe(201);
    expect((await bench.send(owner, 'GET', '/api/v1/me')).statusCode).toBe(200);
  });

  it('looks at five of fifteen attempts that come at once', async () => {
    await bench.organisation('BURST');
    await bench.dataSource.query('DELETE FROM sign_in_attempt');
    const answers = await Promise.all(Array.from({ length: 15 }, () => signIn('burst-owner', 'wrong password')));
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5);
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(10);
  });

  it('locks a source address that tries many logins, though each only a little', async () => {
    await bench.dataSource.query('DELETE FROM sign_in_attempt');
    for (let i = 0; i < 20; i++) expect((await signIn(`guess-${i}`, 'wrong password')).statusCode).toBe(401);
    expect((await signIn('operator', PASSWORD)).statusCode).toBe(429);
    expect((await signIn('operator', PASSWORD, { remoteAddress: '192.0.2.7' })).statusCode).toBe(201);
    await bench.dataSource.query('DELETE FROM sign_in_attempt');
  });

  it('keeps no token and no password as it is', async () => {
    const [{ kept }] = await bench.dataSource.query(
      `SELECT concat((SELECT string_agg(password_hash, ' ') FROM person_secret), (SELECT string_agg(encode(token_hash, 'escape'), ' ') FROM session),
              (SELECT string_agg(body::text, ' ') FROM entry_body), (SELECT string_agg(response::text, ' ') FROM idempotency)) AS kept`,
    );
    for (const secret of [PASSWORD, bench.operator.token, 'scrypt$'.repeat(2)]) expect(kept).not.toContain(secret);
    const [{ bodies }] = await bench.dataSource.query(`SELECT count(*) AS bodies FROM entry_body WHERE body::text LIKE '%scrypt$%'`);
    expect(bodies).toBe('0');
  });

  describe('with a cookie', () => {
    let cookie: string;
    beforeAll(async () => {
      await bench.organisation('COOKIE');
      const response = await signIn('cookie-owner', PASSWORD);
      const set = String(response.headers['set-cookie']);
      expect(set).toMatch(/^daodi_session=ds_[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/);
      cookie = set.split(';')[0] as string;
    });
    const addSite = (headers: Record<string, string>) =>
      bench.app.inject({ method: 'POST', url: '/api/v1/sites', payload: { kind: 'warehouse', name: '一号库', region: '141026' }, headers: { cookie, ...headers } });

    it('changes nothing for another site, or for a browser that does not say where it comes from', async () => {
      const before = await bench.size();
      const foreign: Record<string, string>[] = [
        {}, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example' }, { origin: 'null' },
        { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' },
      ];
      for (const headers of foreign) expect((await addSite({ host: 'localhost', ...headers })).statusCode).toBe(403);
      expect(await bench.size()).toBe(before);
    });

    it('works for our own pages, and for reading', async () => {
      expect((await addSite({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(201);
      expect((await addSite({ host: 'localhost:3000', origin: 'http://localhost:3000' })).statusCode).toBe(201);
      expect((await bench.app.inject({ method: 'GET', url: '/api/v1/me', headers: { cookie } })).json().login).toBe('cookie-owner');
    });

    it('signs nobody in for another site', async () => {
      expect((await signIn('cookie-owner', PASSWORD, { headers: { origin: 'https://evil.example', host: 'localhost' } })).statusCode).toBe(403);
    });

    it('ends with the session', async () => {
      const out = await bench.app.inject({ method: 'DELETE', url: '/api/v1/sessions/current', headers: { cookie, 'sec-fetch-site': 'same-origin' } });
      expect([out.statusCode, out.headers['set-cookie']]).toEqual([204, 'daodi_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax']);
      expect((await bench.app.inject({ method: 'GET', url: '/api/v1/me', headers: { cookie } })).statusCode).toBe(401);
    });
  });

  it('ends when the session expires, when the password is set anew, and when the person ends', async () => {
    const owner = await bench.organisation('ENDING');
    const [one, two, three] = [await bench.person(owner, 'ending-1', ['warehouse']), await bench.person(owner, 'ending-2', ['warehouse']), await bench.person(owner, 'ending-3', ['warehouse'])];
    await bench.dataSource.query(`UPDATE session SET expires_at = clock_timestamp() WHERE person_id = $1`, [one.personId]);
    await bench.send(owner, 'POST', `/api/v1/people/${two.personId}/password`, { password: 'another password' });
    await bench.send(owner, 'PATCH', `/api/v1/people/${three.personId}`, { status: 'ended' });
    for (const who of [one, two, three]) expect((await bench.send(who, 'GET', '/api/v1/me')).statusCode).toBe(401);
    expect((await signIn('ending-2', PASSWORD)).statusCode).toBe(401);
    expect((await signIn('ending-2', 'another password')).statusCode).toBe(201);
    expect((await signIn('ending-3', PASSWORD)).statusCode).toBe(401);
  });
});
