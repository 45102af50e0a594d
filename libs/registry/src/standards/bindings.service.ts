import { Injectable } from '@nestjs/common';
import { type Fault, invalid, notFound } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { uuidOf } from '../acts/act-headers';
import { findHerb } from '../herbs/herbs.service';
import { PRODUCTS } from '../products/products.service';
import type { Caller } from '../sign-in/caller';
import { findOwn, OwnThings, patched } from '../things/own-things.service';
import type { ThingKind } from '../things/thing-kind';
import { READABLE_STANDARD, versionOf } from './load-standards';
import type { BindStandardDto, ChangeBindingDto } from './standard.dto';

export const BINDINGS: ThingKind = { record: 'standard-binding', table: 'standard_binding', path: '/api/v1/standard-bindings' };

/** To which standards an organisation holds its products and herbs beside the law's. */
@Injectable()
export class BindingsService {
  constructor(private readonly things: OwnThings) {}

  bind(caller: Caller, request: FastifyRequest, { version, ...dto }: BindStandardDto): Promise<ActAnswer> {
    return this.things.create(caller, request, BINDINGS, async (tx) => {
      const [row] = await tx.query(`SELECT id, organisation_id, status, state FROM standard s WHERE id = $2 AND ${READABLE_STANDARD(1)}`, [caller.organisationId, uuidOf(version)]);
      if (row === undefined) throw notFound({ zh: '没有这个标准版本', en: 'There is no such version of a standard' });
      await refuseFaults(tx, caller, dto);
      const { standardId, platform, organisationId, id } = versionOf(row);
      const pinned = platform || organisationId === caller.organisationId ? undefined : id;
      return JSON.parse(JSON.stringify({ standardId, pinned, ...dto, product: dto.product?.toLowerCase(), status: 'active' }));
    });
  }

  change(caller: Caller, request: FastifyRequest, id: string, dto: ChangeBindingDto): Promise<ActAnswer> {
    return this.things.change(caller, request, BINDINGS, id, dto.why, (_tx, old) => {
      if (dto.to !== undefined && dto.to < String(old.from)) throw invalid([DAYS_ORDER]);
      return patched(old, dto);
    });
  }
}

const DAYS_ORDER: Fault = { pointer: '/to', rule: 'days-order', detail: { zh: '终止日早于起始日', en: 'The last day is before the first' } };

async function refuseFaults(tx: EntityManager, caller: Caller, { product, herb, from, to }: Omit<BindStandardDto, 'version'>): Promise<void> {
  const faults: Fault[] = [];
  const say = (pointer: string, rule: string, zh: string, en: string): void => void faults.push({ pointer, rule, detail: { zh, en } });
  if (product === undefined && herb === undefined) say('', 'product-or-herb', '应写明产品或品种', 'Either a product or a herb is named');
  if (product !== undefined && (await findOwn(tx, caller, PRODUCTS, product)) === undefined) say('/product', 'unknown-product', '没有这个产品', 'There is no such product');
  if (herb !== undefined && (await findHerb(tx, herb)) === undefined) say('/herb', 'unknown-herb', '药材目录中没有此品种', 'The catalogue has no such herb');
  if (to !== undefined && to < from) faults.push(DAYS_ORDER);
  if (faults.length > 0) throw invalid(faults);
}
