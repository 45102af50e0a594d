import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, Day, OneOf, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines, One, Reference, References, Whole, Word } from '../form/fields';
import { BatchLineDto, OutwardFormBody, QuantityDto } from '../form/form-body';
import { FIELD_ROLES, FormRoute } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { issue } from '../form/issue';
import { identityOf, type Material, materialOf } from '../form/material';
import { atSite } from '../form/places';
import { quantityElement } from '../form/units';
import { withoutAbsent, type Work } from '../form/work';
import { findPlanted, type Planted } from './plant-out';

/** How living material is multiplied. */
export const PROPAGATION_WAYS = [
  'seed-harvest', 'lifting', 'division', 'cutting', 'grafting', 'tissue-initiation', 'tissue-subculture', 'tissue-rooting', 'acclimatisation', 'other',
] as const;
/** What each way is. */
const WAY_MEANINGS = {
  'seed-harvest': '采种 seed harvested', lifting: '起苗 seedlings lifted from a bed', division: '分株 divided', cutting: '扦插 cuttings taken or struck', grafting: '嫁接 grafted',
  'tissue-initiation': '组培初代 explants put in glass', 'tissue-subculture': '继代 subcultured', 'tissue-rooting': '生根 rooted in glass', acclimatisation: '炼苗 hardened off', other: '其他 anything else',
} as const;
/** What a lot of living material is. */
export const PROPAGULE_FORMS = ['seed', 'seedling', 'plantlet', 'cutting', 'division', 'scion', 'bulbil', 'rhizome', 'spawn'] as const;
const FORM_MEANINGS = {
  seed: '种子 seed', seedling: '种苗 seedlings', plantlet: '组培苗 plantlets', cutting: '插穗 cuttings', division: '分株 divisions', scion: '接穗 scions', bulbil: '珠芽 bulbils', rhizome: '根茎 rhizomes',
  spawn: '菌种 spawn',
} as const;

/** One lot of living material that came of it. */
export class PropaguleDto extends QuantityDto {
  @OneOf(PROPAGULE_FORMS, { description: 'What it is. 形态', meanings: FORM_MEANINGS })
  form: (typeof PROPAGULE_FORMS)[number];

  @Word(60, { optional: true, description: 'Grade of the seed or seedlings. 种子种苗等级', example: '一级' })
  grade?: string;

  @Text(100, { optional: true, description: 'Your own lot number, as printed. 种子种苗批号', example: 'LQZ-2024-01' })
  lotNumber?: string;

  @Reference({ optional: true, description: 'A code issued before. 预发编码' })
  code?: string;
}

/** 组培. */
export class CultureDto {
  @Whole(0, 500, { description: 'Generation: 0 is the explant taken from the mother plant. 代次', unit: '代 generations', example: 3 })
  generation: number;

  @Whole(0, 10_000_000, { optional: true, description: 'Vessels. 瓶数', unit: '瓶 vessels', example: 420 })
  vessels?: number;

  @Whole(0, 10_000_000, { optional: true, description: 'Vessels thrown away as contaminated. 污染瓶数', unit: '瓶 vessels', example: 13 })
  contaminatedVessels?: number;

  @Whole(0, 1_000_000_000, { optional: true, description: 'Plantlets that died or were thrown away, pieces. 损失苗数', unit: '株 plantlets', example: 160 })
  lostPlantlets?: number;

  @Text(300, { optional: true, description: 'Culture medium, by name. 培养基', example: 'MS + 6-BA 1.0 mg/L' })
  medium?: string;
}

/** 繁育. */
export class PropagationForm extends OutwardFormBody {
  @OneOf(PROPAGATION_WAYS, {
    description: 'How it was multiplied. 繁育方式',
    meanings: WAY_MEANINGS,
  })
  way: (typeof PROPAGATION_WAYS)[number];

  @References({ optional: true, description: 'What it was taken from and what goes on living: accessions, mother plants, nursery beds. 种质、母本或苗床', example: ['7K2QZ0ABCD4'] })
  mothers?: string[];

  @Lines(() => BatchLineDto, { optional: true, description: 'Lots used up in it, pieces or mass. 投入的种子种苗', example: [{ batch: '7K2QZ0ABCD4', quantity: 400, unit: '个' }] })
  lots?: BatchLineDto[];

