import { Body, Controller, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, OneOf, PaperDto, Pattern, Text, Year } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { Lines, One, Reference, Word } from '../form/fields';
import { FormBody } from '../form/form-body';
import { FIELD_ROLES, FormRoute } from '../form/form-route';
import { type Form, Forms } from '../form/forms.service';
import { issue } from '../form/issue';
import { atSite, checkHerb } from '../form/places';
import { withoutAbsent } from '../form/work';

/** How an accession was come by: collected in the wild, from a farmer's field, from a gene bank, bred, bought. */
const ACCESSION_SOURCES = ['wild', 'landrace', 'gene-bank', 'bred', 'bought', 'other'] as const;
const SOURCE_MEANINGS = {
  wild: '野生采集 collected in the wild', landrace: '农家种 from a farmer’s field', 'gene-bank': '种质库 from a gene bank', bred: '选育 bred', bought: '购入 bought', other: '其他 anything else',
} as const;

/** 凭证标本. */
export class VoucherDto {
  @Text(100, { description: 'Number of the voucher specimen. 标本号', example: 'SXTCM-2019-0417' })
  number: string;

  @Text(200, { optional: true, description: 'Herbarium that keeps it. 标本馆', example: '山西省中药材标本馆' })
  herbarium?: string;
}

/** 种质. */
export class AccessionForm extends FormBody {
  @Text(100, { description: 'Accession number, as its holder writes it. 种质编号', example: 'SX-LQ-0033' })
  number: string;

  @Text(200, { description: 'Institution or organisation that holds it; never a person’s name. 保存单位', example: '安泽县连翘种质资源圃' })
  holder: string;

  @Word(60, { description: 'Herb of the catalogue. 品种', example: 'lianqiao' })
  herb: string;

  @Text(200, { description: 'Species it was identified as, with its Latin name. 基原', example: 'Forsythia suspensa (Thunb.) Vahl' })
  species: string;

  @Text(100, { optional: true, description: 'Variety or strain. 品系', example: '安翘一号' })
  variety?: string;

  @OneOf(ACCESSION_SOURCES, { description: 'How it was come by. 来源', meanings: SOURCE_MEANINGS })
  source: string;

  @Pattern(/^[1-9]\d{5}$/, { optional: true, description: 'County it was collected in, GB/T 2260, six digits. 采集地县级代码', example: '141026' })
  region?: string;

  @Year({ optional: true, description: 'Year it was collected or bred. 采集或育成年份', example: 2019 })
  year?: number;

  @One(() => VoucherDto, { optional: true, description: 'Voucher specimen. 凭证标本', example: { number: 'SXTCM-2019-0417', herbarium: '山西省中药材标本馆' } })
  voucher?: VoucherDto;

  @Lines(() => PaperDto, { optional: true, min: 0, description: 'Papers and photographs. 材料', example: [{ name: '种质采集记录' }] })
  papers?: PaperDto[];

  @Reference({ optional: true, description: 'A code issued before. 预发编码' })
  code?: string;
}

/**
 * An accession becomes a `batch` record of kind crop, for it lives and has no mass, and an ObjectEvent that commissions
 * its code: everything grown from it begins here.
 */
export const accessionForm: Form<AccessionForm> = {
  name: 'accession',
  body: AccessionForm,
  async compose(work, body) {
    const { number, holder, herb, species, variety, source, region, year, voucher, papers } = body;
    await checkHerb(work, herb, '/herb');
    const { uri } = await issue(work, {
      kind: 'crop', code: body.code, pointer: '/code',
      facts: { herb, growth: 'accession', accession: withoutAbsent({ number, species, variety, source, region, year, voucher }), holder, papers },
    });
    work.event('ObjectEvent', {
      action: 'ADD',
      bizStep: 'commissioning',
      disposition: 'active',
      epcList: [uri],
      ...(await atSite(work, body.site)),
      ilmd: { 'daodi:herb': herb, 'daodi:accession': withoutAbsent({ number, species, variety }) },
    });
  },
};

/** Accessions. */
@ApiTags('stages')
@Controller('api/v1/accessions')
export class AccessionController {
  constructor(private readonly forms: Forms) {}

  @FormRoute({
    roles: FIELD_ROLES,
    leaves: ['record:batch', 'event:ObjectEvent'],
    zh: '登记种质',
    en: 'Register a germplasm accession',
    body: AccessionForm,
    example: {
      eventTime: '2019-10-12T10:00:00+08:00', number: 'SX-LQ-0033', holder: '安泽县连翘种质资源圃', herb: 'lianqiao', species: 'Forsythia suspensa (Thunb.) Vahl',
      variety: '安翘一号', source: 'wild', region: '141026', year: 2019, voucher: { number: 'SXTCM-2019-0417', herbarium: '山西省中药材标本馆' },
    },
  })
  register(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AccessionForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, accessionForm, body);
  }
}
