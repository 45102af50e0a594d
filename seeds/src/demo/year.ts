import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The month and day on which the season's last act is over. */
const SEASON_OVER = { month: 10, day: 20 };

/** The year of the latest season that is over: what has not happened yet cannot be recorded. @param now in any time zone */
export function seasonYear(now: Date): number {
  const year = now.getUTCFullYear();
  const over = Date.UTC(year, SEASON_OVER.month - 1, SEASON_OVER.day);
  return now.getTime() >= over ? year : year - 1;
}

/** The year of this installation's season; kept, so that a start that goes on next year repeats the same requests. */
export async function keepYear(folder: string, now: Date): Promise<number> {
  const path = join(folder, 'demo-season.json');
  try {
    return JSON.parse(await readFile(path, 'utf8')).year;
  } catch (error) {
    // Not there, or cut off by a start that died: then nothing was played either.
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError;
    if (!isAbsent) throw error;
  }
  const year = seasonYear(now);
  await writeFile(path, `${JSON.stringify({ year })}\n`, { mode: 0o600 });
  return year;
}
