import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, Amount, type Caller, CurrentCaller, OneOf, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines, Reference, Whole } from './form/fields';
import { FormBody } from './form/form-body';
import { FIELD_ROLES, FormRoute } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { atSite } from './form/places';
import { findThings } from './form/things';
import { withoutAbsent } from './form/work';

/** Work on a crop. Each is a business step of our own, since the CBV has none for the field. */
export const FIELD_WORK = ['sowing', 'transplanting', 'weeding', 'fertilising', 'plant-protection', 'irrigation', 'pruning', 'tending', 'inspection', 'other'] as const;

/** What each work is. */
export const FIELD_WORK_MEANINGS = {
  sowing: '播种 sowing', transplanting: '移栽 transplanting', weeding: '除草 weeding', fertilising: '施肥 fertilising',
  'plant-protection': '植保 plant protection', irrigation: '灌溉 irrigation', pruning: '修剪 pruning', tending: '抚育 tending', inspection: '巡查 inspection',
  other: '其他 other',
} as const;

/** UN/ECE Recommendation 20 code of each unit inputs are measured in. */
const INPUT_UNITS: Readonly<Record<string, string>> = { kg: 'KGM', 公斤: 'KGM', g: 'GRM', 克: 'GRM', mg: 'MGM', t: 'TNE', L: 'LTR', 升: 'LTR', mL: 'MLT', 毫升: 'MLT' };

/** 投入品: fertiliser, pesticide, seed dressing. */
export class InputUsedDto {
  @Text(100, { description: 'Name of the product. 产品名称', example: '20%氯虫苯甲酰胺悬浮剂' })
  product: string;

  @Text(60, { optional: true, description: 'Registration number as printed. 登记证号', example: 'PD20100677' })
  registrationNumber?: string;

  @Amount({ description: 'How much was used. 用量', example: '0.5' })
  quantity: string | number;

  @OneOf(Object.keys(INPUT_UNITS), { description: 'Unit of the amount. 单位', example: 'L' })
  unit: string;

  @Text(100, { optional: true, description: 'Against what, or what for. 防治对象或用途', example: '食心虫' })
  purpose?: string;

  @Whole(0, 1000, { optional: true, description: 'Days between this and the harvest that the label asks for. 安全间隔期（天）', example: 14, unit: '天 days' })
  safetyIntervalDays?: number;
}

/** 农事. */
export class FieldWorkForm extends FormBody {
  @Reference({ description: 'The crop: its code or URI. 种植批' })
  crop: string;

  @OneOf(FIELD_WORK, { description: 'What was done. 农事类型', example: 'plant-protection', meanings: FIELD_WORK_MEANINGS })
  work: string;

  @Lines(() => InputUsedDto, { optional: true, min: 0, description: 'What was used: fertiliser, pesticide. 投入品' })
  inputsUsed?: InputUsedDto[];
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
    work.event('ObjectEvent', {
      action: 'OBSERVE',
      bizStep: `urn:daodi:bizstep:${body.work}`,
      epcList: crop && [crop.uri],
      ...(await atSite(work, body.site)),
      'daodi:inputsUsed': body.inputsUsed?.map(({ product, registrationNumber, quantity, unit, purpose, safetyIntervalDays }, i) =>
        withoutAbsent({
          name: product, registrationNumber, quantity: work.exact(quantity, `/inputsUsed/${i}/quantity`), uom: INPUT_UNITS[unit], purpose, safetyIntervalDays,
        }),
      ),
    });
  },
};

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
