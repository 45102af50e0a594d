import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { dtoFaults, type Fault, Problem, readTable, writeTable } from '@daodi/platform';
import { plainToInstance } from 'class-transformer';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import type { ActAnswer } from '../../acts/act-answer.interceptor';
import { Acts } from '../../acts/acts.service';
import { type Draft, record } from '../../acts/draft';
import type { Caller } from '../../sign-in/caller';
import { plain } from '../limit';
import { READABLE_STANDARD, versionOf } from '../load-standards';
import { AddStandardDto, type ExportQuery, type ImportStandardsDto } from '../standard.dto';
import { everInForce } from '../standards-on';
import { firstVersion, isOfPlatform, STANDARDS, standardFaults } from '../standards.service';
import { type CellFault, cellOf, readStandards, type TypedStandard } from './read-standards';
import { standardRows } from './write-standards';

/** The most rows whose faults are told at once. */
const FAULTS_TOLD_MAX = 500;

/** Standards in and out as tables. */
@Injectable()
export class StandardTables {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Enters the standards of a table. A standard of which one row is wrong is left out whole: without that limit it would
   * pass what it should not.
   *
   * @throws Problem 422 naming every cell that is wrong, where all are wanted or none is right
   */
  async enter(caller: Caller, request: FastifyRequest, { file, take }: ImportStandardsDto): Promise<ActAnswer> {
    const platform = isOfPlatform(caller);
    const table = await readTable(Buffer.from(file, 'base64'));
    if (!table.ok) throw refused([{ row: 0, rule: table.rule, detail: table.detail }]);
    const reading = readStandards(table.rows, await herbWords(this.dataSource));
    if (reading.faults.length > 0) throw refused(reading.faults);
    // Hundreds of rows are looked at before the lock of the log is taken; under it, only what may have changed since.
    const judged: Judged[] = await Promise.all(reading.standards.map(async (standard) => ({ standard, dto: plainToInstance(AddStandardDto, standard.body), faults: await this.faultsOf(standard) })));
    let entered: { id: string; name: string; limits: number }[] = [];
    let faults: readonly CellFault[] = [];
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const again = await Promise.all(judged.map(async (one) => (one.faults.length > 0 ? one : { ...one, faults: await onRecord(tx, caller, one) })));
        faults = again.flatMap((one) => one.faults);
        const good = again.filter((one) => one.faults.length === 0).map(({ dto }) => ({ id: randomUUID(), dto }));
        if (good.length === 0 || (take === 'all' && faults.length > 0)) throw refused(faults);
        entered = good.map(({ id, dto }) => ({ id, name: dto.name, limits: dto.limits.length }));
        return good.map(({ id, dto }): Draft => record(STANDARDS.record, id, 'created', { new: JSON.parse(JSON.stringify(firstVersion(id, dto, platform))) }));
      },
      respond: () => ({ status: 201, body: { entered, leftOut: faults.slice(0, FAULTS_TOLD_MAX), faultCount: faults.length } }),
    });
  }

  /** The versions a caller may read that hold or held and fit, as a table that can be read in again. */
  async table(caller: Caller, { format, family, herb, id }: ExportQuery): Promise<Buffer> {
    const rows: Parameters<typeof versionOf>[0][] = await this.dataSource.query(
      `SELECT id, organisation_id, status, state FROM standard s
        WHERE ${READABLE_STANDARD(1)} AND ($2::text IS NULL OR family = $2) AND ($3::text IS NULL OR herb = $3) ORDER BY since_position`,
      [caller.organisationId, family ?? null, herb ?? null],
    );
    const held = everInForce(rows.map(versionOf)).map(({ version }) => version);
    return writeTable(standardRows(held.filter((version) => id === undefined || version.id === id.toLowerCase())), format);
  }

  private async faultsOf(standard: TypedStandard): Promise<CellFault[]> {
    if (standard.faults.length > 0) return [...standard.faults];
    const dto = plainToInstance(AddStandardDto, standard.body);
    const shape = await dtoFaults(dto);
    return placed(standard, shape.length > 0 ? shape : await standardFaults(this.dataSource.manager, dto));
  }
}

/** Codes of herbs by code and by Chinese name; a name two herbs have is no word. */
async function herbWords(db: Pick<EntityManager, 'query'>): Promise<ReadonlyMap<string, string>> {
  const herbs: { code: string; name: string }[] = await db.query('SELECT code, name FROM herb');
  const single = herbs.filter(({ name }) => herbs.filter((other) => other.name === name).length === 1);
  return new Map([...single.map(({ code, name }) => [plain(name), code] as const), ...herbs.map(({ code }) => [code, code] as const)]);
}

/** A standard of a table, and what is wrong with it. */
interface Judged {
  readonly standard: TypedStandard;
  readonly dto: AddStandardDto;
  readonly faults: readonly CellFault[];
}

const placed = (standard: TypedStandard, faults: readonly Fault[]): CellFault[] => faults.map(({ pointer, rule, detail }) => ({ ...cellOf(standard, pointer), rule, detail }));

/** The same standard of the same edition, entered before: what changed comes as a later version of it. */
async function onRecord(tx: EntityManager, caller: Caller, { standard, dto: { family, name, edition, herb, form, piece, grade } }: Judged): Promise<CellFault[]> {
  const [known]: { id: string }[] = await tx.query(
    `SELECT id FROM standard WHERE organisation_id = $1 AND status = 'active' AND family = $2 AND name = $3 AND herb IS NOT DISTINCT FROM $4
        AND jsonb_build_array(state -> 'edition', state -> 'form', state -> 'piece', state -> 'grade') = $5::jsonb LIMIT 1`,
    [caller.organisationId, family, name, herb ?? null, JSON.stringify([edition ?? null, form ?? null, piece ?? null, grade ?? null])],
  );
  if (known === undefined) return [];
  const detail = { zh: `已有此标准（${known.id}），修改请录入新版本`, en: `It is on record (${known.id}); what changed is entered as a later version` };
  return placed(standard, [{ pointer: '/name', rule: 'standard-on-record', detail }]);
}

/** Every cell that is wrong; the same as faults of the one field of the body for those who read only these. */
function refused(faults: readonly CellFault[]): Problem {
  const told = faults.slice(0, FAULTS_TOLD_MAX);
  return new Problem(422, 'table-refused', { zh: '表格有误，未录入任何内容', en: 'The table is not right; nothing was entered' }, {
    faults: told.map(({ row, column, rule, detail }) => ({
      pointer: '/file', rule, detail: { zh: `${place(row, column?.zh, ['第 ', ' 行'])}${detail.zh}`, en: `${place(row, column?.en, ['row ', ''])}${detail.en}` },
    })),
    members: { cells: told, faultCount: faults.length },
  });
}

const place = (row: number, column: string | undefined, [before, after]: readonly [string, string]): string => (row === 0 ? '' : `${before}${row}${after}${column === undefined ? '' : ` ${column}`}: `);
