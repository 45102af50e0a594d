import { Body, Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, Amount, type Caller, CurrentCaller, OneOf, Permit, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { AmountOrZero, Lines, One, Reference } from '../form/fields';
import { OutwardFormBody } from '../form/form-body';
import { FormRoute, WORK_ROLES } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { acceptShortfalls, shortfalls } from '../form/overdraw';
import { atSite } from '../form/places';
import { findThings, hasMeasure } from '../form/things';
import { UNITS } from '../form/units';
import { MoistureDto } from '../form/weighing-dto';
import { adjustmentEvent, type Difference, directionOf } from './differences';
import { DIFFERENCE_EXAMPLE, Differences } from './differences.service';
import { DifferencePageQuery } from './differences.dto';
import { dryMatterOf, readMoisture } from './moisture';
import { refuseUnzoned } from './zones';

/** What happens to a batch that lies: each goes one way, and is a reason of a difference. */
const CHANGES = {
  're-drying': { direction: 'loss', reason: 'drying-loss' },
  'natural-loss': { direction: 'loss', reason: 'natural-loss' },
  'moisture-regain': { direction: 'gain', reason: 'moisture-regain' },
} as const;

/** A part of a batch before and after. */
export class ChangedDto {
  @Reference({ description: 'The batch: our code, or its URI. 批次' })
  batch: string;

  @Amount({ description: 'Weighed before. 处理前重量', example: '268' })
  before: string | number;

  @AmountOrZero({ description: 'Weighed after. 处理后重量', example: '261.5' })
  after: string | number;

  @OneOf(UNITS, { description: 'Unit of both. 单位', example: 'kg' })
  unit: string;

  @One(() => MoistureDto, { optional: true, description: 'Moisture before. 处理前水分' })
  moistureBefore?: MoistureDto;

  @One(() => MoistureDto, { optional: true, description: 'Moisture after. 处理后水分' })
  moistureAfter?: MoistureDto;
}

/** 复烘、自然损耗、回潮. */
export class StockChangeForm extends OutwardFormBody {
  @OneOf(Object.keys(CHANGES), { description: 'What became of it. 类别', meanings: { 're-drying': '复烘 dried once more', 'natural-loss': '自然损耗 dust, crumbs, handling', 'moisture-regain': '回潮 drew moisture' }, example: 're-drying' })
  change: keyof typeof CHANGES;

  @Lines(() => ChangedDto, { description: 'What was weighed, a line for each batch or part of one. 明细' })
  lines: ChangedDto[];

  @Text(200, { optional: true, description: 'How, e.g. at what temperature and for how long. 方法', example: '60 ℃ 热风 4 小时' })
  method?: string;
}

/**
 * Re-drying, natural loss and regain become one ObjectEvent with bizStep stock_taking: the batch stays the batch it is,
 * and what it lost or drew is booked with its reason. Where moisture was measured at both ends the event says how the
 * dry matter compares.
 */
export const stockChangeForm: Form<StockChangeForm> = {
  name: 'stock-change',
  body: StockChangeForm,
  async compose(work, body) {
    const { direction, reason } = CHANGES[body.change];
    const things = await findThings(work, body.lines.map(({ batch }, i) => ({ text: batch, pointer: `/lines/${i}/batch` })));
    const changes = body.lines.flatMap((line, i): Difference[] => {
      const pointer = `/lines/${i}`;
      const [before, after] = [work.measured({ quantity: line.before, unit: line.unit }, `${pointer}/before`), work.measured({ quantity: line.after, unit: line.unit }, `${pointer}/after`)];
      const moisture = { before: readMoisture(work, line.moistureBefore, `${pointer}/moistureBefore`), after: readMoisture(work, line.moistureAfter, `${pointer}/moistureAfter`) };
      const thing = things.get(line.batch);
      if (thing === undefined || before === undefined || after === undefined || !hasMeasure(work, thing, before, pointer)) return [];
      const weighed = (mg: bigint, quantity: string | number) => ({ massMg: mg, typed: { quantity, unit: line.unit } });
      const dryMatter = before.unit === 'mg' ? dryMatterOf(weighed(before.amount, line.before), weighed(after.amount, line.after), moisture) : undefined;
      const change = { thing, before: before.amount, after, reason, moisture, dryMatter };
      if ((directionOf(change) ?? direction) !== direction) work.fault(`${pointer}/after`, 'other-direction', OTHER_WAY[direction].zh, OTHER_WAY[direction].en);
      return [change];
    });
    await refuseUnzoned(work, body.site, changes.map(({ thing }) => thing));
    const lost = changes.map(({ thing, before, after }, i) => ({ thing, measured: { amount: before > after.amount ? before - after.amount : 0n, unit: after.unit }, pointer: `/lines/${i}` }));
    const accepted = acceptShortfalls(work, shortfalls(lost, ({ book }) => book.available), body, 'overdrawn');
    work.event('ObjectEvent', adjustmentEvent(changes, direction, {
      ...(await atSite(work, body.site)), 'daodi:stockChange': body.change, 'daodi:method': body.method, ...accepted,
    }));
  },
};

const OTHER_WAY = {
  loss: { zh: '这只会变轻：若实际变重，请用盘点登记并写明原因', en: 'this only makes lighter: if it weighs more, record a stock-take and say why' },
  gain: { zh: '回潮只会变重：若实际变轻，请用盘点登记并写明原因', en: 'drawing moisture only makes heavier: if it weighs less, record a stock-take and say why' },
} as const;

/** Changes of lying stock. */
@ApiTags('stock')
@Controller('api/v1/stock-changes')
export class StockChangeController {
  constructor(
    private readonly forms: Forms,
    private readonly differences: Differences,
  ) {}

  @FormRoute({
    roles: WORK_ROLES,
    leaves: ['event:ObjectEvent'],
    zh: '登记复烘、自然损耗、回潮',
    en: 'Record re-drying, natural loss or regain of moisture; the batch stays the batch it is',
    body: StockChangeForm,
    conflict: 'overdrawn',
    example: {
      eventTime: '2026-10-20T16:00:00+08:00', change: 're-drying', method: '60 ℃ 热风 4 小时',
      lines: [{ batch: '7K2QZ0ABCD4', before: '268', after: '261.5', unit: 'kg', moistureBefore: { percent: '13.4', method: 'oven' }, moistureAfter: { percent: '11.2', method: 'oven' } }],
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: StockChangeForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, stockChangeForm, body);
  }

  @Get()
  @Permit()
  @ApiOperation({ summary: '历次复烘、损耗与回潮 / Past re-dryings, losses and regains, with dry matter where measured' })
  @ApiOkResponse({ schema: { example: { items: [{ ...DIFFERENCE_EXAMPLE, kind: 're-drying' }] } } })
  list(@CurrentCaller() caller: Caller, @Query() page: DifferencePageQuery): Promise<object> {
    return this.differences.list(caller, 'stock-change', page);
  }
}
