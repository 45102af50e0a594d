import { randomUUID } from 'node:crypto';
import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, Amount, type Caller, CurrentCaller, OneOf, Pattern, record, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Flag, Lines } from '../form/fields';
import { BatchLineDto, FormBody } from '../form/form-body';
import { FormRoute, SELLING_ROLES } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { goodsLists } from '../form/goods';
import { type Acceptance, acceptShortfalls, shortfalls } from '../form/overdraw';
import { atSite } from '../form/places';
import type { Portion } from '../form/things';
import type { Work } from '../form/work';
import { yuanOf } from './credit-sale.stage';
import type { CreditPaymentState } from './credits.projection';
import { creditOfEvent, settledByEvent } from './find-credit';
import { comingBack, findSold, type SoldGoods } from './sold-goods';

/** An event id, as a client may give one. */
export const EVENT_ID = /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]{1,180}$/;

/** In which state goods came back; none of them says that they are as they were. */
export const RETURN_STATES = ['unopened', 'opened', 'damp', 'mouldy', 'damaged', 'unknown'] as const;
export const RETURN_STATE_MEANINGS = {
  unopened: '未开封 unopened', opened: '已开封 opened', damp: '受潮 damp', mouldy: '发霉或虫蛀 mouldy or insect-eaten', damaged: '包装破损 wrapping damaged', unknown: '不明 not known',
} as const;

/** 退货. */
export class ReturnForm extends FormBody {
  @Pattern(EVENT_ID, { description: 'The sale: id of its event. 原销售事件编号', example: 'urn:uuid:0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70' })
  sale: string;

  @Lines(() => BatchLineDto, { optional: true, description: 'What came back; all that was sold and has not come back yet unless said otherwise. 退回的批次与数量' })
  lines?: BatchLineDto[];

  @Text(500, { description: 'Why it came back. 退货原因', example: '客户反映受潮' })
  reason: string;

  @OneOf(RETURN_STATES, { description: 'In which state it came back. 退回时的状态', example: 'opened', meanings: RETURN_STATE_MEANINGS })
  state: (typeof RETURN_STATES)[number];

  @Amount({ optional: true, description: 'What is taken off the buyer’s debt, where the sale was on credit; for your own organisation only. 抵扣赊账金额', example: '640.00', unit: '元 yuan (CNY)' })
  credited?: string | number;

  @Flag({ optional: true, description: 'Take it although more comes back than was sold. 确认退回多于售出' })
  acceptOverdrawn?: boolean;
}

/**
 * A return becomes an ObjectEvent with bizStep receiving and disposition returned: what whoever is not registered here
 * had bought comes back to its seller. It is the same batch and the same material, but nobody knows where it was: until
 * a report newer than the return counts, the batch carries a finding that says so.
 */
export const returnForm: Form<ReturnForm> = {
  name: 'return',
  body: ReturnForm,
  apart: ['credited'],
  async compose(work, body) {
    const sold = await findSold(work, body.sale);
    const back = await comingBack(work, sold, body.lines, '/lines');
    const settle = await settling(work, body);
    const eventId = work.event('ObjectEvent', await returnedOf(work, { sold, back, reason: body.reason, state: body.state, site: body.site, acceptance: body }));
    settle(eventId);
  },
};

/** What a return says, and where the goods lie now. */
export interface Returning {
  readonly sold?: SoldGoods;
  readonly back: readonly Portion[];
  readonly reason: string;
  readonly state: string;
  readonly site?: string;
  readonly acceptance: Acceptance;
}

/** The ObjectEvent of goods that came back. Warns where more comes back than was sold, so it comes last in a form. */
export async function returnedOf(work: Work, { sold, back, reason, state, site, acceptance }: Returning): Promise<Readonly<Record<string, unknown>>> {
  const place = await atSite(work, site);
  const accepted = acceptShortfalls(work, shortfalls(back, ({ book }) => sold?.left.get(book.node) ?? 0n), acceptance, 'returned-more');
  return {
    action: 'OBSERVE',
    bizStep: 'receiving',
    disposition: 'returned',
    ...goodsLists({ portions: back, containers: [], serials: [] }),
    ...place,
    'daodi:return': { ofEvent: sold?.eventId, reason, state },
    ...accepted,
  };
}

/** Takes what was returned off the buyer’s debt; a return that is corrected changes what it took off before. */
async function settling(work: Work, body: ReturnForm): Promise<(eventId: string) => void> {
  const before = work.replaced && (await settledByEvent(work.tx, work.caller.organisationId, work.replaced.entry.eventId as string));
  if (body.credited === undefined && before === undefined) return () => undefined;
  const credit = await creditOfEvent(work.tx, work.caller.organisationId, body.sale);
  const fen = body.credited === undefined ? 0n : yuanOf(work, body.credited, '/credited');
  if (credit === undefined && body.credited !== undefined) work.fault('/credited', 'no-credit', '这笔销售不是赊销', 'this sale was not on credit');
  return (eventId) => {
    const creditId = credit?.id ?? before?.state.creditId;
    if (creditId === undefined || fen === undefined) return;
    const now: CreditPaymentState = {
      creditId, amountFen: fen.toString(), paidOn: body.eventTime.slice(0, 10), status: body.credited === undefined ? 'withdrawn' : 'counted', eventId,
    };
    work.records.push(record('credit-payment', before?.id ?? randomUUID(), before === undefined ? 'created' : 'changed', { old: before?.state, new: { ...now } }));
  };
}

/** Returns. */
@ApiTags('stages')
@Controller('api/v1/returns')
export class ReturnController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: SELLING_ROLES,
    leaves: ['record:credit-payment?', 'event:ObjectEvent'],
    zh: '登记退货：平台外的买方退回所购；平台内的买方请发货退回',
    en: 'Record a return by a buyer who is not registered here; one who is ships it back',
    body: ReturnForm,
    conflict: 'returned-more-than-sold',
    example: {
      eventTime: '2026-11-03T10:05:00+08:00', sale: 'urn:uuid:0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70', lines: [{ batch: '7K2QZ0ABCD4', quantity: '12.5', unit: 'kg' }],
      reason: '客户反映受潮', state: 'damp',
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: ReturnForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, returnForm, body);
  }
}
