/** Looks at the machine; changes nothing. */
import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { acmeFolder, type CertificateFacts, type Config, folderHolder, livingPostmaster, localTlsFolder, POSTGRES_MAJOR, readCertificate } from '@daodi/platform';
import type { BoxFacts, FolderFacts } from './judge-machine';

export function probeFolder(folder: string): FolderFacts {
  const exists = existsSync(folder);
  const there = existing(folder);
  const { bavail, blocks, bsize } = statfsSync(there);
  return { folder, exists, isWritable: mayWrite(there), isOpen: exists && (statSync(folder).mode & 0o077) !== 0, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** The folder itself, or the nearest above it that exists. */
function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder));
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function probeBox(folder: string): BoxFacts {
  const data = join(folder, 'postgres');
  const postmaster = livingPostmaster(data);
  const versionFile = join(data, 'PG_VERSION');
  return {
    holder: folderHolder(folder),
    postmaster,
    isPidStale: postmaster === undefined && existsSync(join(data, 'postmaster.pid')),
    dataMajor: existsSync(versionFile) ? Number(readFileSync(versionFile, 'utf8')) : undefined,
    releaseMajor: POSTGRES_MAJOR,
  };
}

/** The certificate a start would serve now; undefined where http is served. @throws Error where it cannot be read */
export function probeCertificate({ tls, dataFolder }: Pick<Config, 'tls' | 'dataFolder'>): CertificateFacts | undefined {
  switch (tls?.kind) {
    case undefined:
      return undefined;
    case 'files':
      return factsOf(tls.certificate, tls.key);
    case 'local':
      return factsOf(join(localTlsFolder(dataFolder), 'server.pem'), join(localTlsFolder(dataFolder), 'server.key'));
    case 'acme':
      return factsOf(join(acmeFolder(dataFolder), 'server.pem'), join(acmeFolder(dataFolder), 'server.key'));
  }
}

const factsOf = (cert: string, key: string): CertificateFacts => readCertificate({ cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') });
