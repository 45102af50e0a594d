import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, Day, OneOf, Text, Texts } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Reference, Word } from './form/fields';
import { FormBody } from './form/form-body';
import { FIELD_ROLES, FormRoute } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { issue } from './form/issue';
import { atSite, checkHerb, checkLand } from './form/places';
import { withoutAbsent } from './form/work';

/** How a crop grows: sown, planted, wild and tended, or cultivated as in the wild. */
export const CROP_MODES = ['seed', 'seedling', 'cutting', 'division', 'wild-tended', 'wild-imitated'] as const;

/** What each mode is. */
export const CROP_MODE_MEANINGS = {
  seed: '种子直播 sown', seedling: '育苗移栽 from seedlings', cutting: '扦插 from cuttings', division: '分株、分根 by division', 'wild-tended': '野生抚育 wild, tended',
  'wild-imitated': '仿野生栽培 planted as in the wild',
} as const;

/** 种植批: what grows. It has no mass and is no term of a balance. */
export class CropForm extends FormBody {
  @Word(60, { description: 'Herb of the catalogue. 品种', example: 'lianqiao' })
  herb: string;

  @Word(60, { optional: true, description: 'Grade as traded. 规格等级', example: '青翘' })
  grade?: string;

  @Text(100, { optional: true, description: 'Seed or seedling lot as its label says. 种子种苗批号', example: 'ZM-2023-03' })
  seedLot?: string;

  @Texts(200, { description: 'Ids of your plots or tending areas. 地块或抚育区', example: ['8c1d6f0a-52b3-4a37-9a45-0d3f6a1b2c3d'] })
  plots: string[];

  @Day({ optional: true, description: 'Growing since. 种植起始日' })
  since?: string;

  @OneOf(CROP_MODES, { description: 'How it came to grow. 种植方式', meanings: CROP_MODE_MEANINGS })
  mode: string;

  @Reference({ optional: true, description: 'A code issued before. 预发编码' })
  code?: string;
}

/** A crop becomes a `batch` record of kind crop and an ObjectEvent that commissions its code. */
export const cropForm: Form<CropForm> = {
  name: 'crop',
  body: CropForm,
  async compose(work, body) {
    const { herb, grade, seedLot, since, mode } = body;
    await checkHerb(work, herb, '/herb');
    await checkLand(work, body.plots, '/plots');
    const { uri } = await issue(work, {
      kind: 'crop', code: body.code, pointer: '/code', facts: { herb, grade, seedLot, plots: body.plots, since, mode },
    });
    work.event('ObjectEvent', {
      action: 'ADD',
      bizStep: 'commissioning',
      disposition: 'active',
      epcList: [uri],
      ...(await atSite(work, body.site)),
      ilmd: withoutAbsent({ 'daodi:herb': herb, 'daodi:grade': grade }),
    });
  },
};

/** Crops. */
@ApiTags('stages')
@Controller('api/v1/crops')
export class CropController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: FIELD_ROLES,
    leaves: ['record:batch', 'event:ObjectEvent'],
    zh: '登记种植批',
    en: 'Register what grows',
    body: CropForm,
    example: {
      eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', grade: '青翘', seedLot: 'LQ-2021-07',
      plots: ['8c1d6f0a-52b3-4a37-9a45-0d3f6a1b2c3d'], since: '2023-03-20', mode: 'wild-tended',
    },
  })
  register(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: CropForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, cropForm, body);
  }
}
