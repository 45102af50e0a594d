/** Writes a backup's lines into the tables they came from, a group at a time. */
import type { KeptTable } from '@daodi/platform';
import type { EntityManager } from 'typeorm';
import { UnusableBackup } from '../format/frames';
import type { Header } from '../format/header';
import type { TableLine } from '../format/lines';
import type { Piece } from '../reading/read-chain';

type Group = Extract<Piece, { kind: 'lines' }>;

/** Takes groups of lines, in the order of the backups. */
export class LineRestorer {
  private columnsOfEntry?: string;
  private columnsOfBody?: string;
  private columnsOfTable = '';
  private table = '';

  /** @param kept tables that may be written, in an order in which rows can be written */
  constructor(
    private readonly tx: EntityManager,
    private readonly kept: readonly KeptTable[],
  ) {}

  /**
   * A backup carries all rows of its kept tables; so what the empty database, or an earlier backup of the chain, put
   * there goes first. To the tables that only grow an incremental backup adds.
   */
  async emptyKept({ since }: Header): Promise<void> {
    const replaced = this.kept.filter(({ addedSince }) => since === undefined || addedSince === undefined);
    for (const { table } of replaced.reverse()) await this.tx.query(`DELETE FROM ${table}`);
  }

  async write(group: Group): Promise<void> {
    const json = `[${group.json.join(',')}]`;
    switch (group.tag) {
      case 'entry':
        return this.writeEntries(group, json);
      case 'residue':
        return this.writeResidue(json);
      case 'table':
        return this.beginTable(JSON.parse(group.json[0] as string) as TableLine);
      case 'row':
        return this.writeRows(json);
      default:
        return group.tag satisfies never;
    }
  }

  private async writeEntries({ entries }: Group, json: string): Promise<void> {
    const columns = (this.columnsOfEntry ??= await this.known('entry', Object.keys(entries[0]?.entry ?? {})));
    await this.tx.query(
      `INSERT INTO entry (${columns}) SELECT ${columns} FROM jsonb_array_elements($1::jsonb) AS l(line), jsonb_populate_record(NULL::entry, l.line -> 'entry')`,
      [json],
    );
    const body = entries.find((entry) => entry.body !== null)?.body;
    if (!body) return;
    const ofBody = (this.columnsOfBody ??= await this.known('entry_body', Object.keys(body)));
    await this.tx.query(
      `INSERT INTO entry_body (${ofBody})
       SELECT ${ofBody} FROM jsonb_array_elements($1::jsonb) AS l(line), jsonb_populate_record(NULL::entry_body, l.line -> 'body')
        WHERE jsonb_typeof(l.line -> 'body') = 'object'`,
      [json],
    );
  }

  /** An earlier backup of the chain may hold the body that was erased since. */
  private async writeResidue(json: string): Promise<void> {
    await this.tx.query('INSERT INTO entry_residue SELECT * FROM jsonb_populate_recordset(NULL::entry_residue, $1::jsonb)', [json]);
    await this.tx.query('DELETE FROM entry_body WHERE position IN (SELECT position FROM jsonb_populate_recordset(NULL::entry_residue, $1::jsonb))', [json]);
  }

  private async beginTable({ table, columns }: TableLine): Promise<void> {
    if (!this.kept.some((known) => known.table === table)) throw unknownPlace(table);
    this.table = table;
    this.columnsOfTable = await this.known(table, columns);
  }

  /** Of a table that only grows, a later backup of the chain may carry a row again. */
  private async writeRows(json: string): Promise<void> {
    const { table, columnsOfTable } = this;
    await this.tx.query(`INSERT INTO ${table} (${columnsOfTable}) SELECT ${columnsOfTable} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) ON CONFLICT DO NOTHING`, [json]);
  }

  /** A column this release does not know would be lost, so it is refused. A column the backup lacks gets its default. */
  private async known(table: string, columns: readonly string[]): Promise<string> {
    const rows: { name: string }[] = await this.tx.query(
      'SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped',
      [table],
    );
    const here = new Set(rows.map(({ name }) => name));
    const unknown = columns.find((column) => !here.has(column));
    if (unknown !== undefined) throw unknownPlace(`${table}.${unknown}`);
    return columns.map((column) => `"${column}"`).join(', ');
  }
}

const unknownPlace = (place: string) =>
  new UnusableBackup({ zh: `备份含有本版本没有的 ${place}。请用写成该备份的版本恢复。`, en: `The backup holds ${place}, which this release does not have. Restore it with the release that wrote it.` });
