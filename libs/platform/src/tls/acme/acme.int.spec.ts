/** A certificate by ACME, from an authority on loopback that checks everything a real one does. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { Module } from '@nestjs/common';
import { pino } from 'pino';
import { readConfig } from '../../config';
import { serve } from '../../serve';
import { openPlainDoor, type PlainDoor } from '../plain-door';
import { readCertificate, type KeyPair } from '../certificate';
import type { TlsSource } from '../tls-source';
import { acmeSource, type AcmeTimes } from './acme-source';
import { acmeFolder, lastAttempt } from './acme-store';
import { AcmeServer } from './testing/acme-server';

const HOST = 'trace.test.example';
const PATIENCE = { minMs: 20, maxMs: 50 };
const logged: string[] = [];
const logger = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a certificate by ACME', () => {
  let folder: string;
  let port: number;
  const open: { close(): Promise<void> | void }[] = [];
  const remember = <T extends { close(): Promise<void> | void }>(thing: T): T => {
    open.push(thing);
    return thing;
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'daodi-acme-'));
    port = await freePort();
    logged.length = 0;
  });
  afterEach(async () => {
    for (const thing of open.splice(0).reverse()) await thing.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const authority = async (more: object = {}) => remember(await AcmeServer.open({ challengePort: port, lifeMs: 3_600_000, ...more }));
  const source = async (acme: AcmeServer, more: object = {}, times: AcmeTimes = { lookEveryMs: 50, restMs: 50, patience: PATIENCE }): Promise<TlsSource> =>
    remember(await acmeSource({ directory: acme.directory, email: 'ops@test.example', host: HOST, dataFolder: folder, ...more }, logger, times));
  const door = async ({ routes = [] }: TlsSource): Promise<PlainDoor> =>
    remember(await openPlainDoor({ host: '127.0.0.1', httpPort: port, publicUrl: `https://${HOST}`, isPublicUrlLoopback: false }, 443, routes));
  const next = (from: TlsSource) => new Promise<KeyPair>((resolve) => from.watch(resolve));
  const failure = async (): Promise<string> => {
    while (lastAttempt(folder)?.failure === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
    return lastAttempt(folder)?.failure as string;
  };

  it('is given, kept for the next start, and asked for again only when it is due', async () => {
    const acme = await authority();
    const tls = await source(acme);
    expect(readCertificate(tls.pair).names).toContain(HOST);
    await door(tls);
    const given = await next(tls);
    expect(given.cert.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(readCertificate(given)).toMatchObject({ names: [HOST], matchesKey: true });
    expect(acme.contacts).toEqual(['mailto:ops@test.example']);
    expect(lastAttempt(folder)).toEqual({ at: expect.any(String) });
    for (const file of ['account.key', 'server.key']) expect(statSync(join(acmeFolder(folder), file)).mode & 0o777).toBe(0o600);

    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(acme.given).toBe(1);
    expect((await source(acme)).pair).toMatchObject(given);
  });

  it('is renewed when a third of its life is left, by the same account', async () => {
    const acme = await authority({ lifeMs: 3_000 });
    const tls = await source(acme);
    await door(tls);
    const pairs: KeyPair[] = [];
    await new Promise<void>((resolve) => tls.watch((pair) => pairs.push(pair) === 2 && resolve()));
    expect(pairs[0]?.key).not.toBe(pairs[1]?.key);
    expect(acme.contacts).toHaveLength(1);
  });

  it('leaves what is served as it is when the authority does not believe it, says so, and goes on trying', async () => {
    const acme = await authority();
    const tls = await source(acme);
    // Nothing answers on the port of the challenge yet.
    const given = next(tls);
    expect(await failure()).toMatch(/the challenge was answered wrongly/);
    expect(logged.join()).toMatch('what is served stays as it was');
    await door(tls);
    expect(readCertificate(await given).names).toEqual([HOST]);
  });

  it('is bound to an account elsewhere where the authority wants one', async () => {
    const acme = await authority({ bindings: { 'kid-1': Buffer.from('a secret of both').toString('base64url') } });
    const without = await source(acme);
    const unbound = next(without);
    await door(without);
    expect(await failure()).toMatch(/external account is needed/);
    without.close();
    const bound = await source(acme, { binding: { keyId: 'kid-1', hmacKey: Buffer.from('a secret of both').toString('base64url') } });
    for (const thing of open.splice(1, 2)) await thing.close();
    await door(bound);
    expect(readCertificate(await next(bound)).names).toEqual([HOST]);
    void unbound;
  });

  it('shows nothing but what is being proven below the challenge, and leads all else to https', async () => {
    const acme = await authority();
    const { port: at } = await door(await source(acme));
    const get = (path: string) => fetch(`http://127.0.0.1:${at}${path}`, { redirect: 'manual' });
    expect((await get('/.well-known/acme-challenge/unknown')).status).toBe(404);
    expect((await get('/.well-known/acme-challenge/../../x')).status).toBe(308);
    expect((await get('/b/7K2QZ0ABCD4')).headers.get('location')).toBe(`https://${HOST}/b/7K2QZ0ABCD4`);
  });

  it('is served by a process that starts without one', async () => {
    const acme = await authority();
    const config = readConfig({
      DAODI_DATA: folder, DAODI_PORT: String(await freePort()), DAODI_HTTP_PORT: String(port), DAODI_PUBLIC_URL: `https://${HOST}`, DAODI_LOG_LEVEL: 'silent',
      DAODI_ACME_EMAIL: 'ops@test.example', DAODI_ACME_AGREE: 'on', DAODI_ACME_DIRECTORY: acme.directory,
    });
    @Module({})
    class Empty {}
    remember(await serve(config, Empty, { logger }));
    const served = () => new Promise<string>((resolve, reject) => {
      const socket = connect({ port: config.port, host: '127.0.0.1', servername: HOST, rejectUnauthorized: false }, () => {
        resolve(String(socket.getPeerCertificate().issuer.CN));
        socket.destroy();
      });
      socket.once('error', reject);
    });
    const first = await served();
    for (const until = Date.now() + 60_000; (await served()) !== 'A test authority' && Date.now() < until; ) await new Promise((resolve) => setTimeout(resolve, 100));
    expect([first, await served()]).toEqual(['Daodi: no certificate yet', 'A test authority']);
    expect(readFileSync(join(acmeFolder(folder), 'server.pem'), 'utf8')).toContain(acme.root.toString('pem').trim().split('\n')[1]);
  });
});

describe('the settings of ACME', () => {
  const right = { DAODI_ACME_EMAIL: 'ops@test.example', DAODI_ACME_AGREE: 'on', DAODI_PUBLIC_URL: 'https://trace.example.cn', DAODI_HTTP_PORT: '80' };
  it('are for Let\'s Encrypt unless another authority is named', () => {
    expect(readConfig(right).tls).toEqual({ kind: 'acme', email: 'ops@test.example', directory: 'https://acme-v02.api.letsencrypt.org/directory', binding: undefined });
    const other = { ...right, DAODI_ACME_DIRECTORY: 'https://acme.example.cn/dir', DAODI_ACME_KEY_ID: 'k', DAODI_ACME_HMAC_KEY: 'h' };
    expect(readConfig(other).tls).toMatchObject({ directory: 'https://acme.example.cn/dir', binding: { keyId: 'k', hmacKey: 'h' } });
  });
  it.each([
    [{ DAODI_ACME_AGREE: '' }, 'DAODI_ACME_AGREE'], [{ DAODI_HTTP_PORT: '' }, 'DAODI_HTTP_PORT'], [{ DAODI_PUBLIC_URL: '' }, 'DAODI_PUBLIC_URL'],
    [{ DAODI_PUBLIC_URL: 'https://192.0.2.7' }, 'DAODI_PUBLIC_URL'], [{ DAODI_ACME_KEY_ID: 'k' }, 'DAODI_ACME_HMAC_KEY'], [{ DAODI_ACME_DIRECTORY: 'http://acme.example.cn/dir' }, 'DAODI_ACME_DIRECTORY'],
    [{ DAODI_ACME_EMAIL: 'nobody' }, 'DAODI_ACME_EMAIL'],
  ])('%j is refused for %s', (more, name) => {
    expect(() => readConfig({ ...right, ...more })).toThrow(name);
  });
});
