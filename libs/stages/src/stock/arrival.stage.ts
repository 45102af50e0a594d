import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, Id, OneOf } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines } from '../form/fields';
import { BatchLineDto, FormBody } from '../form/form-body';
import { FormRoute, STORE_ROLES } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { findPortions } from '../form/things';
import { quantityElement } from '../form/units';
import { adjustmentEvent, type Difference, reasonOf } from './differences';
import { DIFFERENCE_REASON_NAMES, REASON_MEANINGS } from './difference-reasons';
import { movedBetween, ownPlace } from './transfer.stage';
import { refuseUndecided } from './undecided';
import { onTheWayTo } from './zones';

/** What arrived of one batch. */
export class ArrivedDto extends BatchLineDto {
  @OneOf(DIFFERENCE_REASON_NAMES, { optional: true, description: 'Why it is not what was under way, where all of it has arrived; without it the rest is still coming. 差异原因', meanings: REASON_MEANINGS, example: 'transit-loss' })
  reason?: string;
}

/** 移库到达. */
export class ArrivalForm extends FormBody {
  @Id({ description: 'Where it arrived: the site or zone it was under way to. 到达场所或库区' })
  declare site: string;

  @Lines(() => ArrivedDto, { description: 'How much of which batch has arrived. 到达批次与数量' })
  lines: ArrivedDto[];
}

/**
 * The arrival of a transfer becomes an ObjectEvent with bizStep storing. A line that says why it differs closes what was
 * under way: the rest is booked as lost or gained on the way. Without a reason nothing is booked: of less the rest is
 * still coming, and more was never written down as leaving and comes from where it lay.
 */
export const arrivalForm: Form<ArrivalForm> = {
  name: 'arrival',
  body: ArrivalForm,
  async compose(work, body) {
    const portions = await findPortions(work, body.lines, '/lines');
    const to = await ownPlace(work, body.site, '/site');
    if (to === undefined) return;
    const way = onTheWayTo(to);
    await refuseUndecided(work, portions, to, { identifier: way });
    const differences = portions.flatMap(({ thing, measured, pointer }): Difference[] => {
      const line = body.lines[Number(/^\/lines\/(\d+)$/.exec(pointer)?.[1])];
      const before = thing.book.availableAt.get(way) ?? 0n;
      if (work.replaced !== undefined || measured.amount === before || line?.reason === undefined) return [];
      if (before <= 0n) work.fault(`${pointer}/reason`, 'nothing-under-way', '没有该批次在途：无差异可记', 'nothing of this batch is under way here: there is nothing it could differ from');
      if (portions.filter((other) => other.thing.book.node === thing.book.node).length > 1) work.fault(`${pointer}/batch`, 'batch-twice', '写明差异时，同一批次请合并为一行', 'put one batch into one line where it differs');
      return [{ thing, before, after: measured, reason: reasonOf(work, { before, after: measured }, line.reason, {}, pointer) }];
    });
    const storing = {
      action: 'OBSERVE', bizStep: 'storing', disposition: 'in_progress',
      quantityList: portions.map(({ thing, measured }) => quantityElement(thing.uri, measured)), ...movedBetween(way, to.identifier),
    };
    work.event('ObjectEvent', storing);
    for (const adjustment of ['gain', 'loss'] as const) {
      const group = differences.filter(({ before, after }) => (after.amount > before) === (adjustment === 'gain'));
      if (group.length > 0) work.event('ObjectEvent', adjustmentEvent(group, adjustment, { bizLocation: { id: way }, 'daodi:stockChange': 'transit' }));
    }
  },
};

/** Arrivals of transfers. */
@ApiTags('stock')
@Controller('api/v1/arrivals')
export class ArrivalController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: STORE_ROLES,
    leaves: ['event:ObjectEvent+'],
    zh: '登记移库到达',
    en: 'Record that a transfer under way has arrived',
    body: ArrivalForm,
    example: { eventTime: '2026-09-03T15:00:00+08:00', site: '6a0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', lines: [{ batch: '7K2QZ0ABCD4', quantity: '119.6', unit: 'kg', reason: 'transit-loss' }] },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: ArrivalForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, arrivalForm, body);
  }
}
