import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Fault, invalid, notFound, Problem } from '@daodi/platform';
import { typedMilligrams } from '@daodi/herbal';
import { type ActAnswer, Acts, type Caller, findHerb, findProduct, instant, type Page, type PageQuery, readPage, record, uuidOf } from '@daodi/registry';
import { TraceService } from '@daodi/trace';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import { canonicalBatch, isHolder, nodeOf } from '../batch-reference';
import { signer } from '../signer';
import { type BatchRecord, batchRecordAnswer } from './batch-record-answer';
import { leftOver } from './judge-batch-record';
import { type LoadedRecord, loadBatchRecords, type PartKind, type RecordPart } from './load-batch-record';
import type {
  AddOrderDto, CheckDto, ClearanceDto, CloseDeviationDto, DeviationDto, IssueDto, LabelCountDto, OrderLotDto, ReturnMaterialDto, ReviewRecordDto, StepDto, WithdrawPartDto,
} from './order.dto';

/** Kinds of parts a second person confirms. */
const CONFIRMED: readonly PartKind[] = ['issue', 'return', 'step', 'clearance', 'labels'];

type PartState = Readonly<Record<string, unknown>>;

/** 批生产指令与批记录: orders, the parts of their records, and the record as it stands. */
@Injectable()
export class ProductionOrders {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
    private readonly traces: TraceService,
  ) {}

  /** Orders a batch to be made. */
  order(caller: Caller, request: FastifyRequest, dto: AddOrderDto): Promise<ActAnswer> {
    const id = randomUUID();
    let state: PartState = {};
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        await checkOrder(tx, caller, dto);
        state = plain({ ...dto, by: caller.personId });
        return [record('production-order', id, 'created', { new: state })];
      },
      respond: () => ({ status: 201, location: `/api/v1/production-orders/${id}`, body: { id, ...state } }),
    });
  }

  issue(caller: Caller, request: FastifyRequest, order: string, dto: IssueDto | ReturnMaterialDto, kind: 'issue' | 'return'): Promise<ActAnswer> {
    return this.part(caller, request, order, kind, async (tx) => {
      const faults = timeFaults(dto.at);
      const lines = await lotLines(tx, caller, dto.lines, faults);
      if (faults.length > 0) throw invalid(faults);
      return { ...dto, lines };
    });
  }

  /** Puts an event of the caller's own into the record. An event belongs to one order. */
  step(caller: Caller, request: FastifyRequest, order: string, dto: StepDto): Promise<ActAnswer> {
    return this.part(caller, request, order, 'step', async (tx, old) => {
      const [tie] = await tx.query(`SELECT FROM line WHERE org = $1 AND event_id = $2 AND hub IS NOT NULL AND role = 'input' AND NOT void LIMIT 1`, [caller.organisationId, dto.eventID]);
      if (tie === undefined) {
        throw invalid([{ pointer: '/eventID', rule: 'no-transformation', detail: { zh: '本组织没有这个加工或包装事件，或它已被声明错误', en: 'No event of yours that turns batches into others has this id, or it was declared in error' } }]);
      }
      const [other] = await tx.query(
        `SELECT p.order_id FROM batch_record_part p WHERE p.organisation_id = $1 AND p.event_id = $2 AND NOT EXISTS (SELECT FROM batch_record_part w WHERE w.kind = 'withdrawal' AND w.about = p.id)`,
        [caller.organisationId, dto.eventID],
      );
      if (other !== undefined) {
        const isHere = other.order_id === old.id;
        throw new Problem(409, 'step-recorded-already', isHere ? { zh: '该工序已在本批记录中', en: 'This event is in the record already' } : { zh: '该工序已属于另一生产指令', en: 'This event belongs to another order' });
      }
      return { ...dto };
    });
  }

  clearance(caller: Caller, request: FastifyRequest, order: string, dto: ClearanceDto): Promise<ActAnswer> {
    return this.timed(caller, request, order, 'clearance', dto);
  }

  deviation(caller: Caller, request: FastifyRequest, order: string, dto: DeviationDto): Promise<ActAnswer> {
    return this.timed(caller, request, order, 'deviation', dto);
  }

  labels(caller: Caller, request: FastifyRequest, order: string, dto: LabelCountDto): Promise<ActAnswer> {
    return this.part(caller, request, order, 'labels', () => ({ ...dto }));
  }

  /** The head of quality ends a deviation. */
  closeDeviation(caller: Caller, request: FastifyRequest, order: string, deviation: string, dto: CloseDeviationDto): Promise<ActAnswer> {
    signer(caller);
    return this.part(caller, request, order, 'deviation-closed', (_tx, { parts }) => {
      const about = standingPart(parts, deviation, ['deviation']);
      if (parts.some((part) => part.kind === 'deviation-closed' && part.about === about.id && !part.isWithdrawn)) {
        throw new Problem(409, 'deviation-closed-already', { zh: '该偏差已关闭', en: 'This deviation is closed already' });
      }
      return { about: about.id, ...dto };
    });
  }

  /** 复核: somebody else than who put it down. */
  check(caller: Caller, request: FastifyRequest, order: string, dto: CheckDto): Promise<ActAnswer> {
    const person = signer(caller);
    return this.part(caller, request, order, 'check', (_tx, { parts }) => {
      const about = standingPart(parts, dto.part, CONFIRMED, '/part');
      if (about.state['by'] === person) throw new Problem(409, 'same-person', { zh: '复核须由登记人以外的人进行', en: 'Somebody else than who put it down confirms it' });
      return { about: about.id };
    });
  }

  /** Takes back a part that was put down in error. It stays on record. */
  withdraw(caller: Caller, request: FastifyRequest, order: string, { part, reason }: WithdrawPartDto): Promise<ActAnswer> {
    signer(caller);
    return this.part(caller, request, order, 'withdrawal', (_tx, { parts }) => ({ about: standingPart(parts, part, undefined, '/part').id, reason }));
  }

  /** 审核: the head of quality has read the record as it stands now. Whatever changes it later makes the review one of an earlier state. */
  review(caller: Caller, request: FastifyRequest, order: string, dto: ReviewRecordDto): Promise<ActAnswer> {
    signer(caller);
    return this.part(caller, request, order, 'review', (_tx, { digest }) => ({ ...dto, digest }));
  }

  list(caller: Caller, page: PageQuery): Promise<Page<object>> {
    return readPage<{ id: string; state: PartState; since_position: string }, object>(
      this.dataSource, 'SELECT id, state, since_position FROM production_order WHERE organisation_id = $1', [caller.organisationId], page, ({ id, state }) => ({ id, ...state }),
    );
  }

  /** The record as it stands, judged now. @throws Problem 404 where it is not the caller's */
  async batchRecord(caller: Caller, order: string): Promise<BatchRecord> {
    const loaded = await this.dataSource.transaction('REPEATABLE READ', (db) => own(db, caller, order));
    const products = leftOver(loaded.facts.steps).filter(({ role }) => role === undefined || role === 'product');
    const traces = new Map<string, Awaited<ReturnType<TraceService['trace']>>>();
    for (const { node, name } of products) traces.set(node, await this.traces.trace(caller.organisationId, name, 'back'));
    return batchRecordAnswer(loaded, traces);
  }

  private timed(caller: Caller, request: FastifyRequest, order: string, kind: PartKind, dto: { readonly at: string }): Promise<ActAnswer> {
    return this.part(caller, request, order, kind, () => {
      const faults = timeFaults(dto.at);
      if (faults.length > 0) throw invalid(faults);
      return { ...dto };
    });
  }

  private part(
    caller: Caller, request: FastifyRequest, order: string, kind: PartKind, make: (tx: EntityManager, old: LoadedRecord) => Promise<object> | object,
  ): Promise<ActAnswer> {
    const id = randomUUID();
    let state: PartState = {};
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const old = await own(tx, caller, order);
        state = plain({ ...(await make(tx, old)), order: old.id, kind, by: caller.personId });
        return [record('batch-record-part', id, 'created', { new: state })];
      },
      respond: () => ({ status: 201, location: `/api/v1/production-orders/${String(state['order'])}/batch-record`, body: { id, ...withoutNodes(state) } }),
    });
  }
}

