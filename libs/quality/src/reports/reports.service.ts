import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { COVERAGE_WORDS, type Coverage, MASS_UNITS } from '@daodi/herbal';
import { type Fault, invalid, notFound, Problem } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, type Page, readPage, record, uuidOf } from '@daodi/registry';
import { identifierId } from '@daodi/trace';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import { canonicalBatch, isHolder, nodeOf } from '../batch-reference';
import { signer } from '../signer';
import { countedSql } from './counted-reports';
import { accreditationsOf, countingFor, coverages } from './load-accreditations';
import type { ApproveReportDto, CommissionTestDto, EnterReportDto, ReportQuery, ReviewReportDto, SpeaksForDto } from './report.dto';
import { reportDigest, withoutPeople } from './report-digest';
import type { ReportState } from './report-state';

/** Test reports on their way from tester to approver, and who ordered them. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
  ) {}

  /** The tester enters a report. The answer is the same whether or not the batch exists or is the laboratory's. */
  enter(caller: Caller, request: FastifyRequest, dto: EnterReportDto): Promise<ActAnswer> {
    const id = randomUUID();
    let state: ReportState;
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        state = await draftOf(tx, caller, dto);
        return [record('test-report', id, 'created', { new: state })];
      },
      respond: () => ({ status: 201, location: `/api/v1/test-reports/${id}`, body: { id, ...state } }),
    });
  }

  /** The reviewer, who is not the tester, signs. */
  review(caller: Caller, request: FastifyRequest, id: string, dto: ReviewReportDto): Promise<ActAnswer> {
    return this.sign(caller, request, id, 'draft', (old, person) => {
      refuseSamePerson(person, [old.tester]);
      return { ...old, reviewer: person, status: 'reviewed', ...(dto.remarks !== undefined && { reviewRemarks: dto.remarks }) };
    });
  }

  /** The approver, who is neither, gives the verdict. From here on it is a report. */
  approve(caller: Caller, request: FastifyRequest, id: string, dto: ApproveReportDto): Promise<ActAnswer> {
    return this.sign(caller, request, id, 'reviewed', async (old, person, tx) => {
      refuseSamePerson(person, [old.tester, old.reviewer]);
      await refuseSecondAmendment(tx, old.supersedes);
      return {
        ...old, approver: person, status: 'approved', verdict: dto.verdict,
        issuedOn: dto.issuedOn ?? old.issuedOn ?? todayInChina(),
        ...(dto.remarks !== undefined && { remarks: dto.remarks }),
      };
    });
  }

  /** A holder says that a laboratory tests a batch for it: then that laboratory's reports on it count. */
  commission(caller: Caller, request: FastifyRequest, dto: CommissionTestDto): Promise<ActAnswer> {
    const id = randomUUID();
    let state: Record<string, unknown> = {};
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const canonical = await canonicalBatch(tx, dto.batch);
        if (!(await isHolder(tx, caller.organisationId, await nodeOf(tx, caller.organisationId, canonical)))) throw notFound();
        const [laboratory] = await tx.query('SELECT id FROM organisation WHERE code = $1', [dto.laboratory]);
        if (laboratory === undefined) throw invalid([UNKNOWN_LABORATORY]);
        state = { ...dto, canonical, laboratoryId: laboratory.id };
        return [record('test-commission', id, 'created', { new: state })];
      },
      respond: () => ({ status: 201, body: { id, ...state } }),
    });
  }

  /** One report, with the digest of what is recorded of it. @throws Problem 404 where the caller may not read it */
  async get(caller: Caller, id: string): Promise<object> {
    const uuid = uuidOf(id);
    const [row] = uuid === undefined ? [] : await this.dataSource.query(
      `SELECT r.id, r.organisation_id, r.state FROM test_report r WHERE r.id = $2 AND (${MAY_READ_REPORT})`,
      [caller.organisationId, uuid],
    );
    if (row === undefined) throw notFound();
    const accreditation = await this.accreditation(caller, row);
    return { ...shown(caller, row), ...(accreditation.length > 0 && { accreditation }), recordDigest: reportDigest(row.id, row.organisation_id, row.state) };
  }

  /** Reports of the caller's laboratory and those it ordered; with a batch, also those that count for what it may read. */
  async list(caller: Caller, { batch, ...page }: ReportQuery): Promise<Page<object>> {
    const identifier = batch === undefined ? null : identifierId(await canonicalBatch(this.dataSource, batch));
    const mayRead = batch === undefined ? `r.organisation_id = $1 OR (r.status = 'approved' AND r.commissioner_id = $1)` : MAY_READ_REPORT;
    return readPage<ReportRow, object>(
      this.dataSource,
      `SELECT r.id, r.organisation_id, r.state, r.since_position FROM test_report r WHERE ($2::uuid IS NULL OR r.identifier = $2) AND (${mayRead})`,
      [caller.organisationId, identifier],
      page,
      (row) => shown(caller, row),
    );
  }

  /** How each item stands under the marks the report bears, by what counts for the caller. */
  private async accreditation(caller: Caller, { organisation_id: laboratory, state }: Pick<ReportRow, 'organisation_id' | 'state'>): Promise<MarkShown[]> {
    const marks = state.marks ?? [];
    if (marks.length === 0) return [];
    const known = countingFor(await accreditationsOf(this.dataSource, [laboratory]), laboratory, caller.organisationId);
    // One that is not signed yet would be signed today.
    const asIssued = { ...state, issuedOn: state.issuedOn ?? todayInChina() };
    return marks.map((mark) => ({ mark, items: coverages(asIssued, mark, known).map((coverage) => ({ coverage, words: COVERAGE_WORDS[coverage] })) }));
  }

  private sign(
    caller: Caller,
    request: FastifyRequest,
    id: string,
    from: ReportState['status'],
    sign: (old: ReportState, person: string, tx: EntityManager) => Promise<ReportState> | ReportState,
  ): Promise<ActAnswer> {
    const person = signer(caller);
    let state: ReportState;
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const [row] = await tx.query('SELECT state FROM test_report WHERE id = $1 AND organisation_id = $2', [uuidOf(id) ?? null, caller.organisationId]);
        if (row === undefined) throw notFound();
        const old = row.state as ReportState;
        if (old.status !== from) throw outOfOrder(old.status);
        state = await sign(old, person, tx);
        return [record('test-report', id.toLowerCase(), state.status === 'approved' ? 'decided' : 'changed', { old, new: state })];
      },
      respond: () => ({ status: 200, body: { id: id.toLowerCase(), ...state } }),
    });
  }
}

