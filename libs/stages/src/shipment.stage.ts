import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, organisationUrn, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines, One } from './form/fields';
import { OutwardFormBody } from './form/form-body';
import { FormRoute, STORE_ROLES } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { AcceptUndecided, findGoods, type Goods, GoodsContainers, goodsLists, GoodsSerials } from './form/goods';
import { type Acceptance, acceptShortfalls, shortfalls } from './form/overdraw';
import { findParty, fromTo, type Party, PartyDto } from './form/parties';
import { atSite } from './form/places';
import { weighedPortions, weighingMembers } from './form/weighing';
import { WeighedBatchLineDto } from './form/weighing-dto';
import type { Work } from './form/work';
import { acceptUndecided, type UndecidedAcceptance } from './stock/undecided';

/** 发货. */
export class ShipmentForm extends OutwardFormBody {
  @One(() => PartyDto, { description: 'To whom. 收货方' })
  to: PartyDto;

  @Lines(() => WeighedBatchLineDto, { optional: true, description: 'How much of which batch, and how it was weighed. 批次与数量' })
  lines?: WeighedBatchLineDto[];

  @GoodsContainers()
  containers?: string[];

  @GoodsSerials()
  serials?: string[];

  @AcceptUndecided()
  acceptUndecided?: boolean;

  @Text(200, { optional: true, description: 'Who carries it; for your own organisation only. 承运', example: '安泽顺通物流' })
  carrier?: string;
}

/** A shipment becomes one ObjectEvent with bizStep shipping. */
export const shipmentForm: Form<ShipmentForm> = {
  name: 'shipment',
  body: ShipmentForm,
  async compose(work, body) {
    const goods = await findGoods(work, body);
    const to = await findParty(work, body.to, '/to');
    const weighing = await weighingMembers(work, weighedPortions(body.lines ?? [], goods.portions, '/lines'));
    work.event('ObjectEvent', { ...(await shippedOf(work, goods, to, body)), ...weighing });
  },
};

/** The ObjectEvent of goods that leave for a party. Warns of an overdraw, so it comes last in a form. */
export async function shippedOf(work: Work, goods: Goods, to: Party | undefined, body: Acceptance & UndecidedAcceptance & { readonly site?: string }): Promise<Readonly<Record<string, unknown>>> {
  const site = await atSite(work, body.site);
  // What was rejected goes back to whom it came from before anything else does.
  const there = shortfalls(goods.portions, ({ book }) => book.available + (book.rejectedFrom.get(to?.organisationId ?? '') ?? 0n));
  const accepted = acceptShortfalls(work, there, body, 'overdrawn');
  const undecided = await acceptUndecided(work, goods.portions, body.site, body);
  return {
    action: 'OBSERVE',
    bizStep: 'shipping',
    disposition: 'in_transit',
    ...goodsLists(goods),
    ...site,
    ...fromTo(organisationUrn(work.caller.organisationCode), to?.uri),
    ...accepted,
    ...undecided,
  };
}

/** Shipments. */
@ApiTags('stages')
@Controller('api/v1/shipments')
export class ShipmentController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: STORE_ROLES,
    leaves: ['event:ObjectEvent'],
    zh: '登记发货',
    en: 'Record a shipment',
    body: ShipmentForm,
    conflict: 'overdrawn, undecided',
    example: { eventTime: '2026-09-01T08:00:00+08:00', to: { organisation: 'HUAIHE-YP' }, lines: [{ batch: '7K2QZ0ABCD4', quantity: '200', unit: 'kg' }], carrier: '安泽顺通物流' },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: ShipmentForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, shipmentForm, body);
  }
}
