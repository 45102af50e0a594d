import type { QueueState } from '@daodi/platform';
import { judgeCaptures, judgeFollowers, judgeGrants, judgeMigrations, judgeServer, type ServerFacts } from './judge-database';
import { judgeAddress, judgeBox, judgeFolder, judgeNode, judgeServedCertificate } from './judge-machine';
import { judgeQueues, judgeRedis } from './judge-queues';

const GIGABYTE = 1024 ** 3;
const stateOf = (checks: readonly { name: string; state: string }[], name: string) => checks.find((check) => check.name === name)?.state;

describe('the machine', () => {
  it.each([['20.19.0', 'ok'], ['22.1.0', 'ok'], ['20.18.9', 'wrong'], ['18.20.4', 'wrong']])('Node.js %s is %s', (version, state) => {
    expect(judgeNode(version).state).toBe(state);
  });

  it('wants room on the disk, and a folder that is its own', () => {
    const folder = (more: object) => judgeFolder({ folder: '/data', exists: true, isWritable: true, isOpen: false, freeBytes: 50 * GIGABYTE, totalBytes: 100 * GIGABYTE, ...more });
    expect(folder({}).map(({ state }) => state)).toEqual(['ok', 'ok']);
    expect(stateOf(folder({ freeBytes: GIGABYTE }), 'disk')).toBe('warning');
    expect(stateOf(folder({ freeBytes: 100 * 1024 ** 2 }), 'disk')).toBe('wrong');
    expect(stateOf(folder({ isWritable: false }), 'data-folder')).toBe('wrong');
    expect(stateOf(folder({ isOpen: true }), 'data-folder')).toBe('warning');
    expect(folder({ exists: false }).map(({ state }) => state)).toEqual(['warning']);
  });

  it('tells a product that runs from one that was killed, stopped, or lost its database', () => {
    const box = (more: object) => judgeBox({ isPidStale: false, releaseMajor: 18, dataMajor: 18, ...more });
    const holder = { pid: 7, port: 3000 };
    expect(box({ holder, postmaster: 8 }).state).toBe('ok');
    expect(box({ holder }).state).toBe('wrong');
    expect(box({ postmaster: 8 }).said.en).toMatch('probably killed');
    expect(box({ isPidStale: true }).said.en).toMatch('did not stop in order');
    expect(box({ holder, postmaster: 8, dataMajor: 17 })).toMatchObject({ state: 'wrong', said: { en: expect.stringContaining('PostgreSQL 17') } });
  });

  it('says who cannot reach us, and what http lacks', () => {
    const address = (more: object) => judgeAddress({ publicUrl: 'https://trace.example.cn', isPublicUrlLoopback: false, host: '0.0.0.0', hasTls: true, hasProxy: false, ...more });
    expect(address({}).map(({ state }) => state)).toEqual(['ok']);
    expect(stateOf(address({ hasTls: false }), 'tls')).toBe('warning');
    expect(stateOf(address({ hasTls: false, hasProxy: true }), 'tls')).toBeUndefined();
    expect(stateOf(address({ host: '127.0.0.1' }), 'listening')).toBe('warning');
    expect(stateOf(address({ host: '127.0.0.1', hasProxy: true }), 'listening')).toBeUndefined();
    expect(stateOf(address({ publicUrl: 'http://localhost:3000', isPublicUrlLoopback: true }), 'public-url')).toBe('warning');
  });

  it('looks at a certificate before its users do', () => {
    const facts = { notBefore: new Date('2026-01-01'), notAfter: new Date('2026-04-01'), names: ['trace.example.cn'], matchesKey: true };
    const on = (day: string, more: object = {}, host = 'trace.example.cn') => judgeServedCertificate({ ...facts, ...more }, host, new Date(day), false).state;
    expect([on('2026-02-01'), on('2026-03-20'), on('2026-04-02'), on('2026-02-01', { matchesKey: false }), on('2026-02-01', {}, 'other.example.cn')]).toEqual(['ok', 'warning', 'wrong', 'wrong', 'warning']);
  });
});

