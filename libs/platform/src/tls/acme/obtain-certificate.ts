/** One certificate from an authority that speaks ACME (RFC 8555), proven by http-01. */
import type { KeyPair } from '../certificate';

/** With whom, for whom, and as whom. */
export interface AcmeAccount {
  /** Address of the authority's directory. */
  readonly directory: string;
  /** Where the authority writes to. */
  readonly email: string;
  /** PEM; the same for ever, or the authority takes us for somebody new. */
  readonly accountKey: string;
  /** External account binding, where the authority wants one (RFC 8555, 7.3.4). */
  readonly binding?: { readonly keyId: string; readonly hmacKey: string };
}

/** What must be answered below `/.well-known/acme-challenge/` while a certificate is asked for: token → key authorisation. */
export type Challenges = Map<string, string>;

/** How long the authority is waited for, in milliseconds between two questions. */
export interface AcmePatience {
  readonly minMs: number;
  readonly maxMs: number;
}

const PATIENCE: AcmePatience = { minMs: 2_000, maxMs: 30_000 };

/**
 * Asks for a certificate for one host name, with a key of its own.
 *
 * @param challenges answered on port 80 of the host; filled and emptied here
 * @throws Error of the authority or the network; nothing was changed then
 */
export async function obtainCertificate(account: AcmeAccount, host: string, challenges: Challenges, patience = PATIENCE): Promise<KeyPair> {
  // Loaded when a certificate is due, which most starts do not see.
  const acme = await import('acme-client');
  const client = new acme.Client({
    directoryUrl: account.directory,
    accountKey: account.accountKey,
    externalAccountBinding: account.binding && { kid: account.binding.keyId, hmacKey: account.binding.hmacKey },
    backoffMin: patience.minMs,
    backoffMax: patience.maxMs,
  });
  const [key, csr] = await acme.crypto.createCsr({ commonName: host, altNames: [host] }, await acme.crypto.createPrivateEcdsaKey());
  const cert = await client.auto({
    csr,
    email: account.email,
    termsOfServiceAgreed: true,
    challengePriority: ['http-01'],
    // Asking ourselves first would go through our own router, which often leads nowhere from inside.
    skipChallengeVerification: true,
    challengeCreateFn: async (_authorisation, challenge, keyAuthorisation) => void challenges.set(challenge.token, keyAuthorisation),
    challengeRemoveFn: async (_authorisation, challenge) => void challenges.delete(challenge.token),
  });
  return { cert, key: key.toString() };
}

/** A key for a new account. */
export async function newAccountKey(): Promise<string> {
  const acme = await import('acme-client');
  return (await acme.crypto.createPrivateEcdsaKey()).toString();
}
