import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { INPUT_KINDS, INPUT_UNITS } from '@daodi/herbal';
import { APPLIED_BY, judgeRecorded, loadInputBasis, readUses } from '@daodi/quality';
import { type ActAnswer, Amount, type Caller, CurrentCaller, findInputLot, findInputProduct, Id, INPUT_KIND_MEANINGS, OneOf, Text, Texts } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines, One, Reference, Whole } from './form/fields';
import { FormBody } from './form/form-body';
import { FIELD_ROLES, FormRoute } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { atSite, checkLand, checkPerson } from './form/places';
import { sopOf } from './form/sop';
import { findThings } from './form/things';
import { withoutAbsent, type Work } from './form/work';

/** Work on a crop. Each is a business step of our own, since the CBV has none for the field. */
export const FIELD_WORK = ['sowing', 'transplanting', 'weeding', 'fertilising', 'plant-protection', 'irrigation', 'pruning', 'tending', 'inspection', 'other'] as const;

/** What each work is. */
export const FIELD_WORK_MEANINGS = {
  sowing: '播种 sowing', transplanting: '移栽 transplanting', weeding: '除草 weeding', fertilising: '施肥 fertilising',
  'plant-protection': '植保 plant protection', irrigation: '灌溉 irrigation', pruning: '修剪 pruning', tending: '抚育 tending', inspection: '巡查 inspection',
  other: '其他 other',
} as const;

const APPLIED_BY_MEANINGS = {
  own: '本组织 by your own people', service: '统防统治等外来服务 by somebody you called in', others: '他人，如邻地飘移 by others, such as spray that drifted over',
} as const;

/** 投入品: fertiliser, pesticide, seed dressing. */
export class InputUsedDto {
  @Text(100, { optional: true, description: 'Name of the product; that of the lot or product named below unless said. 产品名称', example: '20%氯虫苯甲酰胺悬浮剂' })
  product?: string;

  @Id({ optional: true, description: 'The lot of yours it was taken from: its balance follows. 投入品批次' })
  lot?: string;

  @Id({ optional: true, description: 'The product of yours, where no lot is known. 投入品' })
  inputProduct?: string;

  @OneOf(INPUT_KINDS, { optional: true, description: 'What sort of input, where it is no product of yours. 类别', meanings: INPUT_KIND_MEANINGS })
  kind?: string;

  @Texts(20, { optional: true, description: 'Active ingredients, where it is no product of yours. 有效成分', example: ['氯虫苯甲酰胺'] })
  ingredients?: string[];

  @Text(60, { optional: true, description: 'Registration number as printed. 登记证号', example: 'PD20100677' })
  registrationNumber?: string;

  @Amount({ description: 'How much was used. 用量', example: '0.5' })
  quantity: string | number;

  @OneOf(Object.keys(INPUT_UNITS), { description: 'Unit of the amount. 单位', example: 'L' })
  unit: string;

  @Text(100, { optional: true, description: 'Dose and dilution as applied. 亩用量与稀释倍数', example: '每亩 10 mL，兑水 30 kg' })
  dose?: string;

  @Text(100, { optional: true, description: 'Against what, or what for. 防治对象或用途', example: '食心虫' })
  purpose?: string;

  @Whole(0, 1000, { optional: true, description: 'Days between this and the harvest that the label asks for; of a product of yours its record says. 安全间隔期（天）', example: 14, unit: '天 days' })
  safetyIntervalDays?: number;
}

/** 天气. */
export class WeatherDto {
  @Text(60, { optional: true, description: 'Sky and rain. 天气', example: '晴' })
  sky?: string;

  @Text(20, { optional: true, description: 'Temperature in degrees Celsius, as read. 气温（℃）', example: '24.5' })
  temperatureCelsius?: string;

  @Text(40, { optional: true, description: 'Wind: direction and force. 风向风力', example: '东南风 2 级' })
  wind?: string;
}

/** 农事. */
export class FieldWorkForm extends FormBody {
  @Reference({ description: 'The crop: its code or URI. 种植批' })
  crop: string;

  @OneOf(FIELD_WORK, { description: 'What was done. 农事类型', example: 'plant-protection', meanings: FIELD_WORK_MEANINGS })
  work: string;

  @Lines(() => InputUsedDto, { optional: true, min: 0, description: 'What was used: fertiliser, pesticide. 投入品' })
  inputsUsed?: InputUsedDto[];

  @Texts(200, { optional: true, description: 'Ids of the plots or tending areas worked on, where not all of the crop’s were. 作业地块或抚育区', example: ['8c1d6f0a-52b3-4a37-9a45-0d3f6a1b2c3d'] })
  plots?: string[];

  @Amount({ optional: true, description: 'Area worked on, in mu. 作业面积（亩）', example: '12.5' })
  areaMu?: string | number;

  @Id({ optional: true, description: 'Who did it: a person of your organisation. 操作人' })
  operator?: string;

  @OneOf(APPLIED_BY, { optional: true, description: 'By whom; own unless said. What others sprayed is recorded without accusing you. 由谁施用', example: 'own', meanings: APPLIED_BY_MEANINGS })
  appliedBy?: string;

