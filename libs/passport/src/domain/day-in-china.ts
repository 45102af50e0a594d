/** `YYYY-MM-DD` at +08:00 of an instant: the day by which certificates run out. */
export const dayInChina = (now: Date): string => new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
