import type { Bilingual } from '@daodi/platform';

/** Says something to a person: one line on standard error in both languages, so that standard output is free for a result. */
export function tell({ zh, en }: Bilingual): void {
  process.stderr.write(`${zh} / ${en}\n`);
}

/** How often a long piece of work says how far it is. */
const TOLD_EVERY_MS = 5_000;

/** A listener that says how far something is, every few seconds. */
export function progressOf(zh: string, en: string): (entries: bigint) => void {
  let next = Date.now() + TOLD_EVERY_MS;
  return (entries) => {
    if (Date.now() < next) return;
    next = Date.now() + TOLD_EVERY_MS;
    tell({ zh: `… ${zh} ${entries}`, en: `${en} ${entries}` });
  };
}
