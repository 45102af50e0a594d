/** https as a browser meets it: real handshakes, checked against the authority that signed. */
import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { Controller, Get, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { type Config, readConfig } from '../config';
import { serve } from '../serve';
import { StartFailure } from '../start-failure';
import type { KeyPair } from './certificate';
import { makeAuthority, makeServerCertificate } from './issue';
import { dropLocalTls, ensureLocalTls, hasLocalTls, localTlsFolder } from './local-tls';
import { permittedFor } from './name-constraints';
import { openTls } from './tls-source';

@Controller()
class HelloController {
  @Get('hello')
  hello(): object {
    return { hello: '道地' };
  }
}
@Module({ controllers: [HelloController] })
class HelloModule {}

const NAMES = { dns: ['localhost', 'box.local'], ip: ['127.0.0.1'] };
const quiet = pino({ level: 'silent' });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** One request with its own connection; `serial` tells which certificate was served. */
function get(url: string, options: { ca?: string; headers?: Record<string, string> } = {}): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer; serial?: string }> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? request : plainRequest;
    const sent = send(url, { ...options, agent: false }, (response) => {
      const { socket } = response;
      const serial = url.startsWith('https:') ? (socket as TLSSocket).getPeerCertificate().serialNumber : undefined;
      const parts: Buffer[] = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode as number, headers: response.headers, body: Buffer.concat(parts), serial }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('https', () => {
  let folder: string;
  let authority: KeyPair;
  let app: NestFastifyApplication | undefined;
  const path = (name: string) => join(folder, name);
  const write = ({ cert, key }: KeyPair) => {
    writeFileSync(path('cert.pem'), cert);
    writeFileSync(path('key.pem'), key);
  };
  const settings = async (more: Record<string, string> = {}): Promise<Config> =>
    readConfig({ DAODI_DATA: folder, DAODI_PORT: String(await freePort()), DAODI_HTTP_PORT: String(await freePort()), DAODI_LOG_LEVEL: 'silent', ...more });
  const files = () => ({ DAODI_TLS_CERTIFICATE: path('cert.pem'), DAODI_TLS_KEY: path('key.pem') });
  const open = async (config: Config) => {
    app = await serve(config, HelloModule, { logger: quiet });
  };

  beforeAll(async () => {
    authority = await makeAuthority('a test authority', permittedFor(NAMES), new Date());
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'daodi-tls-'));
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  it('serves a certificate by files, and the next one without a restart', async () => {
    write(await makeServerCertificate(authority, NAMES, new Date()));
    const config = await settings(files());
    expect(config.publicUrl).toBe(`https://localhost:${config.port}`);
    const tls = await openTls(config, quiet, 50);
    const first = tls!.pair;
    const changed = new Promise<KeyPair>((resolve) => tls!.watch(resolve));

    await open(config);
    const before = await get(`https://localhost:${config.port}/hello`, { ca: authority.cert });
    expect([before.status, JSON.parse(before.body.toString())]).toEqual([200, { hello: '道地' }]);
    await expect(get(`https://localhost:${config.port}/hello`)).rejects.toThrow(/self[- ]signed certificate/);

    // Renewers put a file beside the old one and move it; in between certificate and key do not belong together.
    const next = await makeServerCertificate(authority, NAMES, new Date());
    writeFileSync(path('cert.new'), next.cert);
    renameSync(path('cert.new'), path('cert.pem'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    writeFileSync(path('key.pem'), next.key);
    expect((await changed).cert).toBe(next.cert);
    expect(first.cert).not.toBe(next.cert);
    tls!.close();
  });

  it('swaps the certificate of a server that is listening', async () => {
    write(await makeServerCertificate(authority, NAMES, new Date()));
    const config = await settings(files());
    await open(config);
    const url = `https://localhost:${config.port}/hello`;
    const { serial } = await get(url, { ca: authority.cert });
    write(await makeServerCertificate(authority, NAMES, new Date()));
    for (const until = Date.now() + 30_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 250))) {
      if ((await get(url, { ca: authority.cert })).serial !== serial) return;
    }
    throw new Error('the old certificate is still served after half a minute');
  });

  it('leads from the plain port to the same path by https, as the browser called the machine, and to no other', async () => {
    write(await makeServerCertificate(authority, NAMES, new Date()));
    const config = await settings(files());
    await open(config);
    const plain = `http://127.0.0.1:${config.httpPort}`;
    const led = await get(`${plain}/p/b/7K2QZ0ABCD4?lang=zh`, { headers: { host: 'box.local:8080' } });
    expect([led.status, led.headers.location]).toEqual([308, `https://box.local:${config.port}/p/b/7K2QZ0ABCD4?lang=zh`]);
    expect(led.headers['strict-transport-security']).toBeUndefined();
    expect((await get(`${plain}//evil.example/`)).status).toBe(400);
    expect((await get(`${plain}/`, { headers: { host: 'user@evil.example' } })).status).toBe(400);
    expect((await get(`${plain}/trust`)).headers.location).toMatch(/^https:/);
    expect((await get(`https://localhost:${config.port}/trust`, { ca: authority.cert })).status).toBe(404);
  });

  it('leads to the public address where there is one, and says there to come by https for good', async () => {
    write(await makeServerCertificate(authority, { dns: ['localhost', 'trace.box.local'], ip: [] }, new Date()));
    const config = await settings({ ...files(), DAODI_PUBLIC_URL: 'https://trace.box.local' });
    await open(config);
    expect((await get(`http://127.0.0.1:${config.httpPort}/x`)).headers.location).toBe('https://trace.box.local/x');
    const secure = await get(`https://localhost:${config.port}/hello`, { ca: authority.cert });
    expect(secure.headers['strict-transport-security']).toBe('max-age=15552000');
  });

  it('refuses in one sentence what cannot be served', async () => {
    const refusal = async (more: Record<string, string> = {}) => {
      const error: unknown = await openTls(await settings({ ...files(), ...more }), quiet).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(StartFailure);
      return (error as StartFailure).sentence;
    };
    expect((await refusal()).en).toBe(`The TLS file ${path('cert.pem')} does not exist. Correct DAODI_TLS_CERTIFICATE, or the file's permissions.`);
    write({ cert: 'none', key: 'none' });
    expect((await refusal()).zh).toMatch('不是 PEM 格式');
    const [one, other] = [await makeServerCertificate(authority, NAMES, new Date()), await makeServerCertificate(authority, NAMES, new Date())];
    write({ cert: one.cert, key: other.key });
    expect((await refusal()).en).toMatch('the key is not the one of the certificate');
    write(await makeServerCertificate(authority, NAMES, new Date('2020-01-01T00:00:00Z')));
    expect((await refusal()).en).toMatch(/expired on 2021-01-31/);
    expect(() => readConfig({ DAODI_TLS_KEY: 'key.pem' })).toThrow(/DAODI_TLS_CERTIFICATE/);
    expect(() => readConfig({ DAODI_HTTP_PORT: '80' })).toThrow(/DAODI_HTTP_PORT.*TLS/);
  });

  describe('under an authority of the machine\'s own', () => {
    it('is served once it was made, shows a phone what to trust on both ports, and is never for good', async () => {
      expect(readConfig({ DAODI_DATA: folder }).publicUrl).toBe('http://localhost:3000');
      const made = await ensureLocalTls(folder, NAMES, new Date());
      const config = await settings();
      await open(config);
      const secure = await get(`https://localhost:${config.port}/hello`, { ca: made.authority.pem });
      expect([secure.status, secure.headers['strict-transport-security']]).toEqual([200, undefined]);

      const page = await get(`http://127.0.0.1:${config.httpPort}/trust`, { headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 14)', host: '192.168.1.5' } });
      const html = page.body.toString();
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(html).toMatch(/<details open><summary>安卓/);
      expect(html).toContain(made.authority.fingerprint.slice(0, 23).replace(/:/g, ' '));
      expect(html).toContain(`http://192.168.1.5:${config.httpPort}/trust`);
      expect(html).not.toContain('<script');
      expect((await get(`https://localhost:${config.port}/trust?lang=en`, { ca: made.authority.pem })).body.toString()).toContain('Certificate Trust Settings');

      const file = await get(`http://127.0.0.1:${config.httpPort}/trust/daodi-ca.crt`);
      expect(file.headers['content-type']).toBe('application/x-x509-ca-cert');
      expect(file.body.equals(made.authority.der)).toBe(true);
      expect((await get(`http://127.0.0.1:${config.httpPort}/hello`)).status).toBe(308);
    });

    it('is the same at every start, follows the machine to a new address, and lasts by renewing in time', async () => {
      const now = new Date();
      const first = await ensureLocalTls(folder, NAMES, now);
      expect(await ensureLocalTls(folder, NAMES, now)).toEqual(first);
      const moved = await ensureLocalTls(folder, { ...NAMES, ip: ['127.0.0.1', '192.168.7.7'] }, now);
      expect([moved.authority.fingerprint, moved.pair.cert === first.pair.cert]).toEqual([first.authority.fingerprint, false]);
      const later = await ensureLocalTls(folder, NAMES, new Date(now.getTime() + 300 * 86_400_000));
      expect([later.authority.fingerprint, later.pair.cert === moved.pair.cert]).toEqual([first.authority.fingerprint, false]);
    });

    it('vouches for no other name; a machine that is called one says so until a new authority is made', async () => {
      const old = await ensureLocalTls(folder, NAMES, new Date());
      const abroad = { dns: [...NAMES.dns, 'trace.example.cn'], ip: NAMES.ip };
      expect((await ensureLocalTls(folder, abroad, new Date())).leftOut).toEqual(['trace.example.cn']);
      const anew = await ensureLocalTls(folder, abroad, new Date(), { newAuthority: true });
      expect(anew.leftOut).toEqual([]);
      expect(anew.authority.fingerprint).not.toBe(old.authority.fingerprint);

      // Were its key stolen, a certificate for a bank would still be refused by whoever trusts it.
      const stolen = { cert: readFileSync(join(localTlsFolder(folder), 'authority.pem'), 'utf8'), key: readFileSync(join(localTlsFolder(folder), 'authority.key'), 'utf8') };
      write(await makeServerCertificate(stolen, { dns: ['localhost', 'bank.example.com'], ip: [] }, new Date()));
      const config = await settings(files());
      await open(config);
      await expect(get(`https://localhost:${config.port}/hello`, { ca: stolen.cert })).rejects.toThrow(/permitted subtree violation/);
    });

    it('keeps its keys to itself, and its authority when it is no longer used', async () => {
      await ensureLocalTls(folder, NAMES, new Date());
      for (const file of ['authority.key', 'server.key']) expect(statSync(join(localTlsFolder(folder), file)).mode & 0o777).toBe(0o600);
      expect(statSync(localTlsFolder(folder)).mode & 0o777).toBe(0o700);
      dropLocalTls(folder);
      expect(hasLocalTls(folder)).toBe(false);
      expect(statSync(join(localTlsFolder(folder), 'authority.key')).size).toBeGreaterThan(0);
    });
  });
});
