import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { logSize } from '@daodi/log';
import { notFound, Problem } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, dayInChina, type Page, type PageQuery, readPage, record, uuidOf } from '@daodi/registry';
import { amountOut, type CompositionAnswer, uomOf } from '@daodi/trace';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import { authenticityOf } from '../authenticity/authenticity';
import { canonicalBatch, isHolder, nodeOf } from '../batch-reference';
import { judgeHistory } from '../history/judged-history';
import { isTouchedSince } from '../history/touched-since';
import { shownReasons } from '../releases/shown-reasons';
import { standing } from '../rules/report.rules';
import { BLOCKING_VERSIONS } from '../rules/rules';
import { shownJudgement } from '../verdicts/shown-judgement';
import { arrivalFacts, Arrivals, type JudgedArrival } from './arrival-facts';
import type { DecideDockDto } from './dock.dto';
import { DOCK_DECISIONS, DOCK_WORDS, type DockDecision, dockDecision, type DockReason, dockReasons } from './judge-arrival';

type Db = Pick<EntityManager, 'query'>;

/** Lots of one container that are told one by one; a carton with more is opened and looked at by lot. */
const LOTS_MAX = 100;

/** Most answers kept at once. */
const ANSWERS_MAX = 500;

/** One lot at the dock, as an answer shows it. */
export interface DockLot {
  readonly batch: string;
  readonly decision: DockDecision;
  readonly words: { readonly zh: string; readonly en: string };
  readonly reasons: readonly object[];
  readonly herb?: string;
  readonly grade?: string;
  readonly lotNumber?: string;
  readonly form?: string;
  /** On its way here, by whom; what is in the scanned container, where it is one. */
  readonly onTheWay?: { readonly quantity: number | string; readonly uom?: string };
  readonly inContainer?: { readonly quantity: number | string; readonly uom?: string };
  readonly shipments: readonly { readonly eventID: string; readonly from: string; readonly shippedAt: string; readonly quantity?: number | string; readonly uom?: string }[];
  readonly origin?: CompositionAnswer;
  /** 品种道地 and 产区道地, as far as records show. */
  readonly authentic: object;
  readonly trace: { readonly complete: boolean; readonly events: number };
  readonly reports: readonly { readonly number: string; readonly verdict: string; readonly issuedOn: string }[];
  readonly verdicts: object;
  /** Its key and the judgement it rests on, for who decides on it; never shown. */
  readonly node: string;
  readonly judged: JudgedArrival;
}

/** What the dock says of a code. */
export interface DockAnswer {
  readonly code: string;
  readonly decision: DockDecision;
  readonly words: { readonly zh: string; readonly en: string };
  readonly reasons?: readonly object[];
  readonly lots: readonly DockLot[];
  /** The log's size up to which this is how it stands. */
  readonly position: string;
}

interface KeptAnswer {
  /** The log's size when it was begun: it is at least as new as that. */
  readonly size: bigint;
  readonly answer: Promise<DockAnswer>;
  isDone: boolean;
  /** What those wait for who asked after more was written, while this was worked out. */
  next?: Promise<DockAnswer>;
}

interface LotAtDock {
  readonly node: string;
  readonly spelled: string;
  readonly amount?: bigint;
}

