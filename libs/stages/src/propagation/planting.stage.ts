import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, OneOf } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines, One, Reference } from '../form/fields';
import { BatchLineDto, OutwardFormBody } from '../form/form-body';
import { FIELD_ROLES, FormRoute } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { atSite } from '../form/places';
import { AreaDto } from '../harvest.stage';
import { findGrowing, findPlanted, plantedInto, plantingOf } from './plant-out';

/** Business steps of our own for what is planted into a crop that stands already: as field work calls them. */
const STEP_OF = { 'planting-out': 'transplanting', 'gap-filling': 'transplanting', resowing: 'sowing' } as const;

const HOW_MEANINGS = { 'planting-out': '定植 planted out', 'gap-filling': '补种补苗 gaps filled', resowing: '重播 sown again' } as const;

/** 定植、补种、重播. */
export class PlantingForm extends OutwardFormBody {
  @Reference({ description: 'The crop it went into: its code or URI. 种植批' })
  crop: string;

  @OneOf(Object.keys(STEP_OF), { description: 'What was done. 类别', meanings: HOW_MEANINGS, example: 'gap-filling' })
  how: keyof typeof STEP_OF;

  @Lines(() => BatchLineDto, { description: 'Lots used up in it, pieces or mass. 种子种苗批与数量', example: [{ batch: '7K2QZ0ABCD4', quantity: 600, unit: '个' }] })
  lots: BatchLineDto[];

  @One(() => AreaDto, { optional: true, description: 'Area planted; the crop’s whole land unless said. 面积', example: { quantity: '3.5', unit: 'mu' } })
  area?: AreaDto;
}

/**
 * Planting into a crop that stands becomes a TransformationEvent: the lots go in, the crop comes out without quantity,
 * as it did when it began. So a trace from its harvest reaches every lot that was planted into it.
 */
export const plantingForm: Form<PlantingForm> = {
  name: 'planting',
  body: PlantingForm,
  async compose(work, body) {
    const [crop] = await findGrowing(work, [{ text: body.crop, pointer: '/crop' }]);
    if (crop?.facts !== undefined && crop.facts.organisationId !== work.caller.organisationId) {
      work.fault('/crop', 'no-crop', '这不是本组织的种植批', 'this crop is not your organisation’s');
    }
    if (crop?.facts?.attributes['growth'] === 'accession') work.fault('/crop', 'no-crop', '这是种质，不是种植批', 'this is an accession and no crop');
    const planted = await findPlanted(work, body);
    const plots = (crop?.facts?.attributes['plots'] ?? []) as string[];
    const planting = await plantingOf(work, planted, plots, body.area);
    if (crop === undefined) return;
    work.event('TransformationEvent', {
      bizStep: `urn:daodi:bizstep:${STEP_OF[body.how]}`,
      disposition: 'active',
      ...plantedInto(planted, crop.uri),
      ...(await atSite(work, body.site)),
      'daodi:step': body.how,
      'daodi:planting': planting,
    });
  },
};

/** Plantings. */
@ApiTags('stages')
@Controller('api/v1/plantings')
export class PlantingController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: FIELD_ROLES,
    leaves: ['event:TransformationEvent'],
    zh: '登记定植、补种、重播',
    en: 'Record what was planted into a crop that stands: planted out, gaps filled, sown again',
    body: PlantingForm,
    conflict: 'overdrawn',
    example: { eventTime: '2025-04-20T09:00:00+08:00', crop: '7K2QZ0ABCD4', how: 'gap-filling', lots: [{ batch: '7K2QZ0ABCD4', quantity: '600', unit: '个' }], area: { quantity: '3.5', unit: 'mu' } },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: PlantingForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, plantingForm, body);
  }
}
