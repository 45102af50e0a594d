import type { DataSource } from 'typeorm';

/** What is kept of a batch and no longer follows from its lines. Amounts in base units, as decimal text. */
export interface Difference {
  readonly node: string;
  readonly total: string;
  readonly kept: string;
  readonly counted: string;
}

/** A recount 复核 of all running balances from the lines they were added up from. */
export interface Recounted {
  readonly batches: number;
  readonly differing: readonly Difference[];
}

/** Batches counted in one statement, which is one moment; between two of them the log may grow. */
const CHUNK = 2000;

/** Totals a node keeps, each with the same from its lines; what goes stands as moved, for what the book did not hold is owed. */
const TOTALS: Readonly<Record<string, string>> = {
  made: sum('amount', 'origin', 'output'),
  taken_in: sum('amount', 'take-in'),
  gained: sum('amount', 'gain'),
  consumed: sum('moved', 'input'),
  sampled: `${sum('moved', 'sample')} - ${sum('moved', 'sample-return')}`,
  sold: `${sum('moved', 'sell')} - ${sum('moved', 'return')}`,
  lost: sum('moved', 'destroy', 'loss', 'short'),
};

function sum(column: 'amount' | 'moved', ...roles: readonly string[]): string {
  return `COALESCE(sum(l.${column}) FILTER (WHERE l.role IN (${roles.map((role) => `'${role}'`).join(', ')})), 0)`;
}

const COUNTED = `
  SELECT n.id::text AS node, n.made + n.taken_in + n.gained AS came, n.consumed + n.sampled + n.sold + n.lost + n.held AS went, n.held,
         (SELECT COALESCE(sum(h.quantity), 0) FROM holding h WHERE h.node = n.id) AS holdings,
         ${Object.entries(TOTALS).map(([total, counted]) => `n.${total} AS ${total}, ${counted} AS counted_${total}`).join(',\n         ')}
    FROM node n LEFT JOIN line l ON l.node = n.id AND l.held AND NOT l.void AND l.unit = n.unit
   WHERE n.id = ANY($1::uuid[]) GROUP BY n.id`;

/**
 * Adds every batch up anew from its lines: each total it keeps, that what came is what went and is held, and that its
 * holdings are what it holds. Nothing is put right: a difference is a fault of ours, and `daodi rebuild` makes the tables anew.
 */
export async function recount(dataSource: Pick<DataSource, 'query'>): Promise<Recounted> {
  const differing: Difference[] = [];
  let batches = 0;
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const nodes: { id: string }[] = await dataSource.query('SELECT id FROM node WHERE unit IS NOT NULL AND id > $1::uuid ORDER BY id LIMIT $2', [after, CHUNK]);
    const last = nodes.at(-1);
    if (last === undefined) return { batches, differing };
    after = last.id;
    batches += nodes.length;
    const rows: Record<string, string>[] = await dataSource.query(COUNTED, [nodes.map(({ id }) => id)]);
    differing.push(...rows.flatMap(differencesOf));
  }
}

function differencesOf(row: Readonly<Record<string, string>>): Difference[] {
  const pairs = [...Object.keys(TOTALS).map((total) => [total, total, `counted_${total}`]), ['balance', 'went', 'came'], ['holdings', 'holdings', 'held']] as const;
  return pairs.flatMap(([total, kept, counted]) => {
    const [has, is] = [row[kept as string] as string, row[counted as string] as string];
    return BigInt(has) === BigInt(is) ? [] : [{ node: row['node'] as string, total: total as string, kept: has, counted: is }];
  });
}