/** 收货: whether goods may be unloaded, as far as records go. Deciding releases nothing: that comes after the receiver's own test. */
@Injectable()
export class Dock {
  private readonly answers = new Map<string, KeptAnswer>();

  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
    private readonly arrivals: Arrivals,
  ) {}

  /**
   * Asking uses nothing up. Of what was never shipped here and is not the caller's, nothing is told but that. An answer is
   * a function of the log, so whoever asks the same while nothing was written gets the same one.
   *
   * Whoever asks while an older one is still worked out waits for the next, which is begun once that is done and serves all
   * who came meanwhile: answers to one question never compete for the machine, and none is older than its question.
   */
  async ask({ organisationId }: Caller, code: string): Promise<DockAnswer> {
    const key = `${organisationId} ${code}`;
    const size = await logSize(this.dataSource);
    const known = this.answers.get(key);
    if (known !== undefined && known.size >= size) return known.answer;
    if (known === undefined || known.isDone) return this.begin(key, organisationId, code, size).answer;
    known.next ??= known.answer.then(() => undefined, () => undefined)
      .then(async () => this.begin(key, organisationId, code, await logSize(this.dataSource)).answer);
    return known.next;
  }

  private begin(key: string, organisationId: string, code: string, size: bigint): KeptAnswer {
    const kept: KeptAnswer = { size, isDone: false, answer: this.answerNow(organisationId, code) };
    this.answers.delete(key);
    this.answers.set(key, kept);
    const [oldest] = this.answers.keys();
    if (this.answers.size > ANSWERS_MAX && oldest !== undefined) this.answers.delete(oldest);
    const forget = (): void => void (this.answers.get(key) === kept && this.answers.delete(key));
    kept.answer.then(({ lots }) => {
      kept.isDone = true;
      // A trace that waits for its follower, or goods not known here, may be told otherwise without another entry.
      if (lots.length === 0 || lots.some(({ trace }) => !trace.complete)) forget();
    }, forget);
    return kept;
  }

  private async answerNow(organisationId: string, code: string): Promise<DockAnswer> {
    const canonical = await canonicalBatch(this.dataSource, code);
    const node = await nodeOf(this.dataSource, organisationId, canonical);
    if (!(await isHolder(this.dataSource, organisationId, node))) return UNKNOWN_HERE(code);
    const lots: DockLot[] = [];
    let position: bigint | undefined;
    for (const lot of await lotsAt(this.dataSource, organisationId, node)) {
      const judged = await this.arrivals.judged(lot.node, organisationId, lot.spelled);
      position = position === undefined || judged.position < position ? judged.position : position;
      lots.push(await this.lot(this.dataSource.manager, organisationId, lot, judged));
    }
    if (lots.length === 0) return UNKNOWN_HERE(code);
    const decision = worst(lots.map((lot) => lot.decision));
    return { code, decision, words: DOCK_WORDS[decision], lots, position: String(position ?? 0n) };
  }

  /** Keeps what was decided, with the judgement it rests on; for goods that are unloaded it numbers the 请验单. */
  async decide(caller: Caller, request: FastifyRequest, dto: DecideDockDto): Promise<ActAnswer> {
    const before = await this.ask(caller, dto.code);
    const id = randomUUID();
    let state: Record<string, unknown> = {};
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const judged = await this.judgedUnderLock(tx, caller, before);
        if (judged.lots.length === 0) throw notFound();
        if (DOCK_DECISIONS.indexOf(dto.decision) < DOCK_DECISIONS.indexOf(judged.decision)) throw tooMild(judged);
        const number = dto.decision === 'refuse' ? undefined : await nextNumber(tx, caller);
        state = {
          ...dto, judged: judged.decision, position: judged.position, ruleVersions: BLOCKING_VERSIONS,
          lots: judged.lots.map(({ batch, decision, reasons, node, reports }) => ({ batch, node, decision, reasons, reports })), ...(number !== undefined && { testRequest: number }),
        };
        return [record('dock-decision', id, 'decided', { new: state, why: dto.remarks })];
      },
      respond: () => ({ status: 201, location: `/api/v1/dock-decisions/${id}`, body: { id, ...shown(state) } }),
    });
  }

  /**
   * The same answer where nothing since it was made bears on it; else judged anew under the lock, so that no decision stands
   * behind a fact it did not see. Where goods came from is told as it was: only who may see it can have changed.
   */
  private async judgedUnderLock(tx: EntityManager, { organisationId }: Caller, before: DockAnswer): Promise<DockAnswer> {
    const position = await logSize(tx);
    const lots: DockLot[] = [];
    for (const lot of before.lots) {
      const isSame = !(await isTouchedSince(tx, lot.judged.history, lot.judged.position));
      const judged = isSame ? lot.judged : { ...lot.judged, history: await judgeHistory(tx, lot.node, organisationId), position };
      lots.push(await this.lot(tx, organisationId, { node: lot.node, spelled: lot.batch }, judged));
    }
    return { ...before, decision: worst(['accept', ...lots.map(({ decision }) => decision)]), lots, position: position.toString() };
  }

  list(caller: Caller, page: PageQuery): Promise<Page<object>> {
    return readPage<{ id: string; state: Record<string, unknown>; record_time: Date; since_position: string }, object>(
      this.dataSource, 'SELECT id, state, record_time, since_position FROM dock_decision WHERE organisation_id = $1', [caller.organisationId], page,
      ({ id, state, record_time }) => ({ id, ...shown(state), recordTime: record_time.toISOString() }),
    );
  }

  /** One decision of the caller's. @throws Problem 404 */
  async get(caller: Caller, id: string): Promise<Record<string, unknown>> {
    const [row] = await this.dataSource.query('SELECT id, state, record_time FROM dock_decision WHERE id = $1 AND organisation_id = $2', [uuidOf(id) ?? null, caller.organisationId]);
    if (row === undefined) throw notFound();
    return { id: row.id, ...shown(row.state), recordTime: row.record_time.toISOString() };
  }

  private async lot(db: EntityManager, organisationId: string, { node, spelled, amount }: LotAtDock, judged: JudgedArrival): Promise<DockLot> {
    const facts = await arrivalFacts(db, judged);
    const reasons = dockReasons(facts);
    const decision = dockDecision(reasons);
    const [about] = await db.query(
      `SELECT b.herb, b.grade, b.lot_number, b.attributes ->> 'form' AS form, n.unit FROM node n LEFT JOIN batch b ON b.identifier = n.identifier WHERE n.id = $1`,
      [node],
    );
    const unit = (about?.unit ?? 'mg') as 'mg' | 'pcs';
    const quantity = (base: bigint): { readonly quantity: number | string; readonly uom?: string } => ({ quantity: amountOut(base, unit), uom: uomOf(unit) });
    const { history, trace } = judged;
    const reports = new Map(history.shares.filter((share) => share.node === node).flatMap(standing).map((report) => [report.id, report]));
    return {
      batch: spelled, decision, words: DOCK_WORDS[decision],
      reasons: await shownDockReasons(db, history, reasons),
      herb: about?.herb ?? undefined, grade: about?.grade ?? undefined, lotNumber: about?.lot_number ?? undefined, form: about?.form ?? undefined,
      ...(facts.onTheWay > 0n && { onTheWay: quantity(facts.onTheWay) }),
      ...(amount !== undefined && { inContainer: quantity(amount) }),
      shipments: (await shipmentsHere(db, organisationId, node)).map(({ amount: shipped, ...shipment }) => ({ ...shipment, ...(shipped !== null && quantity(BigInt(shipped))) })),
      origin: trace.composition,
      authentic: await authenticityOf(db, history, trace.composition),
      trace: { complete: trace.complete, events: trace.counts.events },
      reports: [...reports.values()].map(({ number, verdict, issuedOn }) => ({ number, verdict, issuedOn })),
      verdicts: shownJudgement(history.standards),
      node,
      judged,
    };
  }
}

