import { isPlainFromElsewhere } from './plain-http';

describe('isPlainFromElsewhere', () => {
  it.each([
    ['http', '192.168.1.9', {}, true], ['http', 'fd00::9', {}, true], ['http', '::ffff:10.0.0.1', {}, true],
    ['http', '127.0.0.1', {}, false], ['http', '::1', {}, false], ['http', '::ffff:127.0.0.1', {}, false],
    ['https', '192.168.1.9', {}, false], ['http', '10.0.0.1', { 'x-forwarded-proto': 'https' }, false], ['http', '10.0.0.1', { 'x-forwarded-proto': 'http' }, true],
  ] as const)('%s from %s %j: %s', (protocol, ip, headers, expected) => {
    expect(isPlainFromElsewhere({ protocol, ip, headers })).toBe(expected);
  });
});
