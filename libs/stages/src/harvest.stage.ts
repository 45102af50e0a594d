import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, Amount, type Caller, CurrentCaller, Day, OneOf, Text, Texts } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { One, Reference, Whole, Word } from './form/fields';
import { FormBody } from './form/form-body';
import { FIELD_ROLES, FormRoute } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { issue } from './form/issue';
import { atSite, checkLand } from './form/places';
import { findThings } from './form/things';
import { quantityElement, UNITS } from './form/units';
import { weighingMembers } from './form/weighing';
import { type WeighingDto, WeighingPart } from './form/weighing-dto';
import { withoutAbsent } from './form/work';

/** Units of area people type; a mu is 2000/3 m² and no decimal number of them, so areas stay as typed. */
const AREA_UNITS = ['mu', '亩', 'm2', 'ha'] as const;

/** An area in the unit it was measured in. */
export class AreaDto {
  @Amount({ description: 'Exact, as number or decimal text. 面积', example: '12.5' })
  quantity: string | number;

  @OneOf(AREA_UNITS, { description: 'Unit of area. 面积单位', example: 'mu' })
  unit: string;
}

/** 采收. */
export class HarvestForm extends FormBody {
  @Reference({ description: 'The crop: its code or URI. 种植批' })
  crop: string;

  @Amount({ description: 'Fresh mass. 鲜重', example: '812.5' })
  quantity: string | number;

  @OneOf(UNITS, { description: 'Unit it was weighed or counted in. 单位', example: 'kg' })
  unit: string;

  @WeighingPart()
  weighing?: WeighingDto;

  @Word(60, { optional: true, description: 'Grade, where it is not the crop’s. 规格等级', example: '青翘' })
  grade?: string;

  @Day({ optional: true, description: 'First day of this harvest. 采收开始日' })
  from?: string;

  @Day({ optional: true, description: 'Last day of this harvest. 采收结束日' })
  to?: string;

  @One(() => AreaDto, { optional: true, description: 'Area harvested. 采收面积' })
  area?: AreaDto;

  @Text(100, { optional: true, description: 'Your own lot number, as printed. 批号', example: '2026-LQ-08' })
  lotNumber?: string;

  @Texts(200, { optional: true, description: 'Ids of the plots or tending areas picked, where not all of the crop’s were. 采收地块或抚育区', example: ['8c1d6f0a-52b3-4a37-9a45-0d3f6a1b2c3d'] })
  plots?: string[];

  @Whole(1, 100, { optional: true, description: 'Years of growth as claimed for it. 生长年限（年）', example: 3, unit: '年 years' })
  growthYears?: number;

  @Reference({ optional: true, description: 'A code issued before. 预发编码' })
  code?: string;
}

/**
 * A harvest becomes a `batch` record and a TransformationEvent: the crop goes in without quantity, for it goes on
 * growing; the fresh batch comes out. Herb and grade follow the crop.
 */
export const harvestForm: Form<HarvestForm> = {
  name: 'harvest',
  body: HarvestForm,
  async compose(work, body) {
    const crop = (await findThings(work, [{ text: body.crop, pointer: '/crop' }])).get(body.crop);
    if (crop !== undefined && crop.facts?.kind !== 'crop') work.fault('/crop', 'no-crop', '这不是种植批', 'this is no crop');
    if (crop?.facts?.attributes['growth'] === 'accession') work.fault('/crop', 'no-crop', '这是种质：请登记种植批', 'this is an accession: register the crop that grew from it');
    const measured = work.measured(body, '');
    if (measured?.unit === 'pcs') work.fault('/unit', 'unit-dimension', '采收按重量记录', 'a harvest is recorded by mass');
    const herb = crop?.facts?.herb;
    const grade = body.grade ?? crop?.facts?.grade;
    const { lotNumber } = body;
    await checkLand(work, body.plots ?? [], '/plots');
    const { uri } = await issue(work, {
      kind: 'batch', code: body.code, pointer: '/code', facts: { herb, grade, lotNumber, role: 'product', form: 'fresh', crop: crop?.facts?.code, plots: body.plots },
    });
    const weighing = await weighingMembers(work, [{ typed: body, measured, uri, pointer: '' }]);
    if (crop === undefined || measured === undefined) return;
    work.event('TransformationEvent', {
      bizStep: 'creating_class_instance',
      disposition: 'active',
      ...(await atSite(work, body.site)),
      inputEPCList: [crop.uri],
      outputQuantityList: [quantityElement(uri, measured)],
      ilmd: withoutAbsent({
        'cbvmda:harvestStartDate': body.from,
        'cbvmda:harvestEndDate': body.to,
        'cbvmda:lotNumber': lotNumber,
        'daodi:herb': herb,
        'daodi:grade': grade,
        'daodi:growthYears': body.growthYears,
      }),
      'daodi:step': 'harvest',
      ...weighing,
      'daodi:area': body.area && { quantity: work.exact(body.area.quantity, '/area/quantity'), uom: body.area.unit },
    });
  },
};

/** Harvests. */
@ApiTags('stages')
@Controller('api/v1/harvests')
export class HarvestController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: FIELD_ROLES,
    leaves: ['record:batch', 'event:TransformationEvent'],
    zh: '登记采收',
    en: 'Record a harvest',
    body: HarvestForm,
    example: { eventTime: '2026-08-20T09:30:00+08:00', crop: '7K2QZ0ABCD4', quantity: '812.5', unit: 'kg', from: '2026-08-18', to: '2026-08-20', area: { quantity: '12.5', unit: 'mu' }, lotNumber: '2026-LQ-08' },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: HarvestForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, harvestForm, body);
  }
}
