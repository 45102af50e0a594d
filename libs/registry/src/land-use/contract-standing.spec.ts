import { dayInChina, standingOf } from './contract-standing';

describe('a contract', () => {
  it.each([
    ['2024-02-29', 'not-yet', 1827], ['2024-03-01', 'valid', 1826], ['2028-12-01', 'expires-soon', 90], ['2028-11-30', 'valid', 91], ['2029-02-28', 'expires-soon', 1], ['2029-03-01', 'expired', undefined],
  ])('from 2024-03-01 to 2029-02-28 is on %s %s, with %s days left', (today, standing, daysLeft) => {
    expect(standingOf({ from: '2024-03-01', to: '2029-02-28', status: 'active' }, today)).toEqual({ standing, ...(daysLeft !== undefined && { daysLeft }) });
  });
  it('that was ended is ended, and a day begins at midnight in China', () => {
    expect(standingOf({ from: '2024-03-01', to: '2029-02-28', status: 'ended' }, '2025-01-01')).toEqual({ standing: 'ended' });
    expect(dayInChina(new Date('2026-07-14T16:00:00Z'))).toBe('2026-07-15');
  });
});