/** A state as JSON carries it: without what is absent. */
const plain = (state: object): PartState => JSON.parse(JSON.stringify(state)) as PartState;

/** Keys of nodes are ours. */
export function withoutNodes(state: PartState): PartState {
  const { lines } = state;
  return Array.isArray(lines) ? { ...state, lines: (lines as PartState[]).map(({ node: _n, ...line }) => line) } : state;
}

async function own(db: Pick<EntityManager, 'query'>, { organisationId }: Caller, order: string): Promise<LoadedRecord> {
  const id = uuidOf(order);
  const [loaded] = id === undefined ? [] : await loadBatchRecords(db, [id]);
  if (loaded === undefined || loaded.organisation !== organisationId) throw notFound();
  return loaded;
}

function standingPart(parts: readonly RecordPart[], id: string, kinds: readonly PartKind[] | undefined, pointer?: string): RecordPart {
  const found = parts.find((part) => part.id === id.toLowerCase() && !part.isWithdrawn && part.kind !== 'withdrawal' && (kinds === undefined || kinds.includes(part.kind)));
  if (found !== undefined) return found;
  if (pointer === undefined) throw notFound();
  throw invalid([{ pointer, rule: 'unknown-part', detail: { zh: '本批记录中没有这条可处理的记录', en: 'The record has no such part, or it has been withdrawn' } }]);
}