/** Which batch and whose share: the own, or one upstream; never whose. */
async function shownDockReasons(db: Db, history: JudgedArrival['history'], reasons: readonly DockReason[]): Promise<object[]> {
  const told = await shownReasons(db, history, reasons);
  return told.map((one, i) => ({ level: (reasons[i] as DockReason).level, ...one }));
}

/** Keys of nodes are ours. */
const shown = ({ lots, ...state }: Record<string, unknown>): Record<string, unknown> =>
  ({ ...state, lots: (lots as { node?: unknown }[]).map(({ node: _n, ...lot }) => lot) });

/** Of an answer for people: without what only we use. */
export const shownAnswer = ({ lots, ...answer }: DockAnswer): object => ({ ...answer, lots: lots.map(({ node: _n, judged: _j, ...lot }) => lot) });

const worst = (decisions: readonly DockDecision[]): DockDecision => DOCK_DECISIONS[Math.max(...decisions.map((one) => DOCK_DECISIONS.indexOf(one)))] as DockDecision;

/** The same whether it is another's or nobody's. */
const UNKNOWN_HERE = (code: string): DockAnswer => ({
  code, decision: 'doubt', words: DOCK_WORDS.doubt, lots: [], position: '0',
  reasons: [{ level: 'doubt', rule: 'not-shipped-here', title: { zh: '平台上没有发给本组织的这批货：可按外购来货登记，来源为申报', en: 'Nothing on record was shipped to you under this code: it may be taken in from outside, its origin declared' } }],
});

