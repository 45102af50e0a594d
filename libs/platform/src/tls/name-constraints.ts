/**
 * What an authority of this machine's own may vouch for, RFC 5280, 4.2.1.10. A phone that trusts it must not thereby
 * trust whoever steals its key for the whole web: only names of local networks and of this machine.
 */
import { BlockList, isIP } from 'node:net';
import type { MachineNames } from './machine-names';

/** Names and networks permitted; a name permits all below it. */
export interface Permitted {
  readonly dns: readonly string[];
  /** `address/prefix`. */
  readonly ip: readonly string[];
}

/** Names no public name server answers: RFC 6761, 6762, 8375, and `.internal`, reserved by ICANN in 2024. `.lan` is what many home routers use. */
const LOCAL_DNS = ['localhost', 'local', 'home.arpa', 'internal', 'lan'];
/** Loopback, RFC 1918, RFC 4193, and the link-local ranges. */
const LOCAL_IP = ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '::1/128', 'fc00::/7', 'fe80::/10'];

/** What an authority for these names is permitted: local names and networks, and each of these that is none. */
export function permittedFor({ dns, ip }: MachineNames): Permitted {
  const local = { dns: LOCAL_DNS, ip: LOCAL_IP };
  return {
    dns: [...LOCAL_DNS, ...dns.filter((name) => !permits(local, name))],
    ip: [...LOCAL_IP, ...ip.filter((address) => !permits(local, address)).map((address) => `${address}/${isIP(address) === 6 ? 128 : 32}`)],
  };
}

/** Whether an authority may vouch for a name or address. */
export function permits(permitted: Permitted, name: string): boolean {
  const version = isIP(name);
  if (version === 0) return permitted.dns.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
  const networks = new BlockList();
  for (const { address, prefix, family } of permitted.ip.map(parseNetwork)) networks.addSubnet(address, prefix, family);
  return networks.check(name, version === 6 ? 'ipv6' : 'ipv4');
}

/** The extension's value, DER. */
export function encodeNameConstraints({ dns, ip }: Permitted): Buffer {
  const DNS_NAME = 0x82;
  const IP_ADDRESS = 0x87;
  const names = dns.map((name) => der(SEQUENCE, der(DNS_NAME, Buffer.from(name, 'ascii'))));
  const networks = ip.map(parseNetwork).map(({ bytes, prefix }) => der(SEQUENCE, der(IP_ADDRESS, Buffer.concat([bytes, mask(bytes.length, prefix)]))));
  const PERMITTED_SUBTREES = 0xa0;
  return der(SEQUENCE, der(PERMITTED_SUBTREES, Buffer.concat([...names, ...networks])));
}

const SEQUENCE = 0x30;

/** Tag, length, content (ITU-T X.690). */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

function mask(bytes: number, prefix: number): Buffer {
  return Buffer.from(Array.from({ length: bytes }, (_, i) => 0xff & (0xff00 >> Math.max(0, Math.min(8, prefix - 8 * i)))));
}

function parseNetwork(text: string): { address: string; prefix: number; family: 'ipv4' | 'ipv6'; bytes: Buffer } {
  const [address = '', prefix = ''] = text.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return { address, prefix: Number(prefix), family, bytes: family === 'ipv6' ? ipv6Bytes(address) : Buffer.from(address.split('.').map(Number)) };
}

function ipv6Bytes(address: string): Buffer {
  const [left = '', right] = address.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16)));
  const [head, tail] = [groups(left), groups(right ?? '')];
  const all = [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}
