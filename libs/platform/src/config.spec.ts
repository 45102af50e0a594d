import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readConfig } from './config';
import { StartFailure } from './start-failure';

describe('readConfig', () => {
  it('needs no setting at all', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      isPublicUrlLoopback: true,
      dataFolder: resolve('.daodi'),
      demo: undefined,
      database: undefined,
      redisUrl: undefined,
      captureEventsMax: 10_000,
      captureBytesMax: 50 * 1024 * 1024,
    });
  });

  it('takes an empty setting for an absent one', () => {
    expect(readConfig({ DAODI_PORT: '', DAODI_DEMO: ' ', DATABASE_URL: '' })).toEqual(readConfig({}));
  });

  it('names every bad setting at once, in both languages, and no password', () => {
    const bad = { DAODI_PORT: '99999', DAODI_DEMO: 'yes', REDIS_URL: 'http://:secret@redis', DAODI_PUBLIC_URL: 'https://example.cn/path', DAODI_LOG_LEVEL: 'loud' };
    let failure: unknown;
    try {
      readConfig(bad);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(StartFailure);
    const { zh, en } = (failure as StartFailure).sentence;
    for (const name of Object.keys(bad)) {
      expect(zh).toMatch(name);
      expect(en).toMatch(name);
    }
    expect(en).toMatch('whole number from 1 to 65535');
    expect(zh + en).not.toMatch('secret');
  });

  it.each(['3000.5', '-1', '0x10', '1e3', 'abc'])('refuses the port %s', (port) => {
    expect(() => readConfig({ DAODI_PORT: port })).toThrow('DAODI_PORT');
  });

  it('tells an address of the world from one of this machine', () => {
    expect(readConfig({ DAODI_PUBLIC_URL: 'https://trace.example.cn/' })).toMatchObject({ publicUrl: 'https://trace.example.cn', isPublicUrlLoopback: false });
    for (const url of ['http://127.0.0.7:80', 'http://[::1]:3000', 'http://daodi.localhost']) {
      expect(readConfig({ DAODI_PUBLIC_URL: url }).isPublicUrlLoopback).toBe(true);
    }
  });

  it('takes addresses, networks and three names for proxies, and nothing a client could stand for by mistake', () => {
    expect(readConfig({ DAODI_TRUST_PROXY: 'loopback, 10.0.0.0/8,fd00::1' }).trustedProxies).toEqual(['loopback', '10.0.0.0/8', 'fd00::1']);
    for (const bad of ['true', '1', '*', '0.0.0.0/0', '10.0.0.0/33', 'proxy.example.cn']) expect(() => readConfig({ DAODI_TRUST_PROXY: bad })).toThrow('DAODI_TRUST_PROXY');
  });

  it('wants the service role where any role of a database is named', () => {
    expect(() => readConfig({ DAODI_DATABASE_OWNER_URL: 'postgres://owner@db/daodi' })).toThrow('DATABASE_URL');
    const { database } = readConfig({ DATABASE_URL: 'postgres://service@db/daodi' });
    expect(database).toEqual({ serviceUrl: 'postgres://service@db/daodi', ownerUrl: undefined, resolverUrl: 'postgres://service@db/daodi' });
  });

  it('takes a setting from a file where one is named, and says so where it cannot be read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'daodi-config-'));
    const path = join(folder, 'database-url');
    writeFileSync(path, 'postgres://service:secret@db/daodi\n');
    expect(readConfig({ DATABASE_URL_FILE: path }).database?.serviceUrl).toBe('postgres://service:secret@db/daodi');
    expect(readConfig({ DATABASE_URL: 'postgres://typed@db/daodi', DATABASE_URL_FILE: path }).database?.serviceUrl).toBe('postgres://typed@db/daodi');
    writeFileSync(path, '\n');
    expect(() => readConfig({ DATABASE_URL_FILE: path })).toThrow('DATABASE_URL_FILE');
    rmSync(folder, { recursive: true });
    expect(() => readConfig({ DATABASE_URL_FILE: path })).toThrow('DATABASE_URL_FILE');
  });

  it('does not repeat a key that was handed over where its path belongs', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'daodi-config-')), 'key.pem');
    writeFileSync(path, '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n');
    const start = () => readConfig({ DAODI_TLS_CERTIFICATE: 'chain.pem', DAODI_TLS_KEY_FILE: path });
    expect(start).toThrow('DAODI_TLS_KEY');
    expect(start).not.toThrow('c2VjcmV0');
  });
});
