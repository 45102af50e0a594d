import { covers, isDue, judgeCertificate, type CertificateFacts } from './certificate';

const facts = (more: Partial<CertificateFacts> = {}): CertificateFacts => ({
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2026-04-01T00:00:00Z'),
  names: ['trace.example.cn', '*.county.example.cn', '192.168.1.5', 'fd00:0:0:0:0:0:0:2'],
  matchesKey: true,
  ...more,
});
const IN_TIME = new Date('2026-02-01T00:00:00Z');
const sentences = (more: Partial<CertificateFacts>, host = 'trace.example.cn', now = IN_TIME) => judgeCertificate(facts(more), host, now).map(({ en }) => en);

describe('judgeCertificate', () => {
  it('has nothing to say about a good one', () => {
    expect(judgeCertificate(facts(), 'trace.example.cn', IN_TIME)).toEqual([]);
  });
  it('says that the key is another one\'s', () => {
    expect(sentences({ matchesKey: false })).toEqual(['the key is not the one of the certificate']);
  });
  it('says since when it is over and from when it counts', () => {
    expect(sentences({}, undefined, new Date('2026-04-01T00:00:00Z'))).toEqual(['the certificate expired on 2026-04-01']);
    expect(sentences({}, undefined, new Date('2025-12-31T23:59:59Z'))[0]).toMatch('not valid before 2026-01-01');
  });
  it('names the host it lacks and those it has, which does not keep it from being served', () => {
    expect(judgeCertificate(facts({ names: ['other.example.cn'] }), 'trace.example.cn', IN_TIME)).toEqual([
      { isFatal: false, zh: expect.stringContaining('trace.example.cn'), en: 'the certificate does not name the host of DAODI_PUBLIC_URL, trace.example.cn (it names other.example.cn)' },
    ]);
  });
});

describe('covers', () => {
  it.each([
    ['trace.example.cn', true], ['TRACE.example.cn', true], ['example.cn', false], ['a.county.example.cn', true], ['a.b.county.example.cn', false],
    ['county.example.cn', false], ['192.168.1.5', true], ['192.168.1.6', false], ['[fd00::2]', true], ['[fd00::3]', false],
  ])('%s: %s', (host, expected) => {
    expect(covers(facts().names, host)).toBe(expected);
  });
  it('takes no star for a whole domain', () => {
    expect(covers(['*'], 'localhost')).toBe(false);
  });
});

describe('isDue', () => {
  it('asks for the next one when a third of the life is left', () => {
    expect(isDue(facts(), new Date('2026-03-01T00:00:00Z'))).toBe(false);
    expect(isDue(facts(), new Date('2026-03-02T00:00:00Z'))).toBe(true);
    expect(isDue(facts(), new Date('2026-05-01T00:00:00Z'))).toBe(true);
  });
});
