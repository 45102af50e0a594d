/** What there is to know of a certificate before it is served, and what is wrong with it. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Bilingual } from '../start-failure';

/** A certificate with what must follow it, and its key; both PEM. */
export interface KeyPair {
  /** The server's own certificate first, then those between it and the root. */
  readonly cert: string;
  readonly key: string;
}

/** What a certificate says of itself. */
export interface CertificateFacts {
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Host names and addresses it stands for; `*.example.cn` for every name one label below. */
  readonly names: readonly string[];
  readonly matchesKey: boolean;
}

/** Something that is wrong with a certificate; `isFatal` where no browser could be served with it. */
export interface CertificateFault extends Bilingual {
  readonly isFatal: boolean;
}

/**
 * Reads a certificate and its key.
 *
 * @throws Error of node:crypto where either is no PEM of its kind, or the key is locked by a password
 */
export function readCertificate({ cert, key }: KeyPair): CertificateFacts {
  const certificate = new X509Certificate(cert);
  return {
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
    names: namesOf(certificate.subjectAltName),
    matchesKey: certificate.checkPrivateKey(createPrivateKey(key)),
  };
}

function namesOf(alternatives: string | undefined): string[] {
  return [...(alternatives ?? '').matchAll(/(?:DNS|IP Address):([^,\s"]+)/g)].map(([, name]) => (name as string).toLowerCase());
}

/**
 * Judges a certificate.
 *
 * @param host of the public address, as a URL writes it
 */
export function judgeCertificate({ notBefore, notAfter, names, matchesKey }: CertificateFacts, host: string, now: Date): CertificateFault[] {
  const faults: CertificateFault[] = [];
  if (!matchesKey) faults.push({ isFatal: true, zh: '私钥与证书不配对', en: 'the key is not the one of the certificate' });
  if (notAfter <= now) faults.push({ isFatal: true, zh: `证书已于 ${day(notAfter)} 过期`, en: `the certificate expired on ${day(notAfter)}` });
  if (notBefore > now) faults.push({ isFatal: true, zh: `证书从 ${day(notBefore)} 起才有效，请核对本机时钟`, en: `the certificate is not valid before ${day(notBefore)}; check this machine's clock` });
  if (!covers(names, host)) faults.push({ isFatal: false, zh: `证书不含 DAODI_PUBLIC_URL 的主机 ${host}（只有 ${names.join('、') || '无'}）`, en: `the certificate does not name the host of DAODI_PUBLIC_URL, ${host} (it names ${names.join(', ') || 'nothing'})` });
  return faults;
}

/** Whether a certificate with these names is good for a host (RFC 6125, 6.4: a star is one whole leftmost label). */
export function covers(names: readonly string[], host: string): boolean {
  const wanted = host.toLowerCase().replace(/^\[|\]$/g, '');
  if (isIP(wanted) !== 0) return names.some((name) => isIP(name) !== 0 && sameAddress(name, wanted));
  const parent = wanted.replace(/^[^.]+/, '*');
  return names.some((name) => name === wanted || (name === parent && parent.includes('.')));
}

/** IPv6 addresses have many spellings; a URL writes the shortest. */
const sameAddress = (one: string, other: string): boolean => addressOf(one) === addressOf(other);
const addressOf = (text: string): string => (isIP(text) === 6 ? new URL(`http://[${text}]`).hostname : text);

/** Whether only a third of its life, or less, is left: time for the next one. */
export function isDue({ notBefore, notAfter }: Pick<CertificateFacts, 'notBefore' | 'notAfter'>, now: Date): boolean {
  return notAfter.getTime() - now.getTime() <= (notAfter.getTime() - notBefore.getTime()) / 3;
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
