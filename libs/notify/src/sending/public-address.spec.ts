import { isPublicAddress } from './public-address';

describe('an address of the public internet', () => {
  it('is none of this machine, of a network behind a wall, of a cloud\'s own services, of a tunnel', () => {
    for (const address of ['127.0.0.1', '127.8.8.8', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '169.254.169.254', '224.0.0.1', '255.255.255.255', '::1', '::', '::ffff:127.0.0.1', '::ffff:10.0.0.1', 'fe80::1', 'fd00::1', 'fc00::1', 'ff02::1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', 'localhost', '']) {
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
    }
  });
  it('is any other', () => {
    for (const address of ['1.1.1.1', '114.114.114.114', '172.15.0.1', '172.32.0.1', '192.167.1.1', '223.5.5.5', '2400:3200::1', '2606:4700::1111']) expect([address, isPublicAddress(address)]).toEqual([address, true]);
  });
});
