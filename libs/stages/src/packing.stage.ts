import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, Day, Id, type Product, Text } from '@daodi/registry';
import { batchCode } from '@daodi/trace';
import type { FastifyRequest } from 'fastify';
import { Lines, One, Reference, Whole, Word } from './form/fields';
import { BatchLineDto, LossDto, OutwardFormBody, QuantityDto } from './form/form-body';
import { FormRoute, WORK_ROLES } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { AcceptUndecided } from './form/goods';
import { issue } from './form/issue';
import { identityOf, materialOf } from './form/material';
import { acceptShortfalls, shortfalls } from './form/overdraw';
import { atSite, findProduct, netContentMg } from './form/places';
import { findPortions } from './form/things';
import { quantityElement, quantityOf } from './form/units';
import { withoutAbsent, type Work } from './form/work';
import { acceptUndecided } from './stock/undecided';

/** Serials one form commissions at most; a season's packs are commissioned sheet by sheet. */
const SERIALS_MAX = 2000;

/** 包装: bulk lots into packs for sale. */
export class PackingForm extends OutwardFormBody {
  @Lines(() => BatchLineDto, { description: 'Bulk lots that went in; packs, where goods are packed anew. 投入' })
  inputs: BatchLineDto[];

  @Whole(1, 100_000_000, { description: 'Packs made. 件数', example: 2000, unit: '袋 packs' })
  pieces: number;

  @Id({ optional: true, description: 'Product of yours. 产品' })
  product?: string;

  @One(() => QuantityDto, { optional: true, description: 'What one pack holds, where the product does not say it. 净含量' })
  netContent?: QuantityDto;

  @Text(100, { optional: true, description: 'Name, where several herbs went in and no product is given. 处方名称', example: '双黄连混合料' })
  formula?: string;

  @Word(60, { optional: true, description: 'Grade as traded. 规格等级', example: '青翘' })
  grade?: string;

  @Text(100, { optional: true, description: 'Lot number as printed. 生产批号', example: '20260901' })
  lotNumber?: string;

  @Day({ optional: true, description: 'Last day of use. 有效期至', example: '2028-08-31' })
  expiryDate?: string;

  @Whole(1, SERIALS_MAX, { optional: true, description: 'How many packs get a serial of their own. 单品码数量', example: 100, unit: '个 packs' })
  serials?: number;

  @Lines(() => LossDto, { optional: true, min: 0, description: 'Mass that went, by cause. 损耗' })
  losses?: LossDto[];

  @Reference({ optional: true, description: 'A code issued before. 预发编码' })
  code?: string;

  @AcceptUndecided()
  acceptUndecided?: boolean;
}

/**
 * Packing becomes a `batch` record of kind retail and a TransformationEvent from bulk lots to pieces of that lot; then,
 * if wanted, an ObjectEvent that commissions serials of it. Only the lot holds mass; a serial locates.
 */
