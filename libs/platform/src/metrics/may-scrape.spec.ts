import { mayScrape } from './may-scrape';

describe('who may read the metrics', () => {
  const from = (peer: string | undefined, more: { authorization?: string; isForwarded?: boolean } = {}) => ({ peer, isForwarded: false, authorization: undefined, ...more });

  it('is this machine, as long as no token is set', () => {
    for (const peer of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) expect(mayScrape(from(peer), undefined)).toBe(true);
    for (const peer of ['10.0.0.7', '::ffff:10.0.0.7', '2001:db8::1', '1127.0.0.1', undefined]) expect(mayScrape(from(peer), undefined)).toBe(false);
  });
  it('is not whoever a proxy on this machine speaks for', () => {
    expect(mayScrape(from('127.0.0.1', { isForwarded: true }), undefined)).toBe(false);
  });
  it('is whoever has the token once one is set, and nobody else', () => {
    const token = 'a-token-of-some-length';
    expect(mayScrape(from('10.0.0.7', { authorization: `Bearer ${token}`, isForwarded: true }), token)).toBe(true);
    for (const authorization of [undefined, 'Bearer', `Bearer ${token}x`, `Basic ${token}`, token]) expect(mayScrape(from('127.0.0.1', { authorization }), token)).toBe(false);
  });
});
