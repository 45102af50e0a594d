import { Body, Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, findSite, Id, Permit, type Site } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Flag, Lines } from '../form/fields';
import { BatchLineDto, OutwardFormBody } from '../form/form-body';
import { FormRoute, STORE_ROLES } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { acceptShortfalls, shortfalls } from '../form/overdraw';
import { findPortions } from '../form/things';
import { quantityElement } from '../form/units';
import type { Work } from '../form/work';
import { Transfers, UNDER_WAY_EXAMPLE } from './transfers.service';
import { refuseUndecided } from './undecided';
import { onTheWayTo } from './zones';

/** 移库: between one's own sites and zones. */
export class TransferForm extends OutwardFormBody {
  @Id({ description: 'From where: one of your sites or zones. 移出场所或库区', example: '2f0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d' })
  from: string;

  @Id({ description: 'To where: one of your sites or zones. 移入场所或库区', example: '6a0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d' })
  to: string;

  @Lines(() => BatchLineDto, { description: 'How much of which batch. 批次与数量' })
  lines: BatchLineDto[];

  @Flag({ optional: true, description: 'True where it has left and not arrived yet; its arrival is then a record of its own. 是否仅移出（在途）' })
  underWay?: boolean;
}

/**
 * A transfer becomes one ObjectEvent with bizStep storing that says from where and to where (source and destination of
 * type `location`). One that is under way lies at a place of its own, so that it is in neither store.
 */
export const transferForm: Form<TransferForm> = {
  name: 'transfer',
  body: TransferForm,
  async compose(work, body) {
    const portions = await findPortions(work, body.lines, '/lines');
    const [from, to] = [await ownPlace(work, body.from, '/from'), await ownPlace(work, body.to, '/to')];
    if (from !== undefined && from.id === to?.id) work.fault('/to', 'same-place', '移出与移入为同一处', 'it comes from where it goes');
    if (from === undefined || to === undefined) return;
    await refuseUndecided(work, portions, to, from);
    const accepted = acceptShortfalls(work, shortfalls(portions, ({ book }) => book.availableAt.get(from.identifier) ?? 0n), body, 'overdrawn');
    work.event('ObjectEvent', {
      action: 'OBSERVE',
      bizStep: 'storing',
      disposition: body.underWay === true ? 'in_transit' : 'in_progress',
      quantityList: portions.map(({ thing, measured }) => quantityElement(thing.uri, measured)),
      ...movedBetween(from.identifier, body.underWay === true ? onTheWayTo(to) : to.identifier),
      ...accepted,
    });
  },
};

/** From where to where, as events say it of goods that stay in one hand. */
export const movedBetween = (from: string, to: string) => ({
  readPoint: { id: from },
  bizLocation: { id: to },
  sourceList: [{ type: 'location', source: from }],
  destinationList: [{ type: 'location', destination: to }],
});

/** A site or zone of the caller's; notes a fault where it is none. */
export async function ownPlace(work: Work, id: string, pointer: string): Promise<Site | undefined> {
  const site = await findSite(work.tx, id);
  if (site?.organisationId === work.caller.organisationId) return site;
  work.fault(pointer, 'unknown-site', '没有这个场所或库区，或它不属于本组织', 'there is no such site or zone, or it is not your organisation’s');
  return undefined;
}

/** Transfers between one's own places. */
@ApiTags('stock')
@Controller('api/v1/transfers')
export class TransferController {
  constructor(
    private readonly forms: Forms,
    private readonly transfers: Transfers,
  ) {}

  @FormRoute({
    roles: STORE_ROLES,
    leaves: ['event:ObjectEvent'],
    zh: '登记移库',
    en: 'Record a transfer between your own sites or zones',
    body: TransferForm,
    conflict: 'overdrawn',
    example: { eventTime: '2026-09-03T10:00:00+08:00', from: '2f0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', to: '6a0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', lines: [{ batch: '7K2QZ0ABCD4', quantity: '120', unit: 'kg' }] },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: TransferForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, transferForm, body);
  }

  @Get('under-way')
  @Permit()
  @ApiOperation({ summary: '在途移库 / What left one of your places and has not arrived' })
  @ApiOkResponse({ schema: { example: { items: [UNDER_WAY_EXAMPLE] } } })
  underWay(@CurrentCaller() caller: Caller): Promise<object> {
    return this.transfers.underWay(caller);
  }
}
