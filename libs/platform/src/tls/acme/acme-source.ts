import type { Logger } from 'pino';
import { isDue, type KeyPair } from '../certificate';
import { makeStandIn } from '../issue';
import { machineNames } from '../machine-names';
import type { PlainRoute } from '../plain-door';
import type { TlsSource } from '../tls-source';
import { accountKey, keepCertificate, keptCertificate, noteAttempt } from './acme-store';
import { type AcmeAccount, type AcmePatience, type Challenges, obtainCertificate } from './obtain-certificate';

/** What is asked for, of whom. */
export interface AcmeWish extends Omit<AcmeAccount, 'accountKey'> {
  readonly host: string;
  readonly dataFolder: string;
}

/** How often it is looked whether the certificate is due, and how long a failure rests. */
export interface AcmeTimes {
  readonly lookEveryMs: number;
  /** Authorities refuse who fails too often: Let's Encrypt after five failures of a name in an hour. */
  readonly restMs: number;
  readonly patience?: AcmePatience;
}

const TIMES: AcmeTimes = { lookEveryMs: 6 * 3_600_000, restMs: 3_600_000 };

/**
 * A certificate that is asked for when there is none, and again when a third of its life is left. Until the first one
 * is there, a stand-in is served that nobody trusts; a failure leaves what is served as it is.
 */
export async function acmeSource(wish: AcmeWish, logger: Logger, times = TIMES): Promise<TlsSource> {
  const { host, dataFolder } = wish;
  const challenges: Challenges = new Map();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const pair = keptCertificate(dataFolder, host, new Date()) ?? (await makeStandIn(machineNames(host), new Date()));

  const renew = async (changed: (pair: KeyPair) => void): Promise<number> => {
    const kept = keptCertificate(dataFolder, host, new Date());
    if (kept !== undefined && !isDue(kept.facts, new Date())) return times.lookEveryMs;
    try {
      const next = await obtainCertificate({ ...wish, accountKey: await accountKey(dataFolder) }, host, challenges, times.patience);
      keepCertificate(dataFolder, next);
      noteAttempt(dataFolder, { at: new Date().toISOString() });
      if (!isClosed) changed(next);
      logger.info(`the authority gave a TLS certificate for ${host}`);
      return times.lookEveryMs;
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      noteAttempt(dataFolder, { at: new Date().toISOString(), failure });
      logger.warn(`the authority gave no TLS certificate for ${host}, what is served stays as it was: ${failure}`);
      return times.restMs;
    }
  };
  const goOn = async (changed: (pair: KeyPair) => void): Promise<void> => {
    const restMs = await renew(changed);
    if (isClosed) return;
    timer = setTimeout(() => void goOn(changed), restMs);
    timer.unref();
  };

  return {
    pair,
    routes: [challengeRoute(challenges)],
    watch: (changed) => void goOn(changed),
    close: () => {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

const CHALLENGE = /^\/\.well-known\/acme-challenge\/([A-Za-z0-9_-]+)$/;

/** RFC 8555, 8.3. A token nobody asked us to prove is a page that does not exist, and no reason to lead to https. */
function challengeRoute(challenges: Challenges): PlainRoute {
  return ({ url }) => {
    const token = CHALLENGE.exec(url.split('?')[0] as string)?.[1];
    if (token === undefined) return undefined;
    const answer = challenges.get(token);
    return { status: answer === undefined ? 404 : 200, headers: { 'Content-Type': 'application/octet-stream' }, body: answer ?? '' };
  };
}