/** A mark of a report, and how what is on record of the laboratory covers each item, in the order of the items. */
export interface MarkShown {
  readonly mark: string;
  readonly items: readonly { readonly coverage: Coverage; readonly words: { readonly zh: string; readonly en: string } }[];
}

interface ReportRow {
  readonly id: string;
  readonly organisation_id: string;
  readonly state: ReportState;
  readonly since_position: string;
}

/** SQL over `r` (test_report), `$1` who asks. The laboratory always; once signed whom it names as commissioner, and readers of a batch for which it counts. */
export const MAY_READ_REPORT = `
  r.organisation_id = $1 OR (r.status = 'approved' AND (r.commissioner_id = $1 OR EXISTS (
    SELECT FROM (${countedSql('t.id = r.id')}) c
     WHERE EXISTS (SELECT FROM reader_direct d WHERE d.node = c.node AND d.organisation_id = $1)
        OR EXISTS (SELECT FROM reader_history h WHERE h.node = c.node AND h.organisation_id = $1))))`;

/** People of a laboratory are the laboratory's to know. */
function shown(caller: Caller, { id, organisation_id, state }: Pick<ReportRow, 'id' | 'organisation_id' | 'state'>): object {
  if (organisation_id === caller.organisationId) return { id, laboratory: organisation_id, ...state };
  return { id, laboratory: organisation_id, ...withoutPeople(state) };
}

async function draftOf(tx: EntityManager, caller: Caller, { tester, speaksFor, ...dto }: EnterReportDto): Promise<ReportState> {
  const canonical = await canonicalBatch(tx, dto.batch);
  const [commissioner] = dto.commissioner === undefined ? [] : await tx.query('SELECT id FROM organisation WHERE code = $1', [dto.commissioner]);
  const faults: Fault[] = [];
  const by = caller.personId ?? (await testerOf(tx, caller, tester, faults));
  const [taken] = await tx.query('SELECT FROM test_report WHERE organisation_id = $1 AND number = $2', [caller.organisationId, dto.number]);
  if (taken !== undefined) faults.push({ pointer: '/number', rule: 'number-taken', detail: { zh: '本实验室已有此报告编号', en: 'Your laboratory has a report of this number' } });
  if (dto.supersedes !== undefined) await checkAmended(tx, caller, { ...dto, canonical, supersedes: dto.supersedes }, faults);
  if (faults.length > 0) throw invalid(faults);
  const items = dto.items.map((item) => ({ ...item }));
  return { ...dto, ...(speaksFor !== undefined && { speaksFor: { ...speaksFor, mg: massOf(speaksFor) } }), items, supersedes: dto.supersedes?.toLowerCase(), canonical, commissionerId: commissioner?.id, tester: by as string, status: 'draft' };
}

