import { readFileSync } from 'node:fs';
import { StartFailure, type Bilingual } from '../start-failure';
import { judgeCertificate, readCertificate, type CertificateFacts, type CertificateFault, type KeyPair } from './certificate';

/** Where a certificate and its key lie. */
export interface CertificatePaths {
  readonly certificate: string;
  readonly key: string;
}

/** A pair that can be served, with what a person should know of it all the same. */
export interface LoadedPair extends KeyPair {
  readonly facts: CertificateFacts;
  readonly warnings: readonly CertificateFault[];
}

/**
 * Reads and checks a certificate and its key.
 *
 * @param host of the public address; a certificate that does not name it is served with a warning, for a proxy or a
 *   second name may be meant
 * @throws StartFailure where they cannot be read, do not belong together, or are not valid now
 */
export function loadCertificate(paths: CertificatePaths, host: string, now: Date): LoadedPair {
  const pair = { cert: read(paths.certificate, 'DAODI_TLS_CERTIFICATE'), key: read(paths.key, 'DAODI_TLS_KEY') };
  const facts = readFacts(pair, paths);
  const faults = judgeCertificate(facts, host, now);
  const fatal = faults.filter(({ isFatal }) => isFatal);
  if (fatal.length > 0) throw unusable(paths, { zh: fatal.map(({ zh }) => zh).join('；'), en: fatal.map(({ en }) => en).join('; ') });
  return { ...pair, facts, warnings: faults };
}

function read(path: string, setting: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const [zh, en] = code === 'ENOENT' ? ['不存在', 'does not exist'] : [`无法读取（${code}）`, `cannot be read (${code})`];
    throw new StartFailure({ zh: `TLS 文件 ${path} ${zh}。请更正 ${setting} 或文件权限。`, en: `The TLS file ${path} ${en}. Correct ${setting}, or the file's permissions.` });
  }
}

function readFacts(pair: KeyPair, paths: CertificatePaths): CertificateFacts {
  try {
    return readCertificate(pair);
  } catch {
    throw unusable(paths, { zh: '不是 PEM 格式的证书链和未加密私钥', en: 'they are not a PEM certificate chain and a PEM key without a password' });
  }
}

function unusable({ certificate, key }: CertificatePaths, why: Bilingual): StartFailure {
  return new StartFailure({
    zh: `TLS 证书 ${certificate} 与私钥 ${key} 不能使用：${why.zh}。`,
    en: `The TLS certificate ${certificate} and key ${key} cannot be used: ${why.en}.`,
  });
}
