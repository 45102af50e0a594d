import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Answer } from '../http/public-answer';
import { dayInChina } from '../domain/day-in-china';
import type { Rests } from './rests-on';
import { type Touched, touchedSince } from './touched';

/** A page goes out as it is while it was true no longer ago than this. A hold reaches every resolver within 5 s. */
const CONFIRMED_WITHIN_MS = 2_000;
/** While pages are asked for, it is confirmed this often, so that nobody waits for it. */
const CONFIRM_AFTER_MS = 500;
/** Memory pages may take, with what they rest on. */
const BYTES_MAX = 32 * 1024 * 1024;
const BYTES_OF_ID = 64;
/** Stretches of the log that are remembered, for pages that were being made meanwhile. */
const STRETCHES = 20;

interface KeptPage {
  readonly answer: Answer;
  readonly rests: Rests;
  readonly bytes: number;
}

/**
 * Pages as they went out, for as long as they are known to be what is on record. One look at the end of the log every
 * half second, whatever the number of pages: what an entry touches goes, and is made anew for whoever asks next. Where
 * the database cannot be asked nothing is confirmed, and after two seconds nothing kept goes out.
 */
@Injectable()
export class KeptPages {
  /** Least lately asked for first. */
  private readonly pages = new Map<string, KeptPage>();
  private bytes = 0;
  private day = dayInChina(new Date());
  /** All kept pages are true at this position, and were so at this time of the process's clock (ms). */
  private position?: bigint;
  private confirmedAt = -Infinity;
  private lately: Touched[] = [];
  private checking?: Promise<void>;

  constructor(private readonly dataSource: DataSource) {}

  /** A page that may go out without asking anybody. */
  get(key: string): Answer | undefined {
    const age = performance.now() - this.confirmedAt;
    if (age > CONFIRMED_WITHIN_MS) return undefined;
    const page = this.pages.get(key);
    if (page === undefined) return undefined;
    // A database that cannot be asked is said by the request that then has to.
    if (age > CONFIRM_AFTER_MS) this.check().catch(() => undefined);
    this.pages.delete(key);
    this.pages.set(key, page);
    return page.answer;
  }

  /** Looks at the end of the log where that was too long ago; then as {@link get}. */
  async find(key: string): Promise<Answer | undefined> {
    if (performance.now() - this.confirmedAt > CONFIRM_AFTER_MS) await this.check();
    return this.get(key);
  }

  /** Keeps a page, unless something it rests on was touched since. */
  keep(key: string, answer: Answer, rests: Rests, day: string): void {
    if (day !== this.day || !this.isUntouched(rests)) return;
    const bytes = answer.body.byteLength + key.length * 2 + rests.ids.length * BYTES_OF_ID;
    if (bytes > BYTES_MAX / 16) return;
    this.drop(key);
    this.pages.set(key, { answer, rests, bytes });
    this.bytes += bytes;
    for (const [oldest] of this.pages) {
      if (this.bytes <= BYTES_MAX) break;
      this.drop(oldest);
    }
  }

  /** Whether nothing that came after a page was made, and was looked at already, touches it. */
  private isUntouched({ ids, position }: Rests): boolean {
    if (this.position === undefined) return false;
    if (position >= this.position) return true;
    const since = this.lately.filter(({ to }) => to > position);
    return since.length > 0 && (since[0] as Touched).from <= position && since.every((touched) => !touches(touched, ids));
  }

  private check(): Promise<void> {
    this.checking ??= this.look().finally(() => (this.checking = undefined));
    return this.checking;
  }

  private async look(): Promise<void> {
    const at = performance.now();
    const day = dayInChina(new Date());
    const touched = await touchedSince(this.dataSource, this.position);
    if (day !== this.day) this.clear();
    for (const [key, { rests }] of this.pages) if (touches(touched, rests.ids)) this.drop(key);
    this.day = day;
    this.position = touched.to;
    this.confirmedAt = at;
    if (touched.from !== touched.to) this.lately = [...this.lately, touched].slice(-STRETCHES);
  }

  private clear(): void {
    this.pages.clear();
    this.bytes = 0;
  }

  private drop(key: string): void {
    const page = this.pages.get(key);
    if (page === undefined) return;
    this.pages.delete(key);
    this.bytes -= page.bytes;
  }
}

const touches = ({ ids: touched }: Touched, ids: readonly string[]): boolean => touched === undefined || (touched.size > 0 && ids.some((id) => touched.has(id)));
