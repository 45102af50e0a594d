import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, OneOf, PaperDto, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines, Reference } from '../form/fields';
import { FormBody } from '../form/form-body';
import { FIELD_ROLES, FormRoute } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { atSite } from '../form/places';
import { findGrowing } from './plant-out';

/** How a crop came to its end: dug or cut whole, perished, ploughed in, given up. */
export const CROP_ENDS = ['harvested-out', 'failed', 'ploughed-in', 'given-up', 'other'] as const;
const END_MEANINGS = {
  'harvested-out': '采收完毕 dug or cut whole', failed: '绝收 perished', 'ploughed-in': '翻耕 ploughed in', 'given-up': '弃管 given up', other: '其他 otherwise',
} as const;

/** 种植批终止. */
export class CropEndForm extends FormBody {
  @Reference({ description: 'The crop, mother plants or accession: code or URI. 种植批、母本或种质' })
  crop: string;

  @OneOf(CROP_ENDS, { description: 'How it ended. 终止原因', meanings: END_MEANINGS })
  how: (typeof CROP_ENDS)[number];

  @Text(500, { optional: true, description: 'What happened. 说明', example: '二年生全部采挖' })
  reason?: string;

  @Lines(() => PaperDto, { optional: true, min: 0, description: 'Papers and photographs. 证明材料', example: [{ name: '地块照片' }] })
  evidence?: PaperDto[];
}

/** The end of a crop becomes an ObjectEvent DELETE with bizStep decommissioning: it grows no more, and had no mass to lose. */
export const cropEndForm: Form<CropEndForm> = {
  name: 'crop-end',
  body: CropEndForm,
  async compose(work, body) {
    const [crop] = await findGrowing(work, [{ text: body.crop, pointer: '/crop' }]);
    work.event('ObjectEvent', {
      action: 'DELETE',
      bizStep: 'decommissioning',
      disposition: 'inactive',
      epcList: crop && [crop.uri],
      ...(await atSite(work, body.site)),
      'daodi:cropEnd': { how: body.how, evidence: body.evidence?.length ?? 0 },
      'daodi:reason': body.reason,
    });
  },
};

/** Ends of crops. */
@ApiTags('stages')
@Controller('api/v1/crop-ends')
export class CropEndController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: FIELD_ROLES,
    leaves: ['event:ObjectEvent'],
    zh: '登记种植批终止',
    en: 'Record the end of a crop',
    body: CropEndForm,
    example: { eventTime: '2026-10-30T16:00:00+08:00', crop: '7K2QZ0ABCD4', how: 'harvested-out', reason: '二年生全部采挖' },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: CropEndForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, cropEndForm, body);
  }
}
