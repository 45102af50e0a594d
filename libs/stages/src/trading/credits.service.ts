import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { invalid, notFound } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, type Page, readPage, record } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import type { CreditAnswer, CreditQuery, PaymentAnswer, PaymentDto } from './credits.dto';
import type { CreditPaymentState, CreditState } from './credits.projection';
import { readYuan, yuanText } from './money';

type Db = Pick<EntityManager, 'query'>;

/** What counts of a payment: not what was withdrawn, nor what a return settled that did not occur. */
const COUNTS = `p.status = 'counted' AND NOT EXISTS (SELECT FROM declared d WHERE d.org = p.organisation_id AND d.event_id = p.event_id)`;

const CREDITS = `
  SELECT c.id, c.state, c.since_position, c.amount_fen - c.paid_fen - COALESCE((SELECT sum(p.amount_fen) FROM credit_payment p WHERE p.credit_id = c.id AND ${COUNTS}), 0) AS open_fen,
         c.due_on < (now() AT TIME ZONE 'Asia/Shanghai')::date AS is_late,
         EXISTS (SELECT FROM declared d WHERE d.org = c.organisation_id AND d.event_id = c.event_id) AS is_withdrawn,
         COALESCE((SELECT jsonb_agg(jsonb_build_object('id', p.id, 'state', p.state, 'counts', ${COUNTS}) ORDER BY p.since_position) FROM credit_payment p WHERE p.credit_id = c.id), '[]') AS payments
    FROM credit c WHERE c.organisation_id = $1`;

/** Credits of the caller's own organisation, and payments of them. Nobody else ever sees one. */
@Injectable()
export class Credits {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
  ) {}

  list({ organisationId }: Caller, { buyer, state = 'open', ...page }: CreditQuery): Promise<Page<CreditAnswer>> {
    const select = `SELECT * FROM (${CREDITS} AND ($2::text IS NULL OR c.buyer = $2)) credits WHERE $3 OR (open_fen > 0 AND NOT is_withdrawn)`;
    return readPage(this.dataSource.manager, select, [organisationId, buyer ?? null, state === 'all'], page, answerOfRow);
  }

  /** @throws Problem 404, the same for another's and for none */
  async get(caller: Caller, id: string): Promise<CreditAnswer> {
    return answerOfRow(await rowOf(this.dataSource.manager, caller, id));
  }

  /** Records a payment. More than is owed is taken: who was paid says what came in. */
  pay(caller: Caller, request: FastifyRequest, id: string, { amount, paidOn, note }: PaymentDto): Promise<ActAnswer> {
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        await rowOf(tx, caller, id);
        const fen = readYuan(amount);
        if (fen === undefined) throw invalid([{ pointer: '/amount', rule: 'money', detail: { zh: '金额最多两位小数', en: 'money has at most two decimals' } }]);
        const state: CreditPaymentState = { creditId: id.toLowerCase(), amountFen: fen.toString(), paidOn, status: 'counted', note };
        return [record('credit-payment', randomUUID(), 'created', { new: { ...state } })];
      },
      respond: (stored) => {
        const { subject, new: state } = stored[0]?.body as unknown as { subject: string; new: CreditPaymentState };
        return { status: 201, location: `/api/v1/credits/${state.creditId}`, body: paymentAnswer(subject, state, true) };
      },
    });
  }

  /** Takes a payment back that was written down wrongly; it stays on record. */
  withdraw(caller: Caller, request: FastifyRequest, id: string, paymentId: string, why: string): Promise<ActAnswer> {
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const { payments } = await rowOf(tx, caller, id);
        const payment = payments.find((one) => one.id === paymentId.toLowerCase());
        // What a return settled is corrected with the return.
        if (payment === undefined || payment.state.eventId !== undefined) throw notFound();
        return [record('credit-payment', payment.id, 'ended', { old: { ...payment.state }, new: { ...payment.state, status: 'withdrawn' }, why })];
      },
      respond: (stored) => {
        const { subject, new: state } = stored[0]?.body as unknown as { subject: string; new: CreditPaymentState };
        return { status: 201, location: `/api/v1/credits/${state.creditId}`, body: paymentAnswer(subject, state, false) };
      },
    });
  }
}

interface Row {
  readonly id: string;
  readonly state: CreditState;
  readonly since_position: string;
  readonly open_fen: string;
  readonly is_late: boolean;
  readonly is_withdrawn: boolean;
  readonly payments: readonly { readonly id: string; readonly state: CreditPaymentState; readonly counts: boolean }[];
}

async function rowOf(db: Db, { organisationId }: Caller, id: string): Promise<Row> {
  const [row] = (await db.query(`${CREDITS} AND c.id::text = $2`, [organisationId, id.toLowerCase()])) as Row[];
  if (row === undefined) throw notFound();
  return row;
}

function answerOfRow({ id, state, open_fen, is_late, is_withdrawn, payments }: Row): CreditAnswer {
  const open = BigInt(open_fen);
  const { eventId, recordedAs, buyer, amountFen, dueOn } = state;
  return {
    id, eventID: eventId, recordedAs, buyer,
    amount: yuanText(BigInt(amountFen)), settled: yuanText(BigInt(amountFen) - open), open: yuanText(open), dueOn,
    isOverdue: is_late && open > 0n && !is_withdrawn,
    state: is_withdrawn ? 'withdrawn' : open > 0n ? 'open' : 'settled',
    payments: payments.map((payment) => paymentAnswer(payment.id, payment.state, payment.counts)),
  };
}

const paymentAnswer = (id: string, { amountFen, paidOn, eventId, note }: CreditPaymentState, counts: boolean): PaymentAnswer => ({
  id, amount: yuanText(BigInt(amountFen)), paidOn, status: counts ? 'counted' : 'withdrawn',
  ...(eventId !== undefined && { eventID: eventId }), ...(note !== undefined && { note }),
});
