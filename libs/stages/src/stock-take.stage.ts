import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { decimalText, massToMilligrams } from '@daodi/epcis';
import { type ActAnswer, type Caller, CurrentCaller, OneOf, siteUrn, Text } from '@daodi/registry';
import { amountOut, type LineUnit, uomOf } from '@daodi/trace';
import type { FastifyRequest } from 'fastify';
import { AmountOrZero, Lines, Reference } from './form/fields';
import { FormBody } from './form/form-body';
import { FormRoute, STORE_ROLES } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { atSite } from './form/places';
import { findPortions, type Portion } from './form/things';
import { quantityElement, UNITS } from './form/units';
import { weighedPortions, weighingMembers } from './form/weighing';
import { type WeighingDto, WeighingPart } from './form/weighing-dto';
import type { Work } from './form/work';

/** Why the count is not what the book says: 磅差 途耗 回潮 干耗 盘盈 盘亏. */
export const STOCK_TAKE_REASONS = ['scale-difference', 'transit-loss', 'moisture-regain', 'drying-loss', 'count-surplus', 'count-shortage'] as const;

/** What each reason is. */
export const STOCK_TAKE_REASON_MEANINGS = {
  'scale-difference': '磅差 difference of scales', 'transit-loss': '途耗 lost on the way', 'moisture-regain': '回潮 moisture regained',
  'drying-loss': '干耗 dried further', 'count-surplus': '盘盈 surplus, cause unknown', 'count-shortage': '盘亏 shortage, cause unknown',
} as const;

/** What was counted of one batch. */
export class CountDto {
  @Reference({ description: 'The batch: our code, or its URI. 批次' })
  batch: string;

  @AmountOrZero({ description: 'What is really there. 实盘数', example: '266.4' })
  quantity: string | number;

  @OneOf(UNITS, { description: 'Unit it was weighed or counted in. 单位', example: 'kg' })
  unit: string;

  @WeighingPart()
  weighing?: WeighingDto;

  @OneOf(STOCK_TAKE_REASONS, { optional: true, description: 'Why it differs; surplus or shortage unless said otherwise. 差异原因', meanings: STOCK_TAKE_REASON_MEANINGS })
  reason?: string;
}

/** 盘点. */
export class StockTakeForm extends FormBody {
  @Lines(() => CountDto, { description: 'At the site named, or over all of yours. 盘点明细' })
  lines: CountDto[];

  @Text(500, { optional: true, description: 'Remark on the whole count. 说明', example: '月末盘点' })
  reason?: string;
}

interface Count extends Portion {
  readonly booked: bigint;
  readonly reason?: string;
}

/**
 * A stock-take becomes one ObjectEvent with bizStep stock_taking for all that was more than the book held, one for all
 * that was less, and one for what agreed. What the book owed is part of the surplus: the count proves it was there.
 */
export const stockTakeForm: Form<StockTakeForm> = {
  name: 'stock-take',
  body: StockTakeForm,
  async compose(work, body) {
    const portions = await findPortions(work, body.lines, '/lines');
    const seen = new Set<string>();
    for (const { thing, pointer } of portions) {
      if (seen.has(thing.book.node)) work.fault(`${pointer}/batch`, 'batch-twice', '同一批次请合并为一行', 'put one batch into one line');
      seen.add(thing.book.node);
    }
    const site = await atSite(work, body.site);
    const bookedBefore = bookedInReplaced(work);
    const counts = portions.map((portion): Count => {
      const { book } = portion.thing;
      const there = body.site === undefined ? book.available : (book.availableAt.get(siteUrn(body.site.toLowerCase())) ?? 0n);
      const line = body.lines[Number(/^\/lines\/(\d+)$/.exec(portion.pointer)?.[1])];
      return { ...portion, booked: bookedBefore.get(portion.thing.uri) ?? there - book.owedByHand, reason: line?.reason };
    });
    const groups = [
      ['gain', counts.filter(({ measured, booked }) => measured.amount > booked)],
      ['loss', counts.filter(({ measured, booked }) => measured.amount < booked)],
      [undefined, counts.filter(({ measured, booked }) => measured.amount === booked)],
    ] as const;
    for (const [adjustment, group] of groups) {
      if (group.length === 0) continue;
      work.event('ObjectEvent', {
        action: 'OBSERVE',
        bizStep: 'stock_taking',
        quantityList: group.map((count) => quantityElement(count.thing.uri, { amount: adjustment === undefined ? count.measured.amount : difference(count), unit: count.measured.unit })),
        ...site,
        'daodi:adjustment': adjustment,
        'daodi:counts': group.map((count) => countOf(count, adjustment)),
        ...(await weighingMembers(work, weighedPortions(body.lines, group, '/lines'))),
        'daodi:reason': body.reason,
      });
    }
  },
};

/** What the book held when the replaced stock-take was recorded: what moved since is no part of the difference. */
function bookedInReplaced({ replaced }: Work): Map<string, bigint> {
  const counts = (replaced?.entry.body['daodi:counts'] ?? []) as { epcClass: string; book: number | string; uom?: string }[];
  return new Map(counts.map(({ epcClass, book, uom }) => [epcClass, amountIn(book, uom)]));
}

/** A booked amount may be negative, where the book owed. */
function amountIn(book: number | string, uom: string | undefined): bigint {
  const text = decimalText(book);
  const amount = BigInt(uom === undefined ? text.replace('-', '') : (massToMilligrams(text.replace('-', ''), uom) ?? 0n));
  return text.startsWith('-') ? -amount : amount;
}

const difference = ({ measured, booked }: Count): bigint => (measured.amount > booked ? measured.amount - booked : booked - measured.amount);

function countOf({ thing, measured, booked, reason }: Count, adjustment: 'gain' | 'loss' | undefined) {
  const amount = (value: bigint, unit: LineUnit) => amountOut(value, unit);
  const uom = uomOf(measured.unit);
  const why = adjustment === undefined ? undefined : (reason ?? (adjustment === 'gain' ? 'count-surplus' : 'count-shortage'));
  return { epcClass: thing.uri, counted: amount(measured.amount, measured.unit), book: amount(booked, measured.unit), ...(uom && { uom }), ...(why && { reason: why }) };
}

/** Stock-takes. */
@ApiTags('stages')
@Controller('api/v1/stock-takes')
export class StockTakeController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: STORE_ROLES,
    leaves: ['event:ObjectEvent+'],
    zh: '登记盘点',
    en: 'Record a stock-take',
    body: StockTakeForm,
    example: { eventTime: '2026-10-31T17:00:00+08:00', lines: [{ batch: '7K2QZ0ABCD4', quantity: '266.4', unit: 'kg', reason: 'drying-loss' }] },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: StockTakeForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, stockTakeForm, body);
  }
}
