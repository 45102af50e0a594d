/** What is kept of ACME in the data folder, readable by the product's own user only. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { covers, readCertificate, type CertificateFacts, type KeyPair } from '../certificate';
import { keep, keepPair } from '../keep';
import { newAccountKey } from './obtain-certificate';

/** How the last attempt went. */
export interface AcmeAttempt {
  readonly at: string;
  /** Absent where it succeeded. */
  readonly failure?: string;
}

/** The folder of a data folder in which all of it lies. */
export const acmeFolder = (dataFolder: string): string => join(dataFolder, 'tls', 'acme');

/** The certificate kept for a host, if it can be served now. */
export function keptCertificate(dataFolder: string, host: string, now: Date): (KeyPair & { readonly facts: CertificateFacts }) | undefined {
  try {
    const read = (file: string) => readFileSync(join(acmeFolder(dataFolder), file), 'utf8');
    const pair = { cert: read('server.pem'), key: read('server.key') };
    const facts = readCertificate(pair);
    return facts.matchesKey && facts.notAfter > now && covers(facts.names, host) ? { ...pair, facts } : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a certificate for the next start. */
export const keepCertificate = (dataFolder: string, pair: KeyPair): void => keepPair(acmeFolder(dataFolder), 'server', pair);

/** The account's key, made at first use. */
export async function accountKey(dataFolder: string): Promise<string> {
  const path = join(acmeFolder(dataFolder), 'account.key');
  if (existsSync(path)) return readFileSync(path, 'utf8');
  const key = await newAccountKey();
  keep(acmeFolder(dataFolder), 'account.key', key);
  return key;
}

/** Notes how an attempt went, for the doctor. */
export const noteAttempt = (dataFolder: string, attempt: AcmeAttempt): void => keep(acmeFolder(dataFolder), 'attempt.json', `${JSON.stringify(attempt)}\n`);

/** How the last attempt went; undefined where there was none. */
export function lastAttempt(dataFolder: string): AcmeAttempt | undefined {
  try {
    return JSON.parse(readFileSync(join(acmeFolder(dataFolder), 'attempt.json'), 'utf8')) as AcmeAttempt;
  } catch {
    return undefined;
  }
}
