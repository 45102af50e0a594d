import { Injectable } from '@nestjs/common';
import { decimalText } from '@daodi/epcis';
import { hasValidCheckDigit } from '@daodi/gs1';
import { type Fault, invalid, Problem } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import type { Caller } from '../sign-in/caller';
import { OwnThings } from '../things/own-things.service';
import type { ThingKind } from '../things/thing-kind';
import type { AddProductDto } from './product.dto';

export const PRODUCTS: ThingKind = { record: 'product', table: 'product', path: '/api/v1/products' };

/** A product as other libs need it. */
export interface Product {
  readonly id: string;
  readonly organisationId: string;
  readonly name: string;
  readonly herbs: readonly string[];
  readonly form: string;
  /** 14 digits. */
  readonly gtin?: string;
  /** What one piece holds; `value` is exact decimal text, `unit` a UN/ECE Rec 20 code. */
  readonly netContent?: { readonly value: string; readonly unit: string };
  readonly specification?: string;
}

/** A product by its id (uuid). Whose it is, the caller compares. */
export async function findProduct(db: Pick<EntityManager, 'query'>, id: string): Promise<Product | undefined> {
  const [row] = await db.query(
    'SELECT id, organisation_id, name, herbs, form, gtin, net_content, specification FROM product WHERE id = $1',
    [id],
  );
  return row && {
    id: row.id,
    organisationId: row.organisation_id,
    name: row.name,
    herbs: row.herbs,
    form: row.form,
    gtin: row.gtin ?? undefined,
    netContent: row.net_content ?? undefined,
    specification: row.specification ?? undefined,
  };
}

/** The products of an organisation. */
@Injectable()
export class ProductsService {
  constructor(private readonly things: OwnThings) {}

  add(caller: Caller, request: FastifyRequest, dto: AddProductDto): Promise<ActAnswer> {
    const gtin = dto.gtin?.padStart(14, '0');
    const netContent = dto.netContent && { value: decimalText(dto.netContent.value), unit: dto.netContent.unit };
    return this.things.create(caller, request, PRODUCTS, async (tx) => {
      const faults = [...(await herbFaults(tx, dto.herbs)), ...(gtin === undefined ? [] : await gtinFaults(tx, caller, gtin))];
      if (faults.length > 0) throw invalid(faults);
      const [taken] = gtin === undefined ? [] : await tx.query('SELECT FROM product WHERE gtin = $1', [gtin]);
      if (taken !== undefined) throw new Problem(409, 'gtin-taken', { zh: '该 GTIN 已用于另一产品', en: 'This GTIN is that of another product' });
      return { ...dto, gtin, netContent, status: 'active' };
    });
  }
}

async function herbFaults(tx: EntityManager, herbs: readonly string[]): Promise<Fault[]> {
  const rows: { code: string }[] = await tx.query('SELECT code FROM herb WHERE code = ANY($1)', [herbs]);
  const known = new Set(rows.map(({ code }) => code));
  return herbs.flatMap((code, i): Fault[] =>
    known.has(code) ? [] : [{ pointer: `/herbs/${i}`, rule: 'unknown-herb', detail: { zh: '药材目录中没有此品种', en: 'The catalogue has no such herb' } }],
  );
}

/**
 * A GTIN belongs to whoever holds its prefix and may not be lent (China's GS1 rules). Its first digit of fourteen is
 * the indicator; the prefix begins after it.
 */
async function gtinFaults(tx: EntityManager, caller: Caller, gtin: string): Promise<Fault[]> {
  const at = (rule: string, zh: string, en: string): Fault => ({ pointer: '/gtin', rule, detail: { zh, en } });
  const faults: Fault[] = [];
  if (!hasValidCheckDigit(gtin)) faults.push(at('check-digit', 'GTIN 的校验位不正确', 'The check digit of the GTIN is wrong'));
  const [own] = await tx.query('SELECT gs1_prefix FROM organisation WHERE id = $1', [caller.organisationId]);
  const prefix: string | null = own?.gs1_prefix ?? null;
  if (prefix === null || !gtin.slice(1).startsWith(prefix)) {
    faults.push(at('own-prefix', 'GTIN 应在本组织的厂商识别代码之下', 'The GTIN must be under the organisation’s own prefix'));
  }
  return faults;
}
