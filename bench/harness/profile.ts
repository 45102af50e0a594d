import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Client } from 'pg';

/** How many functions and statements are told. */
const TOLD = 25;

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}
interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/**
 * What the processes of the product were busy with: per process the functions that took most by themselves, and those
 * of our own code that took most with all they called, in shares of the time it was not idle.
 *
 * @param folder where Node left its `.cpuprofile` files (`--cpu-prof-dir`)
 */
export function functionLines(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.cpuprofile'));
  return files.flatMap((file) => linesOf(file, JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile));
}

function linesOf(file: string, { nodes, samples, timeDeltas }: CpuProfile): string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Map<number, number>();
  samples.forEach((id, i) => own.set(id, (own.get(id) ?? 0) + (timeDeltas[i] as number)));
  const nameOf = ({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string =>
    `${functionName || '(anonymous)'} ${basename(url)}${url === '' ? '' : `:${lineNumber + 1}`}`.trim();
  const alone = new Map<string, number>();
  for (const [id, time] of own) {
    const name = nameOf(byId.get(id) as ProfileNode);
    alone.set(name, (alone.get(name) ?? 0) + time);
  }
  const idle = (alone.get('(idle)') ?? 0) + (alone.get('(program)') ?? 0);
  const busy = [...own.values()].reduce((sum, time) => sum + time, 0) - idle;
  for (const name of ['(idle)', '(program)', '(root)']) alone.delete(name);
  const parts = new Map<string, number>();
  for (const [id, time] of own) {
    const part = partOf(byId.get(id) as ProfileNode);
    if (part !== undefined) parts.set(part, (parts.get(part) ?? 0) + time);
  }

  const together = new Map<string, number>();
  const walk = (node: ProfileNode, above: ReadonlySet<string>): number => {
    const name = nameOf(node);
    const inside = new Set(above).add(name);
    let time = own.get(node.id) ?? 0;
    for (const child of node.children ?? []) time += walk(byId.get(child) as ProfileNode, inside);
    // Of a function that calls itself only the outermost call counts.
    if (node.callFrame.url.includes('/dist/') && !above.has(name)) together.set(name, (together.get(name) ?? 0) + time);
    return time;
  };
  if (nodes[0] !== undefined) walk(nodes[0], new Set());
  return [`${file}: busy for ${(busy / 1e6).toFixed(1)} s; by part`, ...top(parts, busy), 'functions by themselves', ...top(alone, busy), 'ours, with all they called', ...top(together, busy)];
}

/** Whose code it is: a package, a lib of ours, Node's own, or what V8 names without an address. */
function partOf({ callFrame: { functionName, url } }: ProfileNode): string | undefined {
  if (['(idle)', '(program)', '(root)'].includes(functionName)) return undefined;
  if (url === '') return functionName.startsWith('(') ? functionName : `native ${functionName}`;
  const inPackage = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(url)?.[1];
  return inPackage ?? /\/dist\/((?:apps|libs)\/[^/]+)/.exec(url)?.[1] ?? url.split('/', 2).join('/');
}

const top = (times: ReadonlyMap<string, number>, whole: number): string[] =>
  [...times].sort(([, a], [, b]) => b - a).slice(0, TOLD).map(([name, time]) => `${((100 * time) / whole).toFixed(1).padStart(6)} %  ${name}`);

/** From here on statements count. */
export async function forgetStatements(client: Client): Promise<void> {
  await client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  await client.query('SELECT pg_stat_statements_reset()');
}

/** The statements that took the server most time, in shares of the time of all. */
export async function statementLines(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ share: string; calls: string; mean: string; total: string; query: string }>(
    `SELECT to_char(100 * (total_exec_time + total_plan_time) / sum(total_exec_time + total_plan_time) OVER (), '990.0') AS share, calls::text,
            to_char(mean_exec_time, '9990.000') AS mean, to_char(total_exec_time, '999990') AS total, left(regexp_replace(query, '\\s+', ' ', 'g'), 110) AS query
       FROM pg_stat_statements JOIN pg_database d ON d.oid = dbid AND d.datname = current_database()
      ORDER BY total_exec_time DESC LIMIT $1`,
    [TOLD],
  );
  return ['statements: share, calls, mean ms, total ms', ...rows.map(({ share, calls, mean, total, query }) => `${share} % ${calls.padStart(7)} × ${mean} = ${total}  ${query}`)];
}