export const packingForm: Form<PackingForm> = {
  name: 'packing',
  body: PackingForm,
  async compose(work, body) {
    const inputs = await findPortions(work, body.inputs, '/inputs');
    const accepted = acceptShortfalls(work, shortfalls(inputs, ({ book }) => book.available), body, 'overdrawn');
    const undecided = await acceptUndecided(work, inputs, body.site, body);
    const product = await findProduct(work, body.product, '/product');
    const identity = identityOf(work, materialOf(inputs), { grade: body.grade, formula: body.formula, productId: product?.id }, 'product', '');
    const { lotNumber, expiryDate } = body;
    const facts = { ...identity, role: 'product', lotNumber, expiryDate, netContentMg: netContentOf(work, body, product)?.toString() };
    const { code, uri } = await issue(work, { kind: 'retail', code: body.code, pointer: '/code', facts });
    if (body.serials !== undefined && body.serials > body.pieces) work.fault('/serials', 'more-than-pieces', '单品码多于件数', 'more serials than packs');
    const losses = body.losses?.map((loss, i) => ({ cause: loss.cause, measured: work.measured(loss, `/losses/${i}`) }));
    const site = await atSite(work, body.site);
    const isRepacked = inputs.length > 0 && inputs.every(({ measured }) => measured.unit === 'pcs');
    work.event('TransformationEvent', {
      bizStep: isRepacked ? 'repackaging' : 'creating_class_instance',
      disposition: 'active',
      ...site,
      inputQuantityList: inputs.map(({ thing, measured }) => quantityElement(thing.uri, measured)),
      outputQuantityList: [quantityElement(uri, { amount: BigInt(body.pieces), unit: 'pcs' })],
      ilmd: withoutAbsent({ 'cbvmda:lotNumber': lotNumber, 'cbvmda:itemExpirationDate': expiryDate, 'daodi:herb': identity['herb'], 'daodi:grade': identity['grade'] }),
      'daodi:step': 'packing',
      'daodi:losses': losses?.flatMap(({ cause, measured }) => (measured ? [{ cause, ...quantityOf(measured) }] : [])),
      ...accepted,
      ...undecided,
    });
    // Serials are printed once: a correction of the packing leaves those that were commissioned as they are.
    if (body.serials === undefined || work.replaced !== undefined) return;
    work.event('ObjectEvent', {
      action: 'ADD',
      bizStep: 'commissioning',
      disposition: 'active',
      ...site,
      epcList: serialsOf(work, body.serials, code, uri, product?.gtin),
      ilmd: { 'daodi:ofBatch': uri },
    });
  },
};

/** What one pack holds: as typed, else as the product says. Without it the mass of packs is undetermined. */
function netContentOf(work: Work, { netContent }: PackingForm, product: Product | undefined): bigint | undefined {
  if (netContent === undefined) return product && netContentMg(product);
  const measured = work.measured(netContent, '/netContent');
  if (measured?.unit === 'pcs') work.fault('/netContent/unit', 'unit-dimension', '净含量应为重量', 'what a pack holds is a mass');
  return measured?.unit === 'mg' ? measured.amount : undefined;
}

/**
 * Serials of 65 random bits each, in letters and digits that cannot be misread. Under the product's GTIN where it has
 * one (GS1 application identifiers 01 and 21), else under the code of the lot.
 */
function serialsOf(work: Work, count: number, code: string, lotUri: string, gtin: string | undefined): string[] {
  const serials = new Set<string>();
  while (serials.size < count) serials.add(randomSerial(work));
  const base = lotUri.slice(0, lotUri.length - `/b/${code}`.length);
  return [...serials].map((serial) => (gtin === undefined ? `${base}/b/${code}/s/${serial}` : `https://id.gs1.org/01/${gtin}/21/${serial}`));
}

/** The alphabet of batch codes has 32 characters, so each of the 13 carries five random bits. */
const SERIAL_CHARACTERS = 13;

function randomSerial(work: Work): string {
  const characters = [batchCode(work.means.random(10)), batchCode(work.means.random(10))].map((c) => c.slice(0, 10)).join('');
  return characters.slice(0, SERIAL_CHARACTERS);
}

/** Packing. */
@ApiTags('stages')
@Controller('api/v1/packing')
export class PackingController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: WORK_ROLES,
    leaves: ['record:batch', 'event:TransformationEvent', 'event:ObjectEvent?'],
    zh: '登记包装与单品码',
    en: 'Record packing, and commission serials',
    body: PackingForm,
    conflict: 'overdrawn, undecided',
    example: {
      eventTime: '2026-09-20T10:00:00+08:00', inputs: [{ batch: '7K2QZ0ABCD4', quantity: '100', unit: 'kg' }], pieces: 400,
      netContent: { quantity: '250', unit: 'g' }, lotNumber: '260920', expiryDate: '2028-09-19', serials: 20,
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: PackingForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, packingForm, body);
  }
}
