import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { number, type Report, spread, targetOf } from './report';

const BEGIN = '<!-- measured: begin -->';
const END = '<!-- measured: end -->';
/** A median of fewer says nothing. */
const PAIRS_MIN = 9;
const HEAD = ['| bench | ours | baseline | ratio | p99 | target | | measured |', '|---|---|---|---|---|---|---|---|'];

/**
 * Puts the results of full runs of nine pairs or more into the document's table. Rows of benches that have no result here stay as they are,
 * so that one bench can be measured again alone.
 */
export function writeTable(document: string, results: string): void {
  const text = readFileSync(document, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${document} has no place for the table: ${BEGIN} … ${END}`);
  const rows = new Map<string, string>();
  for (const line of text.slice(from, to).split('\n')) {
    const name = /^\| `([a-z0-9-]+)` \|/.exec(line)?.[1];
    if (name !== undefined) rows.set(name, line);
  }
  for (const report of reportsIn(results)) rows.set(report.name, rowOf(report));
  const sorted = [...rows.keys()].sort().map((name) => rows.get(name) as string);
  writeFileSync(document, `${text.slice(0, from)}${[BEGIN, ...HEAD, ...sorted].join('\n')}\n${text.slice(to)}`);
}

function reportsIn(folder: string): Report[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && !file.endsWith('.small.json'));
  const reports = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Report);
  return reports.filter(({ pairs }) => pairs.length >= PAIRS_MIN);
}

/** A bench's row of the table. */
export function rowOf({ name, unit, ours, baseline, ratio, p99Ms, target, isMet, at, machine, pairs }: Report): string {
  const cells = [
    `\`${name}\``,
    `${spread(ours)} ${unit}/s`,
    baseline === undefined ? '–' : `${spread(baseline)} ${unit}/s`,
    ratio === undefined ? '–' : `**${spread(ratio)}**`,
    p99Ms === undefined ? '–' : `${number(p99Ms)} ms`,
    targetOf(target),
    isMet ? 'met' : 'missed',
    `${at.slice(0, 10)}, ${pairs.length} pairs, load ${machine.load}`,
  ];
  return `| ${cells.join(' | ')} |`;
}
