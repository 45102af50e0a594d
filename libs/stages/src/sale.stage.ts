import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, Amount, type Caller, CurrentCaller, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { References } from './form/fields';
import { BatchLineDto, OutwardFormBody } from './form/form-body';
import { FormRoute, SELLING_ROLES } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { AcceptUndecided, findGoods, type Goods, goodsLists, GoodsLines } from './form/goods';
import { type Acceptance, acceptShortfalls, shortfalls } from './form/overdraw';
import { atSite } from './form/places';
import { findThings, type Portion, type Thing } from './form/things';
import type { Work } from './form/work';
import { acceptUndecided, type UndecidedAcceptance } from './stock/undecided';

/** 销售 to whom uses it. */
export class SaleForm extends OutwardFormBody {
  @GoodsLines()
  lines?: BatchLineDto[];

  @References({ optional: true, description: 'Single packs by their URIs. 单品码' })
  serials?: string[];

  @AcceptUndecided()
  acceptUndecided?: boolean;

  @Amount({ optional: true, description: 'Price of the whole; for your own organisation only. 金额', example: '360', unit: 'as in currency 见币种' })
  price?: string | number;

  @Text(3, { optional: true, description: 'ISO 4217, CNY unless said otherwise. 币种', example: 'CNY' })
  currency?: string;

  @Text(200, { optional: true, description: 'A number or remark about the buyer, never a name of a person; for your own organisation only. 客户编号', example: 'KH-0031' })
  buyer?: string;
}

/** A sale becomes an ObjectEvent with bizStep retail_selling. */
export const saleForm: Form<SaleForm> = {
  name: 'sale',
  body: SaleForm,
  async compose(work, body) {
    work.event('ObjectEvent', await soldOf(work, await findGoods(work, body), body));
  },
};

/** The ObjectEvent of goods sold to whom uses them. Warns of an overdraw, so it comes last in a form. */
export async function soldOf(work: Work, goods: Goods, body: Acceptance & UndecidedAcceptance & { readonly site?: string }): Promise<Readonly<Record<string, unknown>>> {
  const { located, counted } = await packsOf(work, goods.serials);
  const portions = [...goods.portions, ...counted];
  const site = await atSite(work, body.site);
  const accepted = acceptShortfalls(work, shortfalls(portions, ({ book }) => book.available), body, 'overdrawn');
  const undecided = await acceptUndecided(work, portions, body.site, body);
  const packs = goods.serials.filter((serial) => !located.includes(serial));
  return {
    action: 'OBSERVE',
    bizStep: 'retail_selling',
    disposition: 'retail_sold',
    ...goodsLists({ portions, containers: [], serials: located }),
    ...site,
    'daodi:serials': packs.length === 0 ? undefined : packs.map(({ uri }) => uri),
    ...accepted,
    ...undecided,
  };
}

/**
 * Packs that reached the seller one by one are sold as such. Of those that came as so many pieces of a lot, the lot is
 * the seller's and the single pack is only named.
 */
export async function packsOf(work: Work, serials: readonly Thing[]): Promise<{ located: Thing[]; counted: Portion[] }> {
  const located = serials.filter(({ book }) => book.isHolder);
  const named = serials.filter(({ book, lot }) => !book.isHolder && lot !== undefined);
  const lots = await findThings(work, named.map(({ lot }) => ({ text: lot as string, pointer: '/serials' })));
  const counts = new Map<string, bigint>();
  for (const { lot } of named) counts.set(lot as string, (counts.get(lot as string) ?? 0n) + 1n);
  const counted = [...counts].flatMap(([lot, amount]) => {
    const thing = lots.get(lot);
    return thing === undefined ? [] : [{ thing, measured: { amount, unit: 'pcs' as const }, pointer: '/serials' }];
  });
  return { located, counted };
}

/** Sales. */
@ApiTags('stages')
@Controller('api/v1/sales')
export class SaleController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: SELLING_ROLES,
    leaves: ['event:ObjectEvent'],
    zh: '登记零售',
    en: 'Record a sale to whom uses it',
    body: SaleForm,
    conflict: 'overdrawn, undecided',
    example: { eventTime: '2026-10-01T11:20:00+08:00', lines: [{ batch: '7K2QZ0ABCD4', quantity: 2, unit: '盒' }], price: '76.00' },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: SaleForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, saleForm, body);
  }
}
