/** Makes certificates: those of an authority of our own, and a stand-in until a real one is there. */
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type { KeyPair } from './certificate';
import type { MachineNames } from './machine-names';
import { encodeNameConstraints, type Permitted } from './name-constraints';

/** P-256: what every phone in use can check, and small. */
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const NAME_CONSTRAINTS_OID = '2.5.29.30';
const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3652;
/**
 * Shorter than every limit a system sets: Apple refuses more than 825 days, also under an authority a person added
 * (Apple Support HT210176), and more than 398 under those it ships (HT211025).
 */
const SERVER_DAYS = 397;
/** A phone's clock may be behind ours. */
const BACKDATED_MS = DAY_MS;

/** Loaded when a certificate is made, which most starts do not. */
const x509 = () => import('@peculiar/x509');

/** Makes an authority that may vouch for servers of these names only, and for nothing else. @param name shown by phones */
export async function makeAuthority(name: string, permitted: Permitted, now: Date): Promise<KeyPair> {
  const { BasicConstraintsExtension, ExtendedKeyUsage, ExtendedKeyUsageExtension, Extension, KeyUsageFlags, KeyUsagesExtension, SubjectKeyIdentifierExtension, X509CertificateGenerator } = await x509();
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: [{ CN: [name] }],
    ...lasting(now, AUTHORITY_DAYS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new Extension(NAME_CONSTRAINTS_OID, true, new Uint8Array(encodeNameConstraints(permitted))),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: `${certificate.toString('pem')}\n`, key: await pemOf(keys.privateKey) };
}

/** Makes a server's certificate under an authority; the chain holds both. */
export async function makeServerCertificate(authority: KeyPair, names: MachineNames, now: Date): Promise<KeyPair> {
  const { AuthorityKeyIdentifierExtension, X509Certificate, X509CertificateGenerator } = await x509();
  const issuer = new X509Certificate(authority.cert);
  const der = PEM_BODY.exec(authority.key)?.[1] ?? '';
  const signingKey = await webcrypto.subtle.importKey('pkcs8', Buffer.from(der, 'base64'), ALGORITHM, false, ['sign']);
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: [{ CN: [names.dns.at(1) ?? 'Daodi'] }],
    issuer: issuer.subject,
    ...lasting(now, SERVER_DAYS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [...(await serverExtensions(names)), await AuthorityKeyIdentifierExtension.create(issuer)],
  });
  return { cert: `${certificate.toString('pem')}\n${authority.cert}`, key: await pemOf(keys.privateKey) };
}

/** Makes a certificate nobody trusts, so that a server can listen until it has one. */
export async function makeStandIn(names: MachineNames, now: Date): Promise<KeyPair> {
  const { X509CertificateGenerator } = await x509();
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: [{ CN: ['Daodi: no certificate yet'] }],
    ...lasting(now, SERVER_DAYS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: await serverExtensions(names),
  });
  return { cert: `${certificate.toString('pem')}\n`, key: await pemOf(keys.privateKey) };
}

async function serverExtensions({ dns, ip }: MachineNames) {
  const { BasicConstraintsExtension, ExtendedKeyUsage, ExtendedKeyUsageExtension, KeyUsageFlags, KeyUsagesExtension, SubjectAlternativeNameExtension } = await x509();
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension([...dns.map((value) => ({ type: 'dns' as const, value })), ...ip.filter((value) => isIP(value) !== 0).map((value) => ({ type: 'ip' as const, value }))]),
  ];
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

/** Positive and without leading zeros, RFC 5280, 4.1.2.2. */
const newSerial = (): string => `4${randomBytes(16).toString('hex').slice(1)}`;

const lasting = (now: Date, days: number) => ({ notBefore: new Date(now.getTime() - BACKDATED_MS), notAfter: new Date(now.getTime() - BACKDATED_MS + days * DAY_MS) });

const PEM_BODY = /-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----/;

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return `-----BEGIN PRIVATE KEY-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END PRIVATE KEY-----\n`;
}
