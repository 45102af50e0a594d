import { Body, Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, OneOf, Permit, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines } from '../form/fields';
import { BatchLineDto, OutwardFormBody } from '../form/form-body';
import { FormRoute, WORK_ROLES } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { acceptShortfalls, shortfalls } from '../form/overdraw';
import { atSite } from '../form/places';
import { findPortions } from '../form/things';
import { quantityElement } from '../form/units';
import { withoutAbsent } from '../form/work';
import { DESTINATIONS } from './destruction-details';
import { Waste, WASTE_EXAMPLE } from './waste.service';

/** 药渣、灰渣去向. */
export class WasteRemovalForm extends OutwardFormBody {
  @Lines(() => BatchLineDto, { description: 'How much of which waste: outputs with the role waste. 废料批次与数量' })
  lines: BatchLineDto[];

  @OneOf(Object.keys(DESTINATIONS), { description: 'Where it went. 去向', meanings: DESTINATIONS, example: 'compost' })
  destination: string;

  @Text(200, { optional: true, description: 'Who took it, and under which licence; for your own organisation only. 接收单位与资质', example: '安泽绿源有机肥厂' })
  receiver?: string;

  @Text(100, { optional: true, description: 'Number of the paper handed over. 联单编号', example: 'GF-2026-118' })
  certificate?: string;
}

/** Waste that leaves becomes an ObjectEvent DELETE with a step of our own: it is gone, and the event says where to. */
export const wasteRemovalForm: Form<WasteRemovalForm> = {
  name: 'waste-removal',
  body: WasteRemovalForm,
  async compose(work, body) {
    const portions = await findPortions(work, body.lines, '/lines');
    for (const { thing, pointer } of portions) {
      if (thing.facts?.attributes['role'] === 'waste') continue;
      work.fault(`${pointer}/batch`, 'no-waste', '这不是废料：不合格的货物请登记销毁', 'this is no waste: record a destruction of goods that are unfit');
    }
    const accepted = acceptShortfalls(work, shortfalls(portions, ({ book }) => book.available), body, 'overdrawn');
    work.event('ObjectEvent', {
      action: 'DELETE',
      bizStep: 'urn:daodi:bizstep:waste-removal',
      disposition: 'disposed',
      quantityList: portions.map(({ thing, measured }) => quantityElement(thing.uri, measured)),
      ...(await atSite(work, body.site)),
      'daodi:destination': withoutAbsent({ kind: body.destination, certificate: body.certificate }),
      ...accepted,
    });
  },
};

/** Waste and where it went. */
@ApiTags('stock')
@Controller('api/v1/waste-removals')
export class WasteRemovalController {
  constructor(
    private readonly forms: Forms,
    private readonly waste: Waste,
  ) {}

  @FormRoute({
    roles: WORK_ROLES,
    leaves: ['event:ObjectEvent'],
    zh: '登记药渣、废料去向',
    en: 'Record where waste went',
    body: WasteRemovalForm,
    conflict: 'overdrawn',
    example: { eventTime: '2026-09-12T09:00:00+08:00', lines: [{ batch: '7K2QZ0ABCD4', quantity: '4.5', unit: 'kg' }], destination: 'compost', receiver: '安泽绿源有机肥厂' },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: WasteRemovalForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, wasteRemovalForm, body);
  }

  @Get('open')
  @Permit()
  @ApiOperation({ summary: '未处置废料 / Waste that has no destination yet' })
  @ApiOkResponse({ schema: { example: { items: [WASTE_EXAMPLE] } } })
  open(@CurrentCaller() caller: Caller): Promise<object> {
    return this.waste.open(caller);
  }
}
