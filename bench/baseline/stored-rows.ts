import type { Client } from 'pg';
import { PROJECTIONS } from '../../apps/api/src/projections';

/** A column of a table, with the type by which its values are sent. */
interface Column {
  readonly name: string;
  readonly type: string;
}

/** Rows of one table, each value in PostgreSQL's own text form, as it is also read back. */
export interface StoredTable {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Tables a capture writes, in an order that satisfies their foreign keys. What only followers write is not among them. */
const TABLES = ['entry', 'entry_body', ...PROJECTIONS.flatMap(({ tables }) => tables), 'capture_document', 'idempotency'];
/** Values arrive as they are. */
const RAW = { getTypeParser: () => (value: string) => value } as never;

/** Finds every row a capture stored, whatever table it lies in, by the transactions that wrote them. */
export class StoredRows {
  private from = '0';

  /** @param client looks into the product's database, as superuser */
  constructor(private readonly client: Client) {}

  /** From here on rows count. */
  async mark(): Promise<void> {
    const { rows } = await this.client.query<{ now: string }>('SELECT pg_current_xact_id()::text AS now');
    this.from = rows[0]!.now;
  }

  /**
   * Rows written since the mark, per table in the order they were written. Tables without any are left out. A row that
   * was there before and has been changed is found too; repeating it fails, for its key is taken.
   */
  async sinceMark(): Promise<StoredTable[]> {
    const found: StoredTable[] = [];
    for (const name of TABLES) {
      const columns = await this.columnsOf(name);
      // In log order where there is one, so that an entry and its body fall into the same commit.
      const order = columns.some((column) => column.name === 'position') ? 'position, ctid' : 'ctid';
      const { rows } = await this.client.query<(string | null)[]>({
        text: `SELECT ${columns.map((column) => `"${column.name}"::text`).join(', ')} FROM ${name} WHERE xmin::text::bigint > $1 ORDER BY ${order}`,
        values: [this.from],
        rowMode: 'array',
        types: RAW,
      });
      if (rows.length > 0) found.push({ name, columns, rows });
    }
    return found;
  }

  private async columnsOf(table: string): Promise<Column[]> {
    const { rows } = await this.client.query<Column>(
      `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
        WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
      [table],
    );
    return rows;
  }
}

/** How many rows of each table. */
export const countsOf = (tables: readonly StoredTable[]): Record<string, number> => Object.fromEntries(tables.map(({ name, rows }) => [name, rows.length]));
