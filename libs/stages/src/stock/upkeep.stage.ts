import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, OneOf, siteUrn, SomeOf, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines, One, Reference, References } from '../form/fields';
import { FormBody } from '../form/form-body';
import { FormRoute, WORK_ROLES } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { atSite } from '../form/places';
import { findThings, references } from '../form/things';
import { MoistureDto } from '../form/weighing-dto';
import type { Work } from '../form/work';
import { ownUris } from './on-hand';
import { readMoisture } from './moisture';
import { ReadingDto, sensorElement } from './readings';

/** What is done to goods that lie, none of it with a poison. */
export const UPKEEP_MEASURES = ['turning', 'airing', 'sunning', 'cooling', 'sealing', 'cleaning', 'low-oxygen', 'pest-check', 'inspection'] as const;

/** A moisture found while looking after a batch. */
export class CheckedDto {
  @Reference({ description: 'The batch: our code, or its URI. 批次' })
  batch: string;

  @One(() => MoistureDto, { description: 'Moisture found. 水分' })
  moisture: MoistureDto;
}

/** 养护. */
export class UpkeepForm extends FormBody {
  @SomeOf(UPKEEP_MEASURES, {
    description: 'What was done. 养护措施',
    meanings: {
      turning: '翻垛 stacks turned', airing: '通风 aired', sunning: '晾晒 laid in the sun', cooling: '降温 cooled', sealing: '密封 sealed', cleaning: '清洁 cleaned',
      'low-oxygen': '气调 kept in low oxygen, without a fumigant', 'pest-check': '查虫 looked for pests', inspection: '检查 looked at',
    },
    example: ['turning', 'pest-check'],
  })
  measures: string[];

  @References({ optional: true, description: 'Which batches; all that lie at the site where none is named. 批次', example: ['7K2QZ0ABCD4'] })
  batches?: string[];

  @One(() => ReadingDto, { optional: true, description: 'Temperature and humidity of the place. 温湿度' })
  reading?: ReadingDto;

  @Lines(() => CheckedDto, { optional: true, min: 0, description: 'Moistures found. 水分抽查' })
  checks?: CheckedDto[];

  @OneOf(['good', 'attention'], { optional: true, description: 'What came of it. 养护结论', meanings: { good: '正常 all well', attention: '异常 needs attention; the remarks say what' }, example: 'good' })
  result?: string;

  @Text(500, { optional: true, description: 'What was seen, e.g. pests, mould, wet sacks. 发现情况', example: '未见虫蛀霉变' })
  remarks?: string;
}

/**
 * Upkeep becomes one ObjectEvent that observes batches and moves nothing: its step is a word of our own, the readings
 * are EPCIS sensor reports. What was dried or lost meanwhile is a form of its own.
 */
export const upkeepForm: Form<UpkeepForm> = {
  name: 'upkeep',
  body: UpkeepForm,
  async compose(work, body) {
    const uris = await batchesOf(work, body);
    const checked = await findThings(work, (body.checks ?? []).map(({ batch }, i) => ({ text: batch, pointer: `/checks/${i}/batch` })));
    const checks = (body.checks ?? []).map(({ batch, moisture }, i) => ({ epcClass: checked.get(batch)?.uri, ...readMoisture(work, moisture, `/checks/${i}/moisture`) }));
    work.event('ObjectEvent', {
      action: 'OBSERVE',
      bizStep: 'urn:daodi:bizstep:upkeep',
      quantityList: [...new Set([...uris, ...[...checked.values()].map(({ uri }) => uri)])].map((epcClass) => ({ epcClass })),
      ...(await atSite(work, body.site)),
      sensorElementList: body.reading && sensorElement(work, body.reading),
      'daodi:upkeep': { measures: body.measures, ...(body.result !== undefined && { result: body.result }) },
      'daodi:moistures': checks.length === 0 ? undefined : checks,
    });
  },
};

async function batchesOf(work: Work, { batches, site, checks }: UpkeepForm): Promise<string[]> {
  const found = await findThings(work, references(batches, '/batches'));
  for (const [i, text] of (batches ?? []).entries()) {
    const kind = found.get(text)?.facts?.kind;
    if (kind === 'crop' || kind === 'container') work.fault(`/batches/${i}`, 'no-lot', '这不是库存批次', 'this is no batch in store');
  }
  if (batches !== undefined) return [...found.values()].map(({ uri }) => uri);
  const there = site === undefined ? [] : await ownUris(work.tx, work.caller.organisationId, siteUrn(site.toLowerCase()));
  if (there.length === 0 && (checks ?? []).length === 0) work.fault('/batches', 'no-goods', '请填写批次，或填写存有批次的场所', 'name batches, or a site where some lie');
  return there;
}

/** Upkeep of stock. */
@ApiTags('stock')
@Controller('api/v1/upkeep')
export class UpkeepController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: WORK_ROLES,
    leaves: ['event:ObjectEvent'],
    zh: '登记养护',
    en: 'Record upkeep: turning, airing, pest check, temperature and humidity',
    body: UpkeepForm,
    example: {
      eventTime: '2026-10-05T09:00:00+08:00', measures: ['turning', 'pest-check'], batches: ['7K2QZ0ABCD4'], result: 'good', remarks: '未见虫蛀霉变',
      reading: { temperatureCelsius: '18.5', humidityPercent: '58', source: 'manual' },
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: UpkeepForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, upkeepForm, body);
  }
}
