/** TLS without the internet: an authority of this machine's own, and a certificate under it for each name it has. */
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { covers, isDue, readCertificate, type KeyPair } from './certificate';
import { makeAuthority, makeServerCertificate } from './issue';
import { keep, keepPair } from './keep';
import type { MachineNames } from './machine-names';
import { permits, permittedFor, type Permitted } from './name-constraints';

/** What a phone is given to trust; nothing in it is secret. */
export interface LocalAuthority {
  readonly pem: string;
  /** Bytes of the certificate, for download. */
  readonly der: Buffer;
  /** SHA-256 as phones show it: hex pairs with colons. */
  readonly fingerprint: string;
  /** As phones list it. */
  readonly name: string;
  readonly notAfter: Date;
}

/** What is served under the authority. */
export interface LocalTls {
  readonly authority: LocalAuthority;
  readonly pair: KeyPair;
  /** Names this machine has but its authority may not vouch for; `--new-authority` makes one that may. */
  readonly leftOut: readonly string[];
}

/** The folder of a data folder in which all of it lies. */
export const localTlsFolder = (dataFolder: string): string => join(dataFolder, 'tls', 'local');

/** Whether `daodi tls local` was run here and not undone. */
export const hasLocalTls = (dataFolder: string): boolean => existsSync(join(localTlsFolder(dataFolder), 'server.pem'));

/**
 * Makes sure of the authority and of a certificate under it that stands for every one of these names and has more
 * than a third of its life before it. What still serves is kept, so phones need not trust anew.
 *
 * @throws Error of the file system where the folder cannot be written
 */
export async function ensureLocalTls(dataFolder: string, names: MachineNames, now: Date, { newAuthority = false } = {}): Promise<LocalTls> {
  const folder = localTlsFolder(dataFolder);
  if (newAuthority || !hasAuthority(folder, now)) await renewAuthority(folder, names, now);
  const authority = readPair(folder, 'authority');
  const permitted = JSON.parse(readFileSync(join(folder, 'authority.json'), 'utf8')) as Permitted;
  const mine = { dns: names.dns.filter((name) => permits(permitted, name)), ip: names.ip.filter((address) => permits(permitted, address)) };
  if (!servesStill(folder, mine, now)) keepPair(folder, 'server', await makeServerCertificate(authority, mine, now));
  const leftOut = [...names.dns, ...names.ip].filter((name) => !permits(permitted, name));
  return { authority: describe(authority.cert), pair: readPair(folder, 'server'), leftOut };
}

/** Lets the next start serve without it. The authority stays, so that phones that trust it need not trust another. */
export function dropLocalTls(dataFolder: string): void {
  for (const file of ['server.pem', 'server.key']) rmSync(join(localTlsFolder(dataFolder), file), { force: true });
}

async function renewAuthority(folder: string, names: MachineNames, now: Date): Promise<void> {
  const permitted = permittedFor(names);
  const year = now.getUTCFullYear();
  const authority = await makeAuthority(`Daodi ${names.dns.at(1) ?? 'local'} ${year}`, permitted, now);
  for (const file of ['server.pem', 'server.key']) rmSync(join(folder, file), { force: true });
  keepPair(folder, 'authority', authority);
  keep(folder, 'authority.json', `${JSON.stringify(permitted, null, 2)}\n`);
}

function hasAuthority(folder: string, now: Date): boolean {
  if (!existsSync(join(folder, 'authority.json'))) return false;
  try {
    const { matchesKey, notAfter } = readCertificate(readPair(folder, 'authority'));
    return matchesKey && notAfter > now;
  } catch {
    return false;
  }
}

function servesStill(folder: string, { dns, ip }: MachineNames, now: Date): boolean {
  try {
    const facts = readCertificate(readPair(folder, 'server'));
    return facts.matchesKey && !isDue(facts, now) && [...dns, ...ip].every((name) => covers(facts.names, name));
  } catch {
    return false;
  }
}

const readPair = (folder: string, name: string): KeyPair => ({
  cert: readFileSync(join(folder, `${name}.pem`), 'utf8'),
  key: readFileSync(join(folder, `${name}.key`), 'utf8'),
});

function describe(pem: string): LocalAuthority {
  const { raw, fingerprint256, subject, validTo } = new X509Certificate(pem);
  return { pem, der: raw, fingerprint: fingerprint256, name: subject.replace(/^CN=/, ''), notAfter: new Date(validTo) };
}
