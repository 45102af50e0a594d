/** Reads a PDF as a printer and a phone would: with programs that share no line with those that made it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isStrict } from '@daodi/platform';

const PROGRAMS = ['pdftotext', 'pdftoppm', 'pdfinfo', 'zbarimg'] as const;
/** 203 dots an inch, what the common label printers have: a code that only reads finer is none. */
const PRINTER_DPI = 203;

/** `describe`, or, where poppler-utils or zbar-tools are missing, one that says so and skips; with DAODI_STRICT=1 that is an error. */
export function describePrinted(name: string, suite: () => void): void {
  const missing = PROGRAMS.filter((program) => spawnSync(program, ['-h'], { stdio: 'ignore' }).error !== undefined);
  if (missing.length === 0) return describe(name, suite);
  if (isStrict()) throw new Error(`${missing.join(', ')} needed: install poppler-utils and zbar-tools`);
  describe.skip(`${name} (needs ${missing.join(', ')}: install poppler-utils and zbar-tools)`, suite);
}

/** A PDF as it comes out of the printer. */
export interface Printed {
  readonly pages: number;
  /** Size of a page in whole millimetres. */
  readonly sizeMm: readonly [number, number];
  /** Fonts that are not part of the file: a printer would put its own. */
  readonly foreignFonts: readonly string[];
  /** The text of a page without spaces, in the order of the file. */
  text(page: number): string;
  /** What the QR codes of a page say. */
  codes(page: number): string[];
}

/** Writes a PDF down and reads it. */
export function printed(pdf: Buffer): Printed {
  const run = (program: string, ...args: string[]): string => inFolder(pdf, (file) => execFileSync(program, [...args, file], { encoding: 'utf8' }));
  const about = run('pdfinfo');
  const size = /Page size: +([\d.]+) x ([\d.]+)/.exec(about);
  return {
    pages: Number(/Pages: +(\d+)/.exec(about)?.[1]),
    sizeMm: [size?.[1], size?.[2]].map((pt) => Math.round((Number(pt) * 25.4) / 72)) as [number, number],
    foreignFonts: run('pdffonts').split('\n').slice(2).filter((line) => line !== '' && !/ yes +(yes|no) +(yes|no) +\d+ +\d+$/.test(line)),
    text: (page) => inFolder(pdf, (file) => execFileSync('pdftotext', ['-raw', '-f', String(page), '-l', String(page), file, '-'], { encoding: 'utf8' })).replace(/\s+/g, ''),
    codes: (page) => inFolder(pdf, (file, folder) => {
      execFileSync('pdftoppm', ['-r', String(PRINTER_DPI), '-mono', '-f', String(page), '-l', String(page), file, join(folder, 'page')]);
      const image = readdirSync(folder).find((name) => name.startsWith('page')) as string;
      return spawnSync('zbarimg', ['--raw', '-q', '-Sdisable', '-Sqrcode.enable', join(folder, image)], { encoding: 'utf8' }).stdout.split('\n').filter((line) => line !== '');
    }),
  };
}

function inFolder<T>(pdf: Buffer, work: (file: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'daodi-printed-'));
  try {
    const file = join(folder, 'labels.pdf');
    writeFileSync(file, pdf);
    return work(file, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