/** The lots a code stands for: itself; what is in a container as it was last shipped here; the lot of a serial. */
async function lotsAt(db: Db, organisationId: string, node: string): Promise<LotAtDock[]> {
  const [self] = await db.query(
    'SELECT n.kind, COALESCE(b.uri, i.canonical) AS spelled FROM node n JOIN identifier i ON i.id = n.identifier LEFT JOIN batch b ON b.identifier = n.identifier WHERE n.id = $1', [node],
  );
  if (self === undefined) return [];
  if (self.kind === 'class') return [{ node, spelled: self.spelled }];
  const rows: { node: string; spelled: string; amount: string | null }[] = await db.query(
    `WITH way AS (
       SELECT l.position, l.ordinal FROM line l WHERE l.node = $1 AND l.dest_org = $2 AND l.role = 'ship' AND l.held AND NOT l.void
        ORDER BY l.event_time DESC, l.position DESC LIMIT 1)
     SELECT c.node, COALESCE(b.uri, i.canonical) AS spelled, sum(c.amount) AS amount
       FROM way JOIN line c ON c.position = way.position AND c.ordinal = way.ordinal AND c.path <> '' AND c.kind = 'class' AND NOT c.void AND c.node IS NOT NULL
       JOIN identifier i ON i.id = c.identifier LEFT JOIN batch b ON b.identifier = c.identifier GROUP BY 1, 2 ORDER BY 2 LIMIT ${LOTS_MAX + 1}`,
    [node, organisationId],
  );
  if (rows.length > LOTS_MAX) {
    throw new Problem(422, 'too-many-lots', { zh: `箱内批次超过 ${LOTS_MAX} 个，请逐批扫描`, en: `More than ${LOTS_MAX} lots lie in it: scan them lot by lot` });
  }
  return rows.map(({ node: lot, spelled, amount }) => ({ node: lot, spelled, ...(amount !== null && { amount: BigInt(amount) }) }));
}

/** Shipments of a lot to the caller, the latest first. */
function shipmentsHere(db: Db, organisationId: string, node: string): Promise<{ eventID: string; from: string; shippedAt: string; amount: string | null }[]> {
  return db.query(
    `SELECT l.event_id AS "eventID", o.code AS "from", to_char(min(l.event_time) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "shippedAt", sum(l.amount) AS amount
       FROM line l JOIN organisation o ON o.id = l.org
      WHERE l.node = $1 AND l.dest_org = $2 AND l.org <> $2 AND l.role = 'ship' AND l.held AND NOT l.void GROUP BY l.event_id, o.code ORDER BY 3 DESC, 1 LIMIT 20`,
    [node, organisationId],
  );
}

/** `QY-` day and number of the day in the caller's organisation: unique, for it is given under the lock of the log. */
async function nextNumber(tx: Db, { organisationId }: Caller): Promise<string> {
  const day = dayInChina(new Date()).replaceAll('-', '');
  const [{ count }] = await tx.query(`SELECT count(*) AS count FROM dock_decision WHERE organisation_id = $1 AND state ->> 'testRequest' LIKE $2`, [organisationId, `QY-${day}-%`]);
  return `QY-${day}-${String(Number(count) + 1).padStart(3, '0')}`;
}

function tooMild({ decision, lots }: DockAnswer): Problem {
  return new Problem(409, 'dock-decision-too-mild', { zh: `按记录应为：${DOCK_WORDS[decision].zh}`, en: `By what is on record it is: ${DOCK_WORDS[decision].en}` }, {
    members: { judged: decision, lots: lots.map(({ batch, decision: judged, reasons }) => ({ batch, judged, reasons })) },
  });
}
