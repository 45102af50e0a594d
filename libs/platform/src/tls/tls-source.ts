/** Where the certificate of a running server comes from, and how it gets the next one without a restart. */
import { unwatchFile, watchFile } from 'node:fs';
import type { Logger } from 'pino';
import type { Config } from '../config';
import { StartFailure } from '../start-failure';
import { acmeSource } from './acme/acme-source';
import type { KeyPair } from './certificate';
import { loadCertificate, type CertificatePaths } from './certificate-files';
import { ensureLocalTls, type LocalAuthority } from './local-tls';
import { machineNames } from './machine-names';
import type { PlainRoute } from './plain-door';

/** Certificate and key now, and word of the next ones. */
export interface TlsSource {
  readonly pair: KeyPair;
  /** What a phone must trust, where the authority is this machine's own. */
  readonly authority?: LocalAuthority;
  /** What must be answered over plain http besides. */
  readonly routes?: readonly PlainRoute[];
  /** Calls back with each new pair from now on. */
  watch(changed: (pair: KeyPair) => void): void;
  close(): void;
}

type TlsConfig = Pick<Config, 'tls' | 'publicUrl' | 'dataFolder'>;

/** How often the files are looked at, in milliseconds. Looked at and not listened to: renewers replace files, or links to them. */
const LOOK_EVERY_MS = 10_000;
/** How often the life left to a certificate of our own is looked at. */
const RENEW_EVERY_MS = 6 * 3_600_000;

/**
 * Gets what the settings name.
 *
 * @returns undefined where plain http is served
 * @throws StartFailure with a sentence about the file that cannot be used
 */
export async function openTls(config: TlsConfig, logger: Logger, lookEveryMs = LOOK_EVERY_MS): Promise<TlsSource | undefined> {
  switch (config.tls?.kind) {
    case undefined:
      return undefined;
    case 'files':
      return fromFiles(config.tls, hostOf(config), logger, lookEveryMs);
    case 'local':
      return fromLocal(config, logger);
    case 'acme':
      return acmeSource({ ...config.tls, host: hostOf(config), dataFolder: config.dataFolder }, logger);
  }
}

/** Finds out whether a certificate named by the settings can be served, before anything slow is begun. @throws StartFailure */
export function refuseBadCertificate({ tls, publicUrl }: Pick<Config, 'tls' | 'publicUrl'>): void {
  if (tls?.kind === 'files') loadCertificate(tls, hostOf({ publicUrl }), new Date());
}

/** Host of the public address, as a URL writes it. */
export const hostOf = ({ publicUrl }: Pick<Config, 'publicUrl'>): string => new URL(publicUrl).hostname;

function fromFiles(paths: CertificatePaths, host: string, logger: Logger, lookEveryMs: number): TlsSource {
  const load = (): KeyPair => {
    const { cert, key, warnings } = loadCertificate(paths, host, new Date());
    for (const { zh, en } of warnings) logger.warn(`${zh} / ${en}`);
    return { cert, key };
  };
  const pair = load();
  const files = [paths.certificate, paths.key];
  let listener: () => void = () => undefined;
  return {
    pair,
    watch: (changed) => {
      let served = pair;
      listener = () => {
        try {
          const next = load();
          if (next.cert === served.cert && next.key === served.key) return;
          served = next;
          changed(next);
          logger.info('serving the new TLS certificate');
        } catch (error) {
          // Also between the writing of the one file and of the other: what is served goes on being served.
          logger.warn(`the TLS certificate stays as it was: ${error instanceof StartFailure ? error.message : String(error)}`);
        }
      };
      for (const file of files) watchFile(file, { interval: lookEveryMs, persistent: false }, listener);
    },
    close: () => files.forEach((file) => unwatchFile(file, listener)),
  };
}

async function fromLocal(config: TlsConfig, logger: Logger): Promise<TlsSource> {
  const ensure = () => ensureLocalTls(config.dataFolder, machineNames(hostOf(config)), new Date());
  const { authority, pair, leftOut } = await ensure();
  if (leftOut.length > 0) logger.warn(`the local authority may not vouch for ${leftOut.join(', ')}; daodi tls local --new-authority makes one that may`);
  let timer: NodeJS.Timeout | undefined;
  return {
    pair,
    authority,
    watch: (changed) => {
      let served = pair;
      const renew = async () => {
        const next = (await ensure()).pair;
        if (next.cert === served.cert) return;
        served = next;
        changed(next);
        logger.info('serving the new TLS certificate');
      };
      timer = setInterval(() => void renew().catch((error: unknown) => logger.warn(`the TLS certificate stays as it was: ${String(error)}`)), RENEW_EVERY_MS);
      timer.unref();
    },
    close: () => clearInterval(timer),
  };
}
