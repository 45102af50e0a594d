import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, Amount, type Caller, CurrentCaller, Day, OneOf, PaperDto, Text } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { AmountOrZero, One, Reference, Whole } from '../form/fields';
import { FormBody } from '../form/form-body';
import { FormRoute, type FormRouteOptions } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { atSite } from '../form/places';
import { findThings } from '../form/things';
import { withoutAbsent, type Work } from '../form/work';

/** Those who test seed and seedlings, and those who keep their papers. */
const CHECKING_ROLES: FormRouteOptions['roles'] = ['owner', 'manager', 'field-worker', 'station-keeper', 'warehouse', 'quality-head', 'lab-tester', 'machine'];

/** 种子种苗检验. */
export class PropaguleTestsDto {
  @Amount({ optional: true, description: 'Thousand-grain weight, g. 千粒重（g）', example: '5.62' })
  thousandGrainGrams?: string | number;

  @AmountOrZero({ optional: true, description: 'Purity by mass, per cent. 净度（%）', example: '96.4' })
  purityPercent?: string | number;

  @AmountOrZero({ optional: true, description: 'Germination, per cent of the seeds tested. 发芽率（%）', example: '82' })
  germinationPercent?: string | number;

  @AmountOrZero({ optional: true, description: 'Moisture, per cent of the mass. 水分（%）', example: '8.3' })
  moisturePercent?: string | number;

  @Whole(1, 1_000_000, { optional: true, description: 'How many seeds or seedlings were tested, pieces. 检验粒（株）数', unit: '粒或株 seeds or seedlings', example: 400 })
  tested?: number;

  @Text(300, { optional: true, description: 'How. 检验方法', example: 'GB/T 3543.4' })
  method?: string;
}

const METHOD_MEANINGS = { morphology: '形态 by its looks', 'dna-barcode': 'DNA 条形码 by DNA barcode', both: '形态与条形码 by both', other: '其他 otherwise' } as const;

/** 基原鉴定. */
export class IdentificationDto {
  @OneOf(['morphology', 'dna-barcode', 'both', 'other'], { description: 'By which method. 鉴定方法', meanings: METHOD_MEANINGS, example: 'dna-barcode' })
  method: string;

  @Text(200, { description: 'Species found, with its Latin name. 鉴定结果', example: 'Forsythia suspensa (Thunb.) Vahl' })
  species: string;

  @Text(200, { description: 'Institution that identified it; never a person’s name. 鉴定单位', example: '山西省药品检验研究院' })
  institution: string;

  @One(() => PaperDto, { optional: true, description: 'Report. 鉴定报告', example: { name: '基原鉴定报告', number: 'JD-2024-118' } })
  report?: PaperDto;
}

/** 检疫证. */
export class QuarantineDto {
  @Text(100, { description: 'Number of the plant quarantine certificate. 检疫证号', example: '140000241106' })
  number: string;

  @Text(200, { optional: true, description: 'Body that issued it. 签发单位', example: '安泽县植物检疫站' })
  issuer?: string;

  @Day({ optional: true, description: 'Last day on which it is valid. 有效期至', example: '2025-03-31' })
  validUntil?: string;

  @One(() => PaperDto, { optional: true, description: 'The certificate itself. 检疫证扫描件', example: { name: '植物检疫证书' } })
  paper?: PaperDto;
}

/** 种子种苗检验与证明. */
export class PropaguleCheckForm extends FormBody {
  @Reference({ description: 'The lot, mother plants or accession. 种子种苗批、母本或种质' })
  of: string;

  @One(() => PropaguleTestsDto, { optional: true, description: 'Test values. 检验值', example: { purityPercent: '96.4', germinationPercent: '82' } })
  tests?: PropaguleTestsDto;

  @One(() => IdentificationDto, { optional: true, description: 'Identification of the species. 基原鉴定', example: { method: 'morphology', species: 'Forsythia suspensa (Thunb.) Vahl', institution: '山西省药品检验研究院' } })
  identification?: IdentificationDto;

  @One(() => QuarantineDto, { optional: true, description: 'Quarantine certificate. 检疫证', example: { number: '140000241106', validUntil: '2025-03-31' } })
  quarantine?: QuarantineDto;
}

/** A check becomes an ObjectEvent with bizStep inspecting; its values travel with the lot to whoever may read it. */
export const propaguleCheckForm: Form<PropaguleCheckForm> = {
  name: 'propagule-check',
  body: PropaguleCheckForm,
  async compose(work, body) {
    const thing = (await findThings(work, [{ text: body.of, pointer: '/of' }])).get(body.of);
    const isLiving = thing?.facts?.kind === 'crop';
    if ((body.tests ?? body.identification ?? body.quarantine) === undefined) {
      work.fault('', 'no-check', '请填写检验值、基原鉴定或检疫证之一', 'give test values, an identification or a quarantine certificate');
    }
    work.event('ObjectEvent', {
      action: 'OBSERVE',
      bizStep: 'inspecting',
      epcList: thing && isLiving ? [thing.uri] : undefined,
      quantityList: thing && !isLiving ? [{ epcClass: thing.uri }] : undefined,
      ...(await atSite(work, body.site)),
      'daodi:propagule': withoutAbsent({
        tests: body.tests && testsOf(work, body.tests),
        identification: body.identification && plain(body.identification),
        quarantine: body.quarantine && plain(body.quarantine),
      }),
    });
  },
};

function testsOf(work: Work, { thousandGrainGrams, tested, method, ...percents }: PropaguleTestsDto): Record<string, unknown> {
  const values = Object.entries(percents).map(([name, typed]) => {
    const value = typed === undefined ? undefined : work.exact(typed as string, `/tests/${name}`);
    if (value !== undefined && value > 100) work.fault(`/tests/${name}`, 'percent', '百分数不能大于 100', 'a percentage is at most 100');
    return [name, value] as const;
  });
  const grains = thousandGrainGrams === undefined ? undefined : work.exact(thousandGrainGrams, '/tests/thousandGrainGrams');
  return withoutAbsent({ thousandGrainGrams: grains, ...Object.fromEntries(values), tested, method });
}

/** Class instances as the log stores them. */
const plain = (part: object): unknown => JSON.parse(JSON.stringify(part));

/** Checks of seed and seedlings. */
@ApiTags('stages')
@Controller('api/v1/propagule-checks')
export class PropaguleCheckController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: CHECKING_ROLES,
    leaves: ['event:ObjectEvent'],
    zh: '登记种子种苗检验、基原鉴定、检疫证',
    en: 'Record test values, an identification or a quarantine certificate of seed and seedlings',
    body: PropaguleCheckForm,
    example: {
      eventTime: '2024-11-06T10:00:00+08:00', of: '7K2QZ0ABCD4',
      tests: { thousandGrainGrams: '5.62', purityPercent: '96.4', germinationPercent: '82', tested: 400, method: 'GB/T 3543.4' },
      identification: { method: 'dna-barcode', species: 'Forsythia suspensa (Thunb.) Vahl', institution: '山西省药品检验研究院', report: { name: '基原鉴定报告', number: 'JD-2024-118' } },
      quarantine: { number: '140000241106', issuer: '安泽县植物检疫站', validUntil: '2025-03-31' },
    },
  })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: PropaguleCheckForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, propaguleCheckForm, body);
  }
}