describe('the database', () => {
  const facts: ServerFacts = { versionNumber: 180_004, bytes: 5 * GIGABYTE, fsync: 'on', synchronousCommit: 'on', fullPageWrites: 'on', connections: 20, connectionsMax: 100, clockAheadSeconds: 0.01 };
  const judged = (more: Partial<ServerFacts>) => judgeServer({ ...facts, ...more }, 18);

  it('is well', () => {
    expect(judged({}).map(({ state }) => state)).toEqual(['ok', 'ok', 'ok']);
  });
  it('must not lose what was acknowledged', () => {
    expect(stateOf(judged({ fsync: 'off' }), 'durability')).toBe('wrong');
    expect(stateOf(judged({ synchronousCommit: 'off' }), 'durability')).toBe('wrong');
    expect(stateOf(judged({ synchronousCommit: 'remote_apply' }), 'durability')).toBe('ok');
    expect(stateOf(judged({ fullPageWrites: 'off' }), 'durability')).toBe('warning');
  });
  it('should keep time, be of the major version we test on, and have connections left', () => {
    expect([3, -3, 120, -0.5].map((clockAheadSeconds) => stateOf(judged({ clockAheadSeconds }), 'clock'))).toEqual(['warning', 'warning', 'wrong', 'ok']);
    expect(judged({ clockAheadSeconds: -3 })[2]?.said.en).toBe("The database's clock is 3 s behind this machine's");
    expect(stateOf(judged({ versionNumber: 160_009 }), 'database-version')).toBe('warning');
    expect(stateOf(judged({ connections: 95 }), 'connections')).toBe('warning');
  });
  it('must hold the log against those who serve', () => {
    expect(judgeGrants({ forbidden: [], tooMighty: [], missingTriggers: [] }).state).toBe('ok');
    expect(judgeGrants({ forbidden: ['daodi_service UPDATE entry'], tooMighty: [], missingTriggers: ['entry_never_changes'] })).toMatchObject({ state: 'wrong', said: { en: expect.stringContaining('daodi_service UPDATE entry; entry_never_changes off') } });
  });
  it('should be of this release, neither older nor newer', () => {
    expect(judgeMigrations({ pending: [], unknown: [] }).state).toBe('ok');
    expect(judgeMigrations({ pending: ['A1'], unknown: [] }).todo?.en).toMatch('daodi migrate');
    expect(judgeMigrations({ pending: ['A1'], unknown: ['B2'] }).said.en).toMatch('newer release');
  });
  it('should be followed', () => {
    const at = (lagSeconds: number) => judgeFollowers([{ name: 'findings', position: 5n, behind: 7n, lagSeconds }, { name: 'history', position: 12n, behind: 0n, lagSeconds: 0 }], ['findings', 'history']).state;
    expect([at(0), at(59), at(60), at(600)]).toEqual(['ok', 'ok', 'warning', 'wrong']);
    expect(judgeFollowers([], ['findings']).state).toBe('warning');
  });
  it('should not leave documents lying', () => {
    expect([judgeCaptures({ pending: 0, oldestSeconds: 0 }), judgeCaptures({ pending: 3, oldestSeconds: 20 }), judgeCaptures({ pending: 1, oldestSeconds: 7200 })].map(({ state }) => state)).toEqual(['ok', 'ok', 'wrong']);
  });
});

describe('the queues', () => {
  const queue = (more: Partial<QueueState>): QueueState => ({ queue: 'follow', waiting: 0, active: 0, delayed: 0, failed: 0, oldestAgeSeconds: 0, ...more });

  it('need a Redis that throws nothing away', () => {
    expect(judgeRedis({ version: '7.0', maxmemoryPolicy: 'noeviction', isAppendOnly: true }).map(({ state }) => state)).toEqual(['ok']);
    expect(judgeRedis({ version: '7.0', maxmemoryPolicy: 'allkeys-lru', isAppendOnly: false }).map(({ state }) => state)).toEqual(['wrong', 'warning']);
  });
  it('should move, and bury nobody unseen', () => {
    expect(judgeQueues([queue({ waiting: 2, oldestAgeSeconds: 3 })]).map(({ state }) => state)).toEqual(['ok']);
    expect(judgeQueues([queue({ waiting: 2, oldestAgeSeconds: 3600 }), queue({ queue: 'deliver', failed: 4 })])).toMatchObject([{ state: 'wrong', said: { en: expect.stringContaining('60 min') } }, { state: 'warning', said: { en: expect.stringContaining('deliver 4') } }]);
  });
});
