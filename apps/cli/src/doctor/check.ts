import type { Bilingual } from '@daodi/platform';

/** What the doctor says of one thing: how it stands, and where it does not stand well, what to do. */
export interface Check {
  /** Stable; for programs. */
  readonly name: string;
  /** `wrong`: something does not work, or what is acknowledged may be lost. `warning`: it works, and somebody should look. */
  readonly state: 'ok' | 'warning' | 'wrong';
  readonly said: Bilingual;
  readonly todo?: Bilingual;
}

/** All is well. */
export const ok = (name: string, zh: string, en: string): Check => ({ name, state: 'ok', said: { zh, en } });

/** Something to look at. */
export const warning = (name: string, said: Bilingual, todo: Bilingual): Check => ({ name, state: 'warning', said, todo });

/** Something to put right. */
export const wrong = (name: string, said: Bilingual, todo: Bilingual): Check => ({ name, state: 'wrong', said, todo });

/** Bytes as people read them. */
export function size(bytes: number): string {
  const GIGABYTE = 1024 ** 3;
  return bytes >= GIGABYTE ? `${(bytes / GIGABYTE).toFixed(1)} GB` : `${Math.round(bytes / 1024 ** 2)} MB`;
}

/** Seconds as people read them. */
export function duration(seconds: number): { zh: string; en: string } {
  if (seconds < 90) return { zh: `${Math.round(seconds)} 秒`, en: `${Math.round(seconds)} s` };
  if (seconds < 5400) return { zh: `${Math.round(seconds / 60)} 分钟`, en: `${Math.round(seconds / 60)} min` };
  return { zh: `${Math.round(seconds / 3600)} 小时`, en: `${Math.round(seconds / 3600)} h` };
}
