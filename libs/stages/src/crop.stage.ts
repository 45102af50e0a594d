import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, Amount, type Caller, CurrentCaller, Day, OneOf, Text, Texts } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines, One, Reference, References, Word } from './form/fields';
import { BatchLineDto, OutwardFormBody } from './form/form-body';
import { FIELD_ROLES, FormRoute } from './form/form-route';
import { type Form, Forms } from './form/forms.service';
import { issue } from './form/issue';
import { atSite, checkHerb, checkLand } from './form/places';
import { withoutAbsent, type Work } from './form/work';
import { AreaDto } from './harvest.stage';
import { findPlanted, plantedInto, plantingOf } from './propagation/plant-out';

/** How a crop grows: sown, planted, wild and tended, or cultivated as in the wild. */
export const CROP_MODES = ['seed', 'seedling', 'cutting', 'division', 'wild-tended', 'wild-imitated'] as const;

/** What each mode is. */
export const CROP_MODE_MEANINGS = {
  seed: '种子直播 sown', seedling: '育苗移栽 from seedlings', cutting: '扦插 from cuttings', division: '分株、分根 by division', 'wild-tended': '野生抚育 wild, tended',
  'wild-imitated': '仿野生栽培 planted as in the wild',
} as const;

/** What a crop is grown for: its herb, or more of itself. */
export const CROP_PURPOSES = ['herb', 'mother-plants', 'nursery'] as const;

/** What each purpose is. */
export const CROP_PURPOSE_MEANINGS = { herb: '药材生产 its herb', 'mother-plants': '母本 seed, cuttings or explants are taken of it', nursery: '育苗 a bed seedlings are lifted from' } as const;

/** How dense a planting is meant to be, for each mu, in the unit its lots are counted in (pieces or kg). */
export class DensityDto {
  @Amount({ optional: true, description: 'At least, pieces or kg for each mu. 每亩不少于（株或 kg）', unit: '株或 kg/亩 pieces or kg for each mu', example: '200' })
  min?: string | number;

  @Amount({ optional: true, description: 'At most, pieces or kg for each mu. 每亩不多于（株或 kg）', unit: '株或 kg/亩 pieces or kg for each mu', example: '260' })
  max?: string | number;
}

/** 种植批: what grows. It has no mass and is no term of a balance. */
export class CropForm extends OutwardFormBody {
  @Word(60, { description: 'Herb of the catalogue. 品种', example: 'lianqiao' })
  herb: string;

  @Word(60, { optional: true, description: 'Grade as traded. 规格等级', example: '青翘' })
  grade?: string;

  @OneOf(CROP_PURPOSES, { optional: true, description: 'What it is grown for; herb unless said otherwise. 用途', meanings: CROP_PURPOSE_MEANINGS })
  purpose?: string;

  @Lines(() => BatchLineDto, { optional: true, description: 'Seed or seedling lots of yours planted out into it, pieces or mass; they are used up. 定植的种子种苗批与数量', example: [{ batch: '7K2QZ0ABCD4', quantity: 2300, unit: '个' }] })
  lots?: BatchLineDto[];

  @References({ optional: true, description: 'Accessions or mother plants it was raised from, without an amount. 来源种质或母本', example: ['7K2QZ0ABCD4'] })
  mothers?: string[];

  @One(() => AreaDto, { optional: true, description: 'Area planted; the whole of the land unless said. 种植面积', example: { quantity: '10', unit: 'mu' } })
  area?: AreaDto;

  @One(() => DensityDto, { optional: true, description: 'How dense it is meant to be; outside of it is a warning. 预定密度', example: { min: 200, max: 260 } })
  density?: DensityDto;

  @Text(100, { optional: true, description: 'Seed or seedling lot as its label says, where it is no lot of yours here: declared, not proven. 种子种苗批号（平台外）', example: 'LQ-2021-07' })
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

/**
 * A crop becomes a `batch` record of kind crop and the event by which its code begins: a TransformationEvent where lots
 * or living things of the caller's went into it, so that a trace reaches them; else an ObjectEvent that commissions it.
 */
export const cropForm: Form<CropForm> = {
  name: 'crop',
  body: CropForm,
  async compose(work, body) {
    const { herb, grade, seedLot, since, mode } = body;
    await checkHerb(work, herb, '/herb');
    await checkLand(work, body.plots, '/plots');
    const isRaised = (body.lots ?? body.mothers) !== undefined;
    const planted = await findPlanted(work, body);
    const planting = isRaised ? { ...(await plantingOf(work, planted, body.plots, body.area)), ...bandOf(work, body.density) } : undefined;
    const growth = body.purpose === 'herb' ? undefined : body.purpose;
    const { uri } = await issue(work, {
      kind: 'crop', code: body.code, pointer: '/code', facts: { herb, grade, seedLot, plots: body.plots, since, mode, growth, planting },
    });
    work.event(isRaised ? 'TransformationEvent' : 'ObjectEvent', {
      ...(isRaised ? plantedInto(planted, uri) : { action: 'ADD', epcList: [uri] }),
      bizStep: 'commissioning',
      disposition: 'active',
      ...(await atSite(work, body.site)),
      ilmd: withoutAbsent({ 'daodi:herb': herb, 'daodi:grade': grade }),
      'daodi:step': isRaised ? 'planting-out' : undefined,
      'daodi:planting': planting,
    });
  },
};

/** The density typed, as the crop's record keeps it. */
function bandOf(work: Work, density: DensityDto | undefined): { min?: number; max?: number } {
  const of = (name: 'min' | 'max'): number | undefined => (density?.[name] === undefined ? undefined : work.exact(density[name], `/density/${name}`));
  return withoutAbsent({ min: of('min'), max: of('max') });
}

/** Crops. */
@ApiTags('stages')
@Controller('api/v1/crops')
export class CropController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: FIELD_ROLES,
    leaves: ['record:batch', 'event:ObjectEvent?', 'event:TransformationEvent?'],
    conflict: 'overdrawn',
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
