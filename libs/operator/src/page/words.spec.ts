import { durationText, momentText, numberText, rateText } from './words';

describe('the words of the operator page', () => {
  it('say a length of time in its two largest units', () => {
    expect([0, 0.4, 59, 192, 3600, 90_061, 86_400].map((seconds) => durationText(seconds, 'en'))).toEqual(['0 s', '0 s', '59 s', '3 min 12 s', '1 h', '1 d 1 h', '1 d']);
    expect(durationText(192, 'zh')).toBe('3 分 12 秒');
  });
  it('say a moment in China\'s time', () => {
    expect(momentText('2026-09-01T08:00:00.123456Z')).toBe('2026-09-01 16:00:00');
    expect(momentText('2026-12-31T16:00:00Z')).toBe('2027-01-01 00:00:00');
  });
  it('part thousands, and say a rate with the digits that say something', () => {
    expect(['0', '999', '1000', '1234567'].map(numberText)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect([0, 1, 12, 300, 30_000, 90_000].map(rateText)).toEqual(['0', '0.02', '0.2', '5.0', '500', '1,500']);
  });
});
