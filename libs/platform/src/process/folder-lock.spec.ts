import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderTaken, lockFolder } from './folder-lock';

describe('lockFolder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'daodi-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const lock = () => join(folder, 'daodi.lock');

  it('gives a folder to one and tells the other on which port the first one answers', () => {
    const unlock = lockFolder(folder, 3000);
    expect(() => lockFolder(folder, 3001)).toThrow(FolderTaken);
    expect(() => lockFolder(folder, 3001)).toThrow(/already running on port 3000/);
    unlock();
    lockFolder(folder, 3001)();
  });

  it('takes over from a process that died', () => {
    const dead = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
    writeFileSync(lock(), JSON.stringify({ pid: dead, born: '1', port: 3000 }));
    lockFolder(folder, 3001)();
  });

  it('is not fooled by a process that was given the dead one\'s number', () => {
    writeFileSync(lock(), JSON.stringify({ pid: process.ppid, born: 'another birth', port: 3000 }));
    lockFolder(folder, 3001)();
  });

  it('takes over half a lock', () => {
    writeFileSync(lock(), '{"pid":');
    lockFolder(folder, 3001)();
  });

  it('gives back only its own lock', () => {
    const unlock = lockFolder(folder, 3000);
    writeFileSync(lock(), 'of somebody else');
    unlock();
    expect(readFileSync(lock(), 'utf8')).toBe('of somebody else');
  });

  it('says in a sentence that a file is in the way', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => lockFolder(join(folder, 'file'), 3000)).toThrow(/There is a file where the data folder/);
    expect(() => lockFolder(join(folder, 'file', 'below'), 3000)).toThrow(/There is a file where the data folder/);
  });
});
