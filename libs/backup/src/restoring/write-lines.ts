/** Writes a backup's lines into the tables they came from, a group at a time. */
import type { KeptTable } from '@daodi/platform';
import type { EntityManager } from 'typeorm';
import { UnusableBackup } from '../format/frames';
import type { Header } from '../format/header';
import { entryAndBody, type TableLine } from '../format/lines';
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
    switch (group.tag) {
      case 'entry':
        return this.writeEntries(group);
      case 'residue':
        return this.writeResidue(listOf(group.json));
      case 'table':
        return this.beginTable(JSON.parse(group.json[0] as string) as TableLine);
      case 'row':
        return this.writeRows(listOf(group.json));
      default:
        return group.tag satisfies never;
    }
  }

  private async writeEntries({ entries, json }: Group): Promise<void> {
    const lines = json.map(entryAndBody);
    this.columnsOfEntry ??= await this.known('entry', Object.keys(entries[0]?.entry ?? {}));
    await this.insert('entry', this.columnsOfEntry, listOf(lines.map(([entry]) => entry)));
    const first = entries.find(({ body }) => body !== null)?.body;
    if (!first) return;
    this.columnsOfBody ??= await this.known('entry_body', Object.keys(first));
    await this.insert('entry_body', this.columnsOfBody, listOf(lines.flatMap(([, body], i) => (entries[i]?.body === null ? [] : [body]))));
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
    await this.insert(this.table, this.columnsOfTable, json, 'ON CONFLICT DO NOTHING');
  }

  private async insert(table: string, columns: string, json: string, onConflict = ''): Promise<void> {
    await this.tx.query(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) ${onConflict}`, [json]);
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

const listOf = (json: readonly string[]): string => `[${json.join(',')}]`;

const unknownPlace = (place: string) =>
  new UnusableBackup({ zh: `备份含有本版本没有的 ${place}。请用写成该备份的版本恢复。`, en: `The backup holds ${place}, which this release does not have. Restore it with the release that wrote it.` });
