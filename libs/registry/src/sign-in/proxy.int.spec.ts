/** Behind a proxy, and beside one. */
import { makeOwnerLink } from '../setup/owner-link';
import { RegistryBench } from '../testing/registry-bench';

const PROXY = '10.1.2.3';
const VISITOR = '198.51.100.7';

describe('behind a proxy we were told to trust', () => {
  let bench: RegistryBench;
  beforeAll(async () => {
    bench = await RegistryBench.open([], true, { DAODI_TRUST_PROXY: '10.1.2.0/24', DAODI_PUBLIC_URL: 'https://trace.example.cn' });
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.dataSource.query('DELETE FROM sign_in_attempt'));

  const signIn = (login: string, remoteAddress: string, forwarded?: string) =>
    bench.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { login, password: 'wrong' }, remoteAddress, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded, 'x-forwarded-proto': 'https' } });

  it('locks the visitor who guesses, and not everybody behind the proxy', async () => {
    for (let i = 0; i < 20; i++) expect((await signIn(`guess-${i}`, PROXY, VISITOR)).statusCode).toBe(401);
    expect((await signIn('guess-20', PROXY, VISITOR)).statusCode).toBe(429);
    expect((await signIn('guess-21', PROXY, '198.51.100.8')).statusCode).toBe(401);
  });

  it('is not told another address by the visitor itself', async () => {
    for (let i = 0; i < 20; i++) await signIn(`guess-${i}`, PROXY, `203.0.113.${i}, ${VISITOR}`);
    expect((await signIn('guess-20', PROXY, `203.0.113.99, ${VISITOR}`)).statusCode).toBe(429);
    for (let i = 0; i < 20; i++) await signIn(`other-${i}`, '192.0.2.1', `203.0.113.${i}`);
    expect((await signIn('other-20', '192.0.2.1', '203.0.113.99')).statusCode).toBe(429);
  });

  it('knows that the visitor came by https', async () => {
    const setCookie = async (remoteAddress: string) => {
      const answer = await bench.app.inject({ method: 'GET', url: '/healthz', remoteAddress, headers: { 'x-forwarded-proto': 'https' } });
      return answer.headers['strict-transport-security'];
    };
    expect(await setCookie(PROXY)).toBe('max-age=15552000');
    expect(await setCookie('192.0.2.1')).toBeUndefined();
  });
});

describe('without one', () => {
  let bench: RegistryBench;
  beforeAll(async () => {
    bench = await RegistryBench.open();
  });
  afterAll(() => bench.close());

  it('believes nobody about where a request came from', async () => {
    const signIn = (i: number) => bench.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { login: `guess-${i}`, password: 'wrong' }, remoteAddress: PROXY, headers: { 'x-forwarded-for': `203.0.113.${i}` } });
    for (let i = 0; i < 20; i++) await signIn(i);
    expect((await signIn(20)).statusCode).toBe(429);
  });

  it('says on a page that came unencrypted from another machine what is off, and in no answer to a program', async () => {
    const owner = await bench.organisation('PLAIN');
    const { pathname, search } = new URL(await makeOwnerLink(bench.dataSource, { publicUrl: 'http://localhost:3000' }, owner.organisationId, owner.personId));
    const get = (url: string, remoteAddress: string, headers: Record<string, string> = {}) => bench.app.inject({ method: 'GET', url, remoteAddress, headers });
    for (const url of [pathname + search, '/setup?token=x', '/api/docs/swagger-ui-init.js']) {
      expect([url, (await get(url, '192.168.1.9')).body.includes('passwords travel readable')]).toEqual([url, true]);
      expect([url, (await get(url, '127.0.0.1')).body.includes('passwords travel readable')]).toEqual([url, false]);
      expect([url, (await get(url, '192.168.1.9', { 'x-forwarded-proto': 'https' })).body.includes('passwords travel readable')]).toEqual([url, false]);
    }
    for (const url of ['/api/openapi.json', '/api/v1/me']) expect((await get(url, '192.168.1.9')).body).not.toContain('passwords travel readable');
  });
});
