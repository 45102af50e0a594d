import { BlockList, isIP } from 'node:net';

const PRIVATE = new BlockList();
// RFC 6890 and its registries: what is no address of the public internet.
for (const [network, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) PRIVATE.addSubnet(network, bits, 'ipv4');
const PUBLIC_V6 = new BlockList();
PUBLIC_V6.addSubnet('2000::', 3, 'ipv6');
const TUNNELS = new BlockList();
// An IPv4 address travels inside these, and documentation is nowhere.
for (const [network, bits] of [['2001::', 23], ['2001:db8::', 32], ['2002::', 16]] as const) TUNNELS.addSubnet(network, bits, 'ipv6');

/** Whether an address is one of the public internet, so that a call there cannot reach what stands behind our own walls. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !PRIVATE.check(address, 'ipv4');
  return family === 6 && PUBLIC_V6.check(address, 'ipv6') && !TUNNELS.check(address, 'ipv6');
}
