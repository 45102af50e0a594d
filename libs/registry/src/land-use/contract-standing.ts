/** How a contract stands on a day. 未开始 有效 即将到期 已到期 已终止 */
export type ContractStanding = 'not-yet' | 'valid' | 'expires-soon' | 'expired' | 'ended';

/** Days before its last one from which a contract is said to expire soon. Our own measure: a season to renew it in. */
export const EXPIRES_SOON_DAYS = 90;

const DAY_MS = 86_400_000;

/**
 * @param contract first and last day, `YYYY-MM-DD`
 * @param today `YYYY-MM-DD`
 * @returns with the days left, the last one included; none once it is over
 */
export function standingOf({ from, to, status }: { readonly from: string; readonly to: string; readonly status: string }, today: string): { readonly standing: ContractStanding; readonly daysLeft?: number } {
  if (status === 'ended') return { standing: 'ended' };
  if (today > to) return { standing: 'expired' };
  const daysLeft = Math.round((Date.parse(to) - Date.parse(today)) / DAY_MS) + 1;
  if (today < from) return { standing: 'not-yet', daysLeft };
  return { standing: daysLeft <= EXPIRES_SOON_DAYS ? 'expires-soon' : 'valid', daysLeft };
}

/** The day in China at an instant. */
export const dayInChina = (now: Date): string => new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
