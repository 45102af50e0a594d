import { permits, permittedFor } from './name-constraints';

describe('what a local authority may vouch for', () => {
  const permitted = permittedFor({ dns: ['localhost', 'box', 'box.local', 'trace.example.cn'], ip: ['127.0.0.1', '::1', '192.168.1.5', '203.0.113.7'] });

  it('is local names and networks, and what this machine is called besides', () => {
    expect(permitted.dns).toEqual(['localhost', 'local', 'home.arpa', 'internal', 'lan', 'box', 'trace.example.cn']);
    expect(permitted.ip.slice(-1)).toEqual(['203.0.113.7/32']);
  });
  it.each([
    ['box', true], ['other.local', true], ['trace.example.cn', true], ['10.200.3.4', true], ['172.31.0.1', true], ['203.0.113.7', true], ['fd12::1', true],
    ['bank.example.com', false], ['example.cn', false], ['notbox', false], ['172.32.0.1', false], ['203.0.113.8', false], ['2001:db8::1', false],
  ])('%s: %s', (name, expected) => {
    expect(permits(permitted, name)).toBe(expected);
  });
});
