import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The month and day on which the part of the season that lies in the past is over. */
const SEASON_OVER = { month: 12, day: 1 };

/** The year of the latest season that is over: what has not happened yet cannot be recorded. @param now in any time zone */
export function seasonYear(now: Date): number {
  const year = now.getUTCFullYear();
  const over = Date.UTC(year, SEASON_OVER.month - 1, SEASON_OVER.day);
  return now.getTime() >= over ? year : year - 1;
}

/** What is kept of a season being played. */
interface Notes {
  readonly year: number;
  /** When the acts that happen as they are played happened, by their names. */
  readonly times: Record<string, string>;
}

/** Times the season was played at, kept so that a start that died half-way repeats the same requests. */
export class SeasonNotes {
  private constructor(
    private readonly path: string,
    private readonly notes: Notes,
  ) {}

  private writing: Promise<void> = Promise.resolve();

  /** Those of an earlier start, or new ones. @param folder the data folder */
  static async keep(folder: string, now: Date): Promise<SeasonNotes> {
    const path = join(folder, 'demo-season.json');
    const known = await read(path);
    const kept = new SeasonNotes(path, known ?? { year: seasonYear(now), times: {} });
    if (known === undefined) await kept.write();
    return kept;
  }

  /** The calendar year of the season. */
  get year(): number {
    return this.notes.year;
  }

  /** When an act happens that happens as it is played: now, or when an earlier start tried. ISO 8601 at China's offset. */
  async timeOf(step: string, now: Date): Promise<string> {
    const known = this.notes.times[step];
    if (known !== undefined) return known;
    const time = new Date(now.getTime() + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
    this.notes.times[step] = time;
    await this.write();
    return time;
  }

  /** One after the other: chapters are played side by side, and the file is whole or not there. */
  private write(): Promise<void> {
    const next = this.writing.then(async () => {
      await writeFile(`${this.path}.new`, `${JSON.stringify(this.notes)}\n`, { mode: 0o600 });
      await rename(`${this.path}.new`, this.path);
    });
    this.writing = next.catch(() => undefined);
    return next;
  }
}

async function read(path: string): Promise<Notes | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