  @One(() => WeatherDto, { optional: true, description: 'Weather while it was applied. 施用时天气' })
  weather?: WeatherDto;

  @Id({ optional: true, description: 'Version of the SOP it followed. 所依规程版本' })
  sop?: string;
}

/**
 * Field work becomes an ObjectEvent that observes the crop. Inputs used are an extension, never ILMD, which EPCIS
 * allows only where something comes to be (EPCIS 2.0 section 7.3.6).
 */
export const fieldWorkForm: Form<FieldWorkForm> = {
  name: 'field-work',
  body: FieldWorkForm,
  async compose(work, body) {
    const crop = (await findThings(work, [{ text: body.crop, pointer: '/crop' }])).get(body.crop);
    if (crop !== undefined && crop.facts?.kind !== 'crop') work.fault('/crop', 'no-crop', '这不是种植批', 'this is no crop');
    await checkLand(work, body.plots ?? [], '/plots');
    if (body.operator !== undefined) await checkPerson(work, body.operator, '/operator');
    const inputs = await inputsOf(work, body, crop?.facts?.herb);
    const { areaMu, operator, appliedBy, weather, plots } = body;
    const application = withoutAbsent({
      plots: plots?.map((id) => id.toLowerCase()), areaMu: areaMu === undefined ? undefined : work.exact(areaMu, '/areaMu'), operator: operator?.toLowerCase(), appliedBy,
      weather: weather && withoutAbsent({ ...weather }), earliestHarvest: inputs?.map(({ earliestHarvest }) => earliestHarvest ?? '').sort().at(-1) || undefined,
    });
    work.event('ObjectEvent', {
      action: 'OBSERVE',
      bizStep: `urn:daodi:bizstep:${body.work}`,
      epcList: crop && [crop.uri],
      ...(await atSite(work, body.site)),
      'daodi:inputsUsed': inputs?.map(({ event }) => event),
      'daodi:application': Object.keys(application).length === 0 ? undefined : application,
      'daodi:sop': await sopOf(work, body.sop),
    });
  },
};

/** The inputs as the event tells them, and the first day on which may be harvested after each as far as it is known now. */
async function inputsOf(work: Work, body: FieldWorkForm, herb: string | undefined): Promise<{ readonly event: object; readonly earliestHarvest?: string }[] | undefined> {
  if (body.inputsUsed === undefined) return undefined;
  const basis = (await loadInputBasis(work.tx, [work.caller.organisationId])).get(work.caller.organisationId);
  const read: { event: object; earliestHarvest?: string }[] = [];
  for (const [i, typed] of body.inputsUsed.entries()) {
    const at = `/inputsUsed/${i}`;
    const { quantity, unit, kind, ingredients, dose, purpose, safetyIntervalDays, registrationNumber } = typed;
    const lot = typed.lot === undefined ? undefined : await findInputLot(work.tx, work.caller, typed.lot);
    if (typed.lot !== undefined && lot === undefined) work.fault(`${at}/lot`, 'unknown-input-lot', '没有这个投入品批次', 'there is no such lot of an input');
    const productId = (lot?.['product'] as string | undefined) ?? typed.inputProduct?.toLowerCase();
    const product = productId === undefined ? undefined : await findInputProduct(work.tx, work.caller, productId);
    if (typed.inputProduct !== undefined && product === undefined) work.fault(`${at}/inputProduct`, 'unknown-input', '没有这个投入品', 'there is no such input product');
    if (lot !== undefined && typed.inputProduct !== undefined && typed.inputProduct.toLowerCase() !== lot['product']) work.fault(`${at}/inputProduct`, 'other-input', '该批次不是这个投入品', 'the lot is of another product');
    const name = typed.product ?? (product?.['name'] as string | undefined);
    if (name === undefined) work.fault(`${at}/product`, 'no-input', '请填写产品名称、投入品或其批次', 'name the product, or a product or lot of yours');
    const event = withoutAbsent({
      name, registrationNumber: registrationNumber ?? product?.['registrationNumber'], quantity: work.exact(quantity, `${at}/quantity`), uom: INPUT_UNITS[unit], purpose, safetyIntervalDays,
      product: productId, lot: typed.lot?.toLowerCase(), kind, ingredients, dose,
    });
    const [use] = readUses([event]);
    read.push({ event, earliestHarvest: use === undefined ? undefined : judgeRecorded(use, { day: work.dayInChina, herb, work: body.work }, basis).earliestHarvest });
  }
  return read;
}

/** Field work. */
@ApiTags('stages')
@Controller('api/v1/field-work')
export class FieldWorkController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: FIELD_ROLES,
    leaves: ['event:ObjectEvent'],
    zh: '登记农事',
    en: 'Record field work',
    body: FieldWorkForm,
    example: {
      eventTime: '2026-06-10T07:00:00+08:00', crop: '7K2QZ0ABCD4', work: 'plant-protection',
      inputsUsed: [{ product: '20%氯虫苯甲酰胺悬浮剂', registrationNumber: 'PD20100677', quantity: '0.5', unit: 'L', purpose: '食心虫', safetyIntervalDays: 14 }],
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: FieldWorkForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, fieldWorkForm, body);
  }
}
