import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Size } from './bench';
import { thisMachine } from './machine';
import { measure } from './measure';
import { pairLine, type Report, resultLines } from './report';
import { writeTable } from './table';

/** Pairs of a run unless told otherwise: nine at least, or a median says nothing. */
const PAIRS: Readonly<Record<Size, number>> = { small: 2, full: 9 };

/** What the command line asks for. */
export interface Wanted {
  readonly root: string;
  readonly names: readonly string[];
  readonly size: Size;
  readonly pairs?: number;
  /** Whether to say what the product was busy with; the figures of such a run are not kept. */
  readonly isProfiled?: boolean;
  readonly say: (line: string) => void;
}

/**
 * Runs benches one after the other, writes each result to bench/results, and after a full run the table.
 *
 * @returns the exit code: 1 where a full run missed a target; a small run only shows that the bench works
 */
export async function runBenches({ root, names, size, pairs, isProfiled = false, say }: Wanted): Promise<number> {
  const results = join(root, 'bench', 'results');
  mkdirSync(results, { recursive: true });
  let missed = 0;
  for (const name of names) {
    const { bench } = (await import(join(root, 'dist', 'bench', `${name}.bench.js`))) as { readonly bench: Bench };
    const report = await runBench(bench, size, pairs ?? (size === 'full' ? bench.pairs : undefined) ?? PAIRS[size], isProfiled, say);
    if (isProfiled) continue;
    // A small run must not stand where a full one is looked for.
    writeFileSync(join(results, `${name}${size === 'full' ? '' : '.small'}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
    if (!report.isMet) missed += 1;
  }
  if (size === 'full' && !isProfiled) writeTable(join(root, 'docs', 'PERFORMANCE.md'), results);
  return size === 'full' && missed > 0 ? 1 : 0;
}

async function runBench(bench: Bench, size: Size, pairs: number, isProfiled: boolean, say: (line: string) => void): Promise<Report> {
  const machine = thisMachine();
  say(`${bench.name}: ${bench.measures}${bench.against === undefined ? '' : `, against ${bench.against}`}`);
  const profileFolder = isProfiled ? mkdtempSync(join(tmpdir(), 'daodi-profile-')) : undefined;
  const prepared = await bench.setUp({ size, profileFolder, say: (line) => say(`  ${line}`) });
  try {
    const result = await measure(bench, prepared, pairs, (pair, n) => say(`  ${pairLine(bench, pair, n)}`));
    const { name, measures, against, unit, target } = bench;
    const report: Report = { name, measures, against, unit, target, size, at: new Date().toISOString(), machine, ...result };
    for (const line of resultLines(report)) say(`  ${line}`);
    return report;
  } finally {
    await prepared.tearDown();
    if (profileFolder !== undefined) rmSync(profileFolder, { recursive: true });
  }
}
