import { Body, Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, OneOf, Permit, siteUrn, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { AmountOrZero, Lines, One, Reference } from './form/fields';
import { FormBody } from './form/form-body';
import { FormRoute, STORE_ROLES } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { atSite } from './form/places';
import { findThings, hasMeasure } from './form/things';
import { type Measured, UNITS } from './form/units';
import { weighingElement, type WeighingElement } from './form/weighing';
import { MoistureDto, type WeighingDto, WeighingPart } from './form/weighing-dto';
import type { Work } from './form/work';
import { bookedInReplaced, bookDifferences, type Difference, reasonOf } from './stock/differences';
import { DIFFERENCE_REASON_NAMES, meaningsOf, REASON_MEANINGS, reasonsFor } from './stock/difference-reasons';
import { DifferencePageQuery } from './stock/differences.dto';
import { DIFFERENCE_EXAMPLE, Differences } from './stock/differences.service';
import { readMoisture } from './stock/moisture';
import { countedAmount, CountedPackagesDto, packagesOut } from './stock/packages';
import { refuseUnzoned } from './stock/zones';

/** What was counted of one batch. */
export class CountDto {
  @Reference({ description: 'The batch: our code, or its URI. 批次' })
  batch: string;

  @AmountOrZero({ optional: true, description: 'What is really there; or else packages. 实盘数', example: '266.4' })
  quantity?: string | number;

  @OneOf(UNITS, { optional: true, description: 'Unit of the quantity. 单位', example: 'kg' })
  unit?: string;

  @One(() => CountedPackagesDto, { optional: true, description: 'Counted in packages, instead of a quantity. 按件盘点' })
  packages?: CountedPackagesDto;

  @WeighingPart()
  weighing?: WeighingDto;

  @One(() => MoistureDto, { optional: true, description: 'Moisture found when it was counted. 盘点时水分' })
  moisture?: MoistureDto;

  @OneOf(DIFFERENCE_REASON_NAMES, { optional: true, description: 'Why it differs from the book; needed where it does. 差异原因', meanings: REASON_MEANINGS, example: 'drying-loss' })
  reason?: string;
}

/** 盘点. */
export class StockTakeForm extends FormBody {
  @Lines(() => CountDto, { description: 'What was counted, a line for each batch; at the site or zone named, or over all of yours. 盘点明细' })
  lines: CountDto[];

  @OneOf(reasonsFor('gain'), { optional: true, description: 'Why there is more, for every line that does not say it itself. 盘盈各行的统一原因', meanings: meaningsOf(reasonsFor('gain')), example: 'moisture-regain' })
  surplusReason?: string;

  @OneOf(reasonsFor('loss'), { optional: true, description: 'Why there is less, for every line that does not say it itself. 盘亏各行的统一原因', meanings: meaningsOf(reasonsFor('loss')), example: 'natural-loss' })
  shortageReason?: string;

  @Text(500, { optional: true, description: 'Anything more about this count. 说明', example: '月末盘点' })
  reason?: string;
}

/**
 * A stock-take becomes one ObjectEvent with bizStep stock_taking for all that was more than the book held, one for all
 * that was less, and one for what agreed. What the book owed is part of the surplus: the count proves it was there.
 */
export const stockTakeForm: Form<StockTakeForm> = {
  name: 'stock-take',
  body: StockTakeForm,
  async compose(work, body) {
    const things = await findThings(work, body.lines.map(({ batch }, i) => ({ text: batch, pointer: `/lines/${i}/batch` })));
    const site = await atSite(work, body.site);
    const bookedBefore = bookedInReplaced(work);
    const seen = new Set<string>();
    const counts: Difference[] = [];
    for (const [i, line] of body.lines.entries()) {
      const pointer = `/lines/${i}`;
      const [thing, measured] = [things.get(line.batch), countedAmount(work, line, pointer)];
      const moisture = readMoisture(work, line.moisture ?? line.weighing?.moisture, `${pointer}/moisture`);
      if (thing === undefined || measured === undefined || !hasMeasure(work, thing, measured, pointer)) continue;
      if (seen.has(thing.book.node)) work.fault(`${pointer}/batch`, 'batch-twice', '同一批次请合并为一行', 'put one batch into one line');
      seen.add(thing.book.node);
      const { book } = thing;
      const there = body.site === undefined ? book.available : (book.availableAt.get(siteUrn(body.site.toLowerCase())) ?? 0n);
      const before = bookedBefore.get(thing.uri) ?? there - book.owedByHand;
      const reason = reasonOf(work, { before, after: measured }, line.reason, body, pointer);
      const weighing = await weighed(work, line, measured, thing.uri, pointer);
      counts.push({ thing, before, after: measured, reason, moisture: { after: moisture }, packages: packagesOut(work, line.packages, pointer), weighing });
    }
    await refuseUnzoned(work, body.site, counts.map(({ thing }) => thing));
    bookDifferences(work, counts, site, { 'daodi:reason': body.reason });
  },
};

/** How a count was weighed; what was counted in packages alone was not. */
async function weighed(work: Work, { quantity, unit, weighing }: CountDto, measured: Measured, uri: string, pointer: string): Promise<WeighingElement | undefined> {
  if (weighing === undefined || quantity === undefined || unit === undefined) return undefined;
  return weighingElement(work, { typed: { quantity, unit, weighing }, measured, uri, pointer });
}

/** Stock-takes. */
@ApiTags('stages')
@Controller('api/v1/stock-takes')
export class StockTakeController {
  constructor(
    private readonly forms: Forms,
    private readonly differences: Differences,
  ) {}

  @FormRoute({
    roles: STORE_ROLES,
    leaves: ['event:ObjectEvent+'],
    zh: '登记盘点',
    en: 'Record a stock-take; no difference without a reason',
    body: StockTakeForm,
    example: { eventTime: '2026-10-31T17:00:00+08:00', lines: [{ batch: '7K2QZ0ABCD4', quantity: '266.4', unit: 'kg', moisture: { percent: '11.8', method: 'oven' }, reason: 'drying-loss' }], surplusReason: 'moisture-regain', reason: '月末盘点' },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: StockTakeForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, stockTakeForm, body);
  }

  @Get()
  @Permit()
  @ApiOperation({ summary: '历次盘点 / Past stock-takes: book, count, difference, reason' })
  @ApiOkResponse({ schema: { example: { items: [DIFFERENCE_EXAMPLE] } } })
  list(@CurrentCaller() caller: Caller, @Query() page: DifferencePageQuery): Promise<object> {
    return this.differences.list(caller, 'stock-take', page);
  }
}
