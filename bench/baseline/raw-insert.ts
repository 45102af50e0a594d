import { Client } from 'pg';
import type { StoredTable } from './stored-rows';

/** What one commit stores: a part of the rows of each table. */
interface Parcel {
  readonly name: string;
  readonly text: string;
  /** One array for each column of each table. */
  readonly values: readonly (readonly (string | null)[])[];
}

/**
 * The fastest straightforward way to store rows one already has: per commit one prepared statement that inserts into
 * every table by `unnest`, hence one round trip, over connections that stay open. It decides nothing, looks nothing up,
 * takes no lock on the log, and has nothing to compute: the rows are those the product stored, and the tables have the
 * product's indexes, constraints and triggers.
 */
export class RawInsert {
  private constructor(private readonly clients: readonly Client[]) {}

  /** @param connections how many commits are under way at once */
  static async open(url: string, connections: number): Promise<RawInsert> {
    const clients = Array.from({ length: connections }, () => new Client({ connectionString: url }));
    await Promise.all(clients.map((client) => client.connect()));
    return new RawInsert(clients);
  }

  /**
   * Stores the rows in as many commits, of equal parts.
   * @returns seconds it took, and how long each commit took
   * @throws Error if the database did not take exactly these rows
   */
  async store(tables: readonly StoredTable[], commits: number): Promise<{ readonly seconds: number; readonly latenciesMs: readonly number[] }> {
    const parcels = parcelsOf(tables, commits);
    const wanted = tables.reduce((sum, { rows }) => sum + rows.length, 0);
    const latenciesMs: number[] = [];
    let next = 0;
    let stored = 0;
    const since = performance.now();
    await Promise.all(
      this.clients.map(async (client) => {
        for (let parcel = parcels[next++]; parcel !== undefined; parcel = parcels[next++]) {
          const began = performance.now();
          const { name, text, values } = parcel;
          const { rows } = await client.query<{ stored: string }>({ name, text, values: values as unknown[] });
          latenciesMs.push(performance.now() - began);
          stored += Number(rows[0]!.stored);
        }
      }),
    );
    const seconds = (performance.now() - since) / 1000;
    if (stored !== wanted) throw new Error(`the baseline stored ${stored} rows instead of ${wanted}`);
    return { seconds, latenciesMs };
  }

  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.end()));
  }
}

/** Cuts the rows of every table into equal parts, in order: the n-th commit gets the n-th part of each. */
function parcelsOf(tables: readonly StoredTable[], commits: number): Parcel[] {
  return Array.from({ length: commits }, (_, n) => {
    const parts = tables
      .map((table) => ({ ...table, rows: table.rows.slice(Math.floor((table.rows.length * n) / commits), Math.floor((table.rows.length * (n + 1)) / commits)) }))
      .filter(({ rows }) => rows.length > 0);
    return {
      name: parts.map(({ name }) => name).join(' ').slice(0, 60),
      text: statementOf(parts),
      values: parts.flatMap(({ columns, rows }) => columns.map((_column, i) => rows.map((row) => row[i] as string | null))),
    };
  });
}

/** One statement that inserts into each table and counts what it inserted. */
function statementOf(tables: readonly StoredTable[]): string {
  let parameter = 0;
  const inserts = tables.map(({ name, columns }) => {
    const quoted = columns.map((column) => `"${column.name}"`).join(', ');
    // An array of arrays would be taken apart wholly: such columns travel as text.
    const sent = columns.map(({ type }) => `$${++parameter}::${type.endsWith('[]') ? 'text' : type}[]`).join(', ');
    const read = columns.map(({ name: column, type }) => (type.endsWith('[]') ? `u."${column}"::${type}` : `u."${column}"`)).join(', ');
    return `${name}_in AS (INSERT INTO ${name} (${quoted}) SELECT ${read} FROM unnest(${sent}) AS u(${quoted}) RETURNING 1)`;
  });
  return `WITH ${inserts.join(', ')} SELECT ${tables.map(({ name }) => `(SELECT count(*) FROM ${name}_in)`).join(' + ')} AS stored`;
}