async function checkOrder(tx: EntityManager, caller: Caller, { number, product, formula, steps }: AddOrderDto): Promise<void> {
  const faults: Fault[] = [];
  const say = (pointer: string, rule: string, zh: string, en: string): void => void faults.push({ pointer, rule, detail: { zh, en } });
  const [taken] = await tx.query('SELECT FROM production_order WHERE organisation_id = $1 AND number = $2', [caller.organisationId, number]);
  if (taken !== undefined) say('/number', 'number-taken', '本组织已有此编号的生产指令', 'An order of yours has this number already');
  if (product !== undefined && (await findProduct(tx, product.toLowerCase()))?.organisationId !== caller.organisationId) say('/product', 'unknown-product', '没有这个产品', 'You have no such product');
  for (const [i, { herb, ...typed }] of (formula ?? []).entries()) {
    if ((await findHerb(tx, herb)) === undefined) say(`/formula/${i}/herb`, 'unknown-herb', '药材目录中没有此品种', 'The catalogue has no such herb');
    if (typedMilligrams(typed) === undefined) say(`/formula/${i}/quantity`, 'finer-than-a-milligram', '不能精确到小于 1 毫克', 'finer than a milligram');
  }
  for (const [i, limit] of steps.entries()) {
    for (const [min, max] of [['yieldMin', 'yieldMax'], ['balanceMin', 'balanceMax']] as const) {
      const [low, high] = [limit[min], limit[max]];
      if (low !== undefined && high !== undefined && Number(low) > Number(high)) say(`/steps/${i}/${max}`, 'bounds-order', '上限低于下限', 'The upper bound is below the lower');
    }
    if (steps.findIndex(({ step }) => step === limit.step) !== i) say(`/steps/${i}/step`, 'step-twice', '同一工序写了两次', 'One step is named twice');
  }
  if (faults.length > 0) throw invalid(faults);
}

function timeFaults(at: string): Fault[] {
  return instant(at) === undefined ? [{ pointer: '/at', rule: 'instant', detail: { zh: '应为带时区的 ISO 8601 时间', en: 'It must be an ISO 8601 time with its offset' } }] : [];
}

async function lotLines(tx: EntityManager, caller: Caller, lines: readonly OrderLotDto[], faults: Fault[]): Promise<object[]> {
  const found: object[] = [];
  for (const [i, { batch, ...typed }] of lines.entries()) {
    const node = await nodeOf(tx, caller.organisationId, await canonicalBatch(tx, batch));
    if (!(await isHolder(tx, caller.organisationId, node))) faults.push({ pointer: `/lines/${i}/batch`, rule: 'unknown-batch', detail: { zh: '没有这个批次，或它不是本组织的', en: 'There is no such batch, or you neither made nor had it' } });
    if (typedMilligrams(typed) === undefined) faults.push({ pointer: `/lines/${i}/quantity`, rule: 'finer-than-a-milligram', detail: { zh: '不能精确到小于 1 毫克', en: 'finer than a milligram' } });
    found.push({ batch, ...typed, node });
  }
  return found;
}
