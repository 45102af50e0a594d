import { randomUUID } from 'node:crypto';
import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, Amount, type Caller, CurrentCaller, Day, Pattern, record } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { AmountOrZero } from '../form/fields';
import { BatchLineDto, OutwardFormBody } from '../form/form-body';
import { FormRoute, SELLING_ROLES } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { AcceptUndecided, findGoods, GoodsLines, GoodsSerials } from '../form/goods';
import { findParty } from '../form/parties';
import type { Work } from '../form/work';
import { soldOf } from '../sale.stage';
import { shippedOf } from '../shipment.stage';
import type { CreditState } from './credits.projection';
import { creditOfEvent } from './find-credit';
import { type Fen, readYuan } from './money';

/** The seller's number of a buyer: characters no name of a person is written in here. */
export const BUYER_NUMBER = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$/;

/** 赊销. */
export class CreditSaleForm extends OutwardFormBody {
  @Pattern(BUYER_NUMBER, { description: 'Your own number of the buyer, never a name; for your own organisation only. 客户编号，不写姓名', example: 'K-017' })
  buyer: string;

  @Pattern(/^[A-Z0-9][A-Z0-9-]{1,31}$/, {
    optional: true,
    description: 'Code of the buyer where it is registered here: then this is a shipment to it, else a sale. 平台内的买方组织代码；填写则记为发货，否则记为销售',
    example: 'HUAIHE-YP',
  })
  organisation?: string;

  @GoodsLines()
  lines?: BatchLineDto[];

  @GoodsSerials()
  serials?: string[];

  @AcceptUndecided()
  acceptUndecided?: boolean;

  @Amount({ description: 'Price of the whole; for your own organisation only. 金额', example: '1280.00', unit: '元 yuan (CNY)' })
  amount: string | number;

  @AmountOrZero({ optional: true, description: 'What was paid at once; nothing unless said otherwise. 已付金额', example: '280.00', unit: '元 yuan (CNY)' })
  paid?: string | number;

  @Day({ description: 'Day on which the rest is due. 约定付款日', example: '2026-12-31' })
  dueOn: string;
}

/**
 * A sale on credit becomes a `credit` record and a sale to whom uses it; where the buyer is registered here, a shipment
 * to it instead. The money and the buyer's number stand in the record alone, which is the seller's own.
 */
export const creditSaleForm: Form<CreditSaleForm> = {
  name: 'credit-sale',
  body: CreditSaleForm,
  apart: ['buyer', 'amount', 'paid', 'dueOn'],
  async compose(work, body) {
    const goods = await findGoods(work, body);
    const to = body.organisation === undefined ? undefined : await findParty(work, { organisation: body.organisation }, '');
    const [amount, paid] = [yuanOf(work, body.amount, '/amount'), body.paid === undefined ? 0n : yuanOf(work, body.paid, '/paid')];
    if (amount !== undefined && paid !== undefined && paid > amount) work.fault('/paid', 'paid-more-than-owed', '已付多于金额', 'more was paid than it costs');
    const event = body.organisation === undefined ? await soldOf(work, goods, body) : await shippedOf(work, goods, to, body);
    const eventId = work.event('ObjectEvent', event);
    const now: CreditState = {
      eventId,
      recordedAs: body.organisation === undefined ? 'sale' : 'shipment',
      buyer: body.buyer,
      amountFen: String(amount ?? 0n),
      paidFen: String(paid ?? 0n),
      dueOn: body.dueOn,
      soldAt: body.eventTime,
    };
    const known = work.replaced && (await creditOfEvent(work.tx, work.caller.organisationId, work.replaced.entry.eventId as string));
    work.records.push(record('credit', known?.id ?? randomUUID(), known === undefined ? 'created' : 'changed', { old: known?.state, new: { ...now } }));
  },
};

/** Yuan as typed; notes where it is finer than a fen. */
export function yuanOf(work: Work, typed: string | number, pointer: string): Fen | undefined {
  const fen = readYuan(typed);
  if (fen === undefined) work.fault(pointer, 'money', '金额最多两位小数', 'money has at most two decimals');
  return fen;
}

/** Sales on credit. */
@ApiTags('stages')
@Controller('api/v1/credit-sales')
export class CreditSaleController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: SELLING_ROLES,
    leaves: ['record:credit', 'event:ObjectEvent'],
    zh: '登记赊销：买方在平台内的记为发货，否则记为销售',
    en: 'Record a sale on credit: a shipment where the buyer is registered here, else a sale',
    body: CreditSaleForm,
    conflict: 'overdrawn, undecided',
    example: { eventTime: '2026-11-02T14:30:00+08:00', buyer: 'K-017', lines: [{ batch: '7K2QZ0ABCD4', quantity: '25', unit: 'kg' }], amount: '1280.00', paid: '280.00', dueOn: '2026-12-31' },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: CreditSaleForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, creditSaleForm, body);
  }
}
