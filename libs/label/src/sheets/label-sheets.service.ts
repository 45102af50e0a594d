import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Passports } from '@daodi/passport';
import { gapOf } from '@daodi/quality';
import { Config, getFile, invalid, notFound, Problem, QueueFactory } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, type Page, readPage, record, uuidOf } from '@daodi/registry';
import { batchCode } from '@daodi/trace';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import { FORMATS } from '../layout/label-format';
import { layOut } from '../layout/lay-out';
import { Labels } from '../labels.service';
import { labelFonts } from '../pdf/fonts';
import { composeSheet, eachOf, faultsOf, formatOf } from './compose-sheet';
import { askFor, type JobState, jobOf, ringLabel } from './label-job';
import { bagCount, batchFactsOf, sampleFactsOf, serialPathsOf } from './label-facts';
import type { LabelSheetDto, LabelSheetQuery } from './label-sheet.dto';
import { codePointName, printable } from './printable';
import { pieceOf, type Sheet } from './sheet';
import { fieldNames, gapNotShown, noRecords, notReady, surplus, tooSmall } from './sheet-problems';
import { statusOf, textOf } from './text-of';

interface SheetRow {
  readonly id: string;
  readonly state: Sheet;
  readonly record_time: Date;
  readonly since_position: string;
}

/** Sheets of labels: asked for, followed, fetched. What they say is fixed when they are asked for. */
@Injectable()
export class LabelSheets {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly queues: QueueFactory,
    private readonly labels: Labels,
    private readonly passports: Passports,
  ) {}

  /** Notes in the log what is printed, and has it drawn. @throws Problem where it cannot be printed, before anything is noted */
  async request(caller: Caller, request: FastifyRequest, dto: LabelSheetDto): Promise<ActAnswer> {
    const { sheet, missing } = await this.compose(caller, dto);
    const id = randomUUID();
    const answer = await this.acts.perform(caller, request, {
      decide: async (tx) => {
        await refuseSurplus(tx, caller, sheet);
        return [record('label-sheet', id, 'created', { new: { ...sheet }, why: sheet.surplusBecause })];
      },
      confirm: (tx) => askFor(tx, id),
      respond: () => ({
        status: 202,
        location: `/api/v1/label-sheets/${id}`,
        body: { ...shown(id, sheet), state: 'queued', done: 0, ...(missing.length > 0 && { missingCharacters: missing.map((character) => ({ character, codePoint: codePointName(character) })) }) },
      }),
    });
    ringLabel(this.queues, idOf(answer.location) ?? id);
    return answer;
  }

  /** Has a sheet drawn again whose file has expired, or which was given up. It comes out the same. */
  async redraw(caller: Caller, id: string): Promise<object> {
    const { id: known } = await this.own(caller, id);
    const job = await jobOf(this.dataSource, known);
    if (job?.state !== 'done' || (await this.fileOf(job)) === undefined) await askFor(this.dataSource, known);
    ringLabel(this.queues, known);
    return this.get(caller, known);
  }

  /** One sheet, and how far it is. @throws Problem 404 */
  async get(caller: Caller, id: string): Promise<object> {
    const row = await this.own(caller, id);
    return { ...shown(row.id, row.state), askedAt: row.record_time.toISOString(), ...progressOf(await jobOf(this.dataSource, row.id)) };
  }

  /** The caller's sheets, oldest first: what was printed of which batch, and how many. */
  list(caller: Caller, { batch, ...page }: LabelSheetQuery): Promise<Page<object>> {
    return readPage<SheetRow, object>(
      this.dataSource,
      'SELECT id, state, record_time, since_position FROM label_sheet WHERE organisation_id = $1 AND ($2::text IS NULL OR batch = $2)',
      [caller.organisationId, batch?.toUpperCase() ?? null],
      page,
      (row) => ({ ...shown(row.id, row.state), askedAt: row.record_time.toISOString() }),
    );
  }

  /** The file. @throws Problem 404; 409 while it is not there, or no longer */
  async pdf(caller: Caller, id: string): Promise<Buffer> {
    const row = await this.own(caller, id);
    const job = await jobOf(this.dataSource, row.id);
    const file = job && (await this.fileOf(job));
    if (file === undefined) throw notReady(job, row.state.total);
    return file.bytes;
  }

  private fileOf(job: JobState) {
    return job.digest === undefined ? Promise.resolve(undefined) : getFile(this.dataSource, job.digest);
  }

  private async own(caller: Caller, id: string): Promise<SheetRow> {
    const [row] = await this.dataSource.query('SELECT id, state, record_time, since_position FROM label_sheet WHERE id = $1 AND organisation_id = $2', [uuidOf(id) ?? null, caller.organisationId]);
    if (row === undefined) throw notFound();
    return row;
  }

  /** The words, if they may be said now. @throws Problem 409 with every reason */
  private async gapStatement({ organisationId }: Caller, code: string, isReleased: boolean): Promise<string> {
    const { mayPrint, statement, reasons } = await this.dataSource.transaction('REPEATABLE READ', (db) => gapOf(db, organisationId, code));
    if (!mayPrint || !isReleased) throw gapNotShown(isReleased, reasons);
    return statement;
  }

  /** Everything that is printed, from what is on record now. */
  private async compose(caller: Caller, dto: LabelSheetDto): Promise<{ sheet: Sheet; missing: readonly string[] }> {
    const code = await this.labels.labelOf(caller.organisationId, dto.batch.split('/').at(-1) as string);
    const batch = await batchFactsOf(this.dataSource, code.code);
    const serials = dto.serials === true ? await serialPathsOf(this.dataSource, caller.organisationId, code.code) : [];
    const faults = faultsOf(dto, batch, serials.length);
    const sample = dto.kind === 'sample' ? await sampleFactsOf(this.dataSource, caller.organisationId, code.code, dto.sampleNumber) : undefined;
    if (dto.kind === 'sample' && sample === undefined) faults.push({ pointer: '/sampleNumber', rule: 'unknown-sample', detail: { zh: '没有这份样品的取样记录', en: 'no such sample of this batch is on record' } });
    if (faults.length > 0) throw invalid(faults);
    const { passport } = await this.passports.open({ kind: 'code', code: code.code, path: `/b/${code.code}` });
    if (passport === undefined || passport.state !== 'known') throw noRecords();
    const gapStatement = dto.gapStatement === true && dto.kind !== 'sample' ? await this.gapStatement(caller, code.code, statusOf(passport).zh === '合格') : undefined;
    const fonts = await labelFonts();
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const { text, missing } = printable(textOf(dto.kind, { passport, batch, each: eachOf(dto), sample, gapStatement, today }), fonts.has);
    const sheet = composeSheet(dto, code, text, serials, this.config.publicUrl, sample?.number);
    const laidOut = layOut(text, FORMATS[formatOf(dto)], fonts.measure);
    if (laidOut?.of(pieceOf(sheet, sheet.total - 1)) === undefined) throw tooSmall(formatOf(dto));
    return { sheet, missing };
  }
}

/** More bag labels than packs were made are how a batch grows on paper; a jam of the printer is a reason one can give. */
async function refuseSurplus(tx: EntityManager, caller: Caller, sheet: Sheet): Promise<void> {
  if (sheet.kind !== 'bag' || sheet.surplusBecause !== undefined) return;
  const { made, printed } = await bagCount(tx, caller.organisationId, sheet.batch);
  if (made !== undefined && printed + sheet.total > made) throw surplus(made, printed, sheet.total);
}

const idOf = (location: string | undefined): string | undefined => location?.split('/').at(-1);

function shown(id: string, { text, captions: _c, uri, serials, surplusBecause, ...sheet }: Sheet): Record<string, unknown> {
  return {
    id, ...sheet, uri, title: text.title, status: text.status?.zh, isDemo: text.isDemo, ...fieldNames(text), ...(serials && { serials: serials.length }), surplusBecause,
    links: { self: `/api/v1/label-sheets/${id}`, pdf: `/api/v1/label-sheets/${id}/sheet.pdf` },
  };
}

const progressOf = (job: JobState | undefined): object => ({ state: job?.state ?? 'expired', done: job?.done ?? 0, finishedAt: job?.finishedAt });
