import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, Id, OneOf, Pattern, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Flag, Lines } from '../form/fields';
import { BatchLineDto, FormBody } from '../form/form-body';
import { AcceptUndecided } from '../form/goods';
import { FormRoute, SELLING_ROLES } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { findPortions } from '../form/things';
import { soldOf } from '../sale.stage';
import { EVENT_ID, RETURN_STATE_MEANINGS, RETURN_STATES, returnedOf } from './return.stage';
import { comingBack, findSold } from './sold-goods';

/** 换货. */
export class ExchangeForm extends FormBody {
  @Pattern(EVENT_ID, { description: 'The sale: id of its event. 原销售事件编号', example: 'urn:uuid:0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70' })
  sale: string;

  @Lines(() => BatchLineDto, { optional: true, description: 'What came back; all of the sale that has not come back yet unless said otherwise. 换回的批次与数量' })
  returned?: BatchLineDto[];

  @Lines(() => BatchLineDto, { description: 'What was given instead. 换出的批次与数量' })
  given: BatchLineDto[];

  @Text(500, { description: 'Why it was exchanged. 换货原因', example: '规格不符' })
  reason: string;

  @OneOf(RETURN_STATES, { description: 'In which state it came back. 退回时的状态', example: 'unopened', meanings: RETURN_STATE_MEANINGS })
  state: (typeof RETURN_STATES)[number];

  @Id({ optional: true, description: 'Where what came back lies now, if apart from the rest: one of your places or zones. 退回货物存放处' })
  returnedTo?: string;

  @Flag({ optional: true, description: 'Take it although the book holds less, or less was sold. 确认超出库存或售出数量' })
  acceptOverdrawn?: boolean;

  @AcceptUndecided()
  acceptUndecided?: boolean;
}

/** An exchange becomes a return and a sale in one act; corrected, both are. */
export const exchangeForm: Form<ExchangeForm> = {
  name: 'exchange',
  body: ExchangeForm,
  isWhole: true,
  async compose(work, body) {
    const sold = await findSold(work, body.sale);
    const back = await comingBack(work, sold, body.returned, '/returned');
    const given = await findPortions(work, body.given, '/given');
    const sale = await soldOf(work, { portions: given, containers: [], serials: [] }, body);
    const returned = await returnedOf(work, { sold, back, reason: body.reason, state: body.state, site: body.returnedTo ?? body.site, acceptance: body });
    const returnId = work.event('ObjectEvent', returned);
    work.event('ObjectEvent', { ...sale, 'daodi:exchangeFor': returnId });
  },
};

/** Exchanges. */
@ApiTags('stages')
@Controller('api/v1/exchanges')
export class ExchangeController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: SELLING_ROLES,
    leaves: ['event:ObjectEvent+'],
    zh: '登记换货：退回与换出一次登记',
    en: 'Record an exchange: what came back and what was given instead, in one act',
    body: ExchangeForm,
    conflict: 'overdrawn, undecided',
    example: {
      eventTime: '2026-11-03T10:20:00+08:00', sale: 'urn:uuid:0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70', returned: [{ batch: '7K2QZ0ABCD4', quantity: '10', unit: 'kg' }],
      given: [{ batch: '7K2QZ0ABCE2', quantity: '10', unit: 'kg' }], reason: '规格不符', state: 'unopened',
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: ExchangeForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, exchangeForm, body);
  }
}
