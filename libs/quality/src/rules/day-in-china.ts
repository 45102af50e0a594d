const CHINA_OFFSET_MS = 8 * 3_600_000;

/** The day by China Standard Time, on which reports are dated. */
export const dayInChina = (time: string): string => new Date(Date.parse(time) + CHINA_OFFSET_MS).toISOString().slice(0, 10);