  @Lines(() => PropaguleDto, { description: 'The lots that came of it, pieces or mass. 产出批次', example: [{ form: 'seed', quantity: '12.5', unit: 'kg', lotNumber: 'LQZ-2024-01' }] })
  outputs: PropaguleDto[];

  @One(() => CultureDto, { optional: true, description: 'Tissue culture. 组培', example: { generation: 3, vessels: 420, contaminatedVessels: 13 } })
  culture?: CultureDto;

  @Day({ optional: true, description: 'First day. 开始日', example: '2024-09-28' })
  from?: string;

  @Day({ optional: true, description: 'Last day. 结束日', example: '2024-10-06' })
  to?: string;
}

/**
 * Propagation becomes a `batch` record for each lot and one TransformationEvent: what is lived on goes in without
 * quantity, lots are used up, lots come out. It is no balance of mass, for what grows adds mass nobody weighed; so seed
 * weighed in and seedlings weighed out pass through a nursery bed, which has none.
 */
export const propagationForm: Form<PropagationForm> = {
  name: 'propagation',
  body: PropagationForm,
  async compose(work, body) {
    const planted = await findPlanted(work, body);
    const { lots, mothers } = planted;
    if ((body.lots ?? body.mothers) === undefined) work.fault('', 'no-parent', '请填写种质、母本或投入的批次', 'name accessions, mother plants or lots it came from');
    const material = materialOf([...mothers.map((thing) => ({ thing })), ...lots]);
    const outputs = [];
    for (const [i, output] of body.outputs.entries()) outputs.push(await makeLot(work, material, planted, output, body.culture, `/outputs/${i}`));
    work.event('TransformationEvent', {
      bizStep: 'creating_class_instance',
      disposition: 'active',
      inputEPCList: mothers.length === 0 ? undefined : mothers.map(({ uri }) => uri),
      inputQuantityList: lots.length === 0 ? undefined : lots.map(({ thing, measured }) => quantityElement(thing.uri, measured)),
      outputQuantityList: outputs.flatMap(({ element }) => element ?? []),
      ...(await atSite(work, body.site)),
      ilmd: withoutAbsent({ 'cbvmda:harvestStartDate': body.from, 'cbvmda:harvestEndDate': body.to, 'daodi:herb': outputs[0]?.herb }),
      'daodi:step': body.way === 'other' ? 'propagation' : body.way,
      'daodi:culture': body.culture && withoutAbsent({ ...body.culture }),
      'daodi:outputRoles': outputs.map(({ uri, form }) => ({ epcClass: uri, role: 'product', form })),
      ...planted.accepted,
    });
  },
};

async function makeLot(work: Work, material: Material, { lots }: Planted, output: PropaguleDto, culture: CultureDto | undefined, pointer: string) {
  const { form, lotNumber } = output;
  const measured = work.measured(output, pointer);
  if (measured?.unit === 'mg' && lots.some(({ measured: used }) => used.unit === 'mg')) {
    const zh = '种苗称重增加的部分不是投入：请先登记苗床（用途为育苗的种植批），再从苗床起苗';
    work.fault(`${pointer}/unit`, 'growth-by-mass', zh, 'what grew was not put in: register the nursery bed (a crop of purpose nursery) the seed was sown in, then lift from it');
  }
  const identity = identityOf(work, material, { grade: output.grade }, 'product', pointer);
  const { uri } = await issue(work, {
    kind: 'batch', code: output.code, pointer: `${pointer}/code`, facts: { ...identity, role: 'product', form, lotNumber, generation: culture?.generation },
  });
  return { uri, form, herb: identity['herb'] as string | undefined, element: measured && quantityElement(uri, measured) };
}

/** Propagation. */
@ApiTags('stages')
@Controller('api/v1/propagations')
export class PropagationController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: FIELD_ROLES,
    leaves: ['record:batch+', 'event:TransformationEvent'],
    zh: '登记繁育（采种、育苗、组培）',
    en: 'Record propagation: seed harvested, seedlings lifted, plantlets multiplied',
    body: PropagationForm,
    conflict: 'overdrawn',
    example: {
      eventTime: '2024-10-06T17:00:00+08:00', way: 'seed-harvest', mothers: ['7K2QZ0ABCD4'], from: '2024-09-28', to: '2024-10-06',
      outputs: [{ form: 'seed', quantity: '12.5', unit: 'kg', lotNumber: 'LQZ-2024-01' }],
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: PropagationForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, propagationForm, body);
  }
}
