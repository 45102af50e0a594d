/** Under which names and addresses this machine is reached in its own network. */
import { hostname, networkInterfaces } from 'node:os';
import { isIP } from 'node:net';

/** What a certificate of this machine's own stands for. */
export interface MachineNames {
  readonly dns: readonly string[];
  readonly ip: readonly string[];
}

/**
 * The machine's host name (also below `.local`, where phones look for it without a name server), loopback, and every
 * address of its network interfaces.
 *
 * @param publicHost host of the public address, as a URL writes it
 */
export function machineNames(publicHost: string): MachineNames {
  const own = hostname().toLowerCase();
  const host = publicHost.replace(/^\[|\]$/g, '');
  const names = ['localhost', own, ...(own.includes('.') ? [] : [`${own}.local`]), ...(isIP(host) === 0 ? [host] : [])];
  const addresses = ['127.0.0.1', '::1', ...lanAddresses(), ...(isIP(host) === 0 ? [] : [host])];
  return { dns: unique(names.filter(isHostName)), ip: unique(addresses) };
}

/** The addresses by which other machines of the network reach this one, IPv4 first. */
export function lanAddresses(): string[] {
  const found = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []).filter(({ internal }) => !internal);
  // A link-local IPv6 address is of use only together with the name of an interface of the one who asks.
  const usable = found.filter(({ address }) => !address.toLowerCase().startsWith('fe80:'));
  return unique([...usable.filter(({ family }) => family === 'IPv4'), ...usable.filter(({ family }) => family !== 'IPv4')].map(({ address }) => address));
}

/** What a certificate may carry (RFC 1034, 3.5); a machine can be called otherwise. */
const isHostName = (name: string): boolean => /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/.test(name);

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