/** A system that enters a report names the tester; whoever signs in is the tester. */
async function testerOf(tx: EntityManager, caller: Caller, tester: string | undefined, faults: Fault[]): Promise<string | undefined> {
  const [known] = tester === undefined ? [] : await tx.query(
    `SELECT id FROM person WHERE id = $1 AND organisation_id = $2 AND status = 'active'`,
    [tester.toLowerCase(), caller.organisationId],
  );
  if (known === undefined) faults.push({ pointer: '/tester', rule: 'unknown-person', detail: { zh: '请填写本实验室检验人的 id', en: 'Name the tester: a person of your laboratory, by id' } });
  return known?.id;
}

/** An amendment concerns the same batch and the same sample of the same laboratory; anything else is a new test. */
async function checkAmended(
  tx: EntityManager,
  caller: Caller,
  { supersedes, canonical, sampleNumber }: { supersedes: string; canonical: string; sampleNumber?: string },
  faults: Fault[],
): Promise<void> {
  const [row] = await tx.query(
    `SELECT state FROM test_report WHERE id = $1 AND organisation_id = $2 AND status = 'approved'`,
    [supersedes.toLowerCase(), caller.organisationId],
  );
  const old = row?.state as ReportState | undefined;
  if (old === undefined) {
    faults.push({ pointer: '/supersedes', rule: 'unknown-report', detail: { zh: '本实验室没有这份已签发的报告', en: 'Your laboratory has signed no such report' } });
  } else if (old.canonical !== canonical || old.sampleNumber !== sampleNumber) {
    faults.push({ pointer: '/supersedes', rule: 'other-sample', detail: { zh: '更正报告须为同一批次、同一样品；重新检验请另出报告', en: 'An amendment is about the same batch and sample; a new test is a report of its own' } });
  }
  await refuseSecondAmendment(tx, supersedes);
}

/** Of two amendments of one report nobody could say which stands. */
async function refuseSecondAmendment(tx: EntityManager, supersedes: string | undefined): Promise<void> {
  if (supersedes === undefined) return;
  const [other] = await tx.query(`SELECT FROM test_report WHERE supersedes = $1 AND status = 'approved'`, [supersedes.toLowerCase()]);
  if (other === undefined) return;
  throw new Problem(409, 'report-amended-already', { zh: '该报告已有更正报告，请更正最新的一份', en: 'This report has been amended already; amend the latest one' });
}

/** 检验人 ≠ 复核人 ≠ 批准人: who tested does not check, and who checked does not approve. */
function refuseSamePerson(person: string, others: readonly (string | undefined)[]): void {
  if (!others.includes(person)) return;
  throw new Problem(409, 'same-person', { zh: '检验人、复核人、批准人须为三个不同的人', en: 'Tester, reviewer and approver are three different people' });
}

const outOfOrder = (status: ReportState['status']): Problem =>
  new Problem(409, 'report-out-of-order', { zh: '报告须依次检验、复核、批准', en: 'A report is entered, then reviewed, then approved' }, { members: { status } });

const UNKNOWN_LABORATORY: Fault = {
  pointer: '/laboratory', rule: 'unknown-organisation', detail: { zh: '平台上没有这个组织代码', en: 'No organisation has this code' },
};

/** The day in China (UTC+8 all year), where the reports are signed. */
const todayInChina = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Every unit is one of mass; finer than a milligram is rounded down, for no more is let go than a report speaks for. */
function massOf({ quantity, unit }: SpeaksForDto): string {
  const [whole = '0', fraction = ''] = quantity.split('.');
  return ((BigInt(whole + fraction) * (MASS_UNITS.get(unit) ?? 0n)) / 10n ** BigInt(fraction.length)).toString();
}
