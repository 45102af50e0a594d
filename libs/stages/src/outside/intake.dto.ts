import { Amount, Day, OneOf, Pattern, Region, Text, Year } from '@daodi/registry';
import { Lines, One, Reference, Whole, Word } from '../form/fields';
import { FormBody } from '../form/form-body';
import { type WeighingDto, WeighingPart } from '../form/weighing-dto';
import { UNITS } from '../form/units';

/** How goods came in that nothing here tells of. */
export const MEANS = ['opening-stock', 'purchase', 'other-province', 'import', 'wild-collection'] as const;
export type Means = (typeof MEANS)[number];

/** Papers that come with goods. */
export const PAPER_KINDS = ['conformity', 'origin', 'quarantine', 'collection-permit', 'invoice', 'test-report', 'other'] as const;

/** From whom. Whoever is a person is kept apart: the event and the log name organisations only. */
export class IntakeSellerDto {
  @Pattern(/^[A-Z0-9][A-Z0-9-]{1,31}$/, { optional: true, description: 'Code of an organisation registered here whose goods have no code. 平台内组织代码（货上无码）', example: 'HUAIHE-YP' })
  organisation?: string;

  @Text(200, { optional: true, description: 'Name of an organisation that is not here; no name of a person. 平台外单位名称，不填个人姓名', example: '某某药材有限公司' })
  organisationName?: string;

  @Pattern(/^[0-9A-HJ-NPQRTUWXY]{18}$/, { optional: true, description: 'Its unified social credit code. 统一社会信用代码', example: '91141026MA0000000X' })
  creditCode?: string;

  @Text(200, {
    optional: true,
    description: 'Who sold it, where that is a person: name, telephone. Stands in no log and is shown to your organisation only. 个人卖方姓名、电话，不进日志，仅本单位可见', example: '张某 138****0000',
  })
  person?: string;
}

/** A paper that came with the goods. */
export class IntakePaperDto {
  @OneOf(PAPER_KINDS, {
    description: 'Which paper. 单证种类', example: 'origin',
    meanings: {
      conformity: '承诺达标合格证 certificate of conformity by the grower', origin: '产地证明 certificate of origin', quarantine: '检疫证 quarantine certificate',
      'collection-permit': '采药证 collection permit', invoice: '发票 invoice', 'test-report': '检验报告 test report', other: '其他 other',
    },
  })
  kind: (typeof PAPER_KINDS)[number];

  @Text(100, { optional: true, description: 'Its number, as printed. 编号', example: 'CD-2026-0815' })
  number?: string;

  @Pattern(/^[0-9a-f]{64}$/, { optional: true, description: 'Photograph or scan of it: the digest of a file kept here. 照片或扫描件的文件摘要（SHA-256）', example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  file?: string;
}

/** Where it is said to have grown. */
export class DeclaredPlaceDto {
  @Region({ optional: true, description: 'County, else province (ending in 0000), by GB/T 2260. 产地行政区划代码，到县；不知县的填省' })
  regionCode?: string;

  @Text(60, { optional: true, description: 'The same in words, no finer than a county, no name of a person. 产地文字，不细于县，不写个人', example: '甘肃定西' })
  text?: string;
}

/** Packages: so many of the same mass, and the odd one. */
export class IntakePackagesDto {
  @Whole(1, 100_000, { description: 'How many of the same mass. 件数', unit: '件 packages', example: 20 })
  count: number;

  @Amount({ description: 'Mass of each. 每件重量', unit: '千克 kg', example: '50' })
  eachKg: string | number;

  @Amount({ optional: true, description: 'The odd one. 零头', unit: '千克 kg', example: '12.5' })
  oddKg?: string | number;
}

/** Permit by which it was collected in the wild. */
export class CollectionPermitDto {
  @Text(100, { description: 'Number of the collection permit. 采药证编号', example: '采药证 2026-017' })
  number: string;

  @Text(200, { optional: true, description: 'Plan under which it was collected. 采集计划', example: '安泽县 2026 年野生药材采集计划' })
  plan?: string;

  @Text(200, { optional: true, description: 'Authority that issued it. 发证机关', example: '安泽县林业局' })
  issuer?: string;

  @Day({ optional: true, description: 'Last day it is valid. 有效期至', example: '2026-12-31' })
  validTo?: string;
}

/** What it cost; kept apart from the log. */
export class IntakePriceDto {
  @Amount({ description: 'Price, for your organisation only; stands in no log. 价格，不进日志，仅本单位可见', unit: '元 CNY', example: '168' })
  amount: string | number;

  @OneOf(['per-kg', 'per-jin', 'in-all'], {
    description: 'For what. 计价单位', example: 'per-kg', meanings: { 'per-kg': '每千克 per kilogram', 'per-jin': '每斤 per jin (500 g)', 'in-all': '总价 for all of it' },
  })
  per: string;
}

/** 外购来货 */
export class IntakeForm extends FormBody {
  @OneOf(MEANS, {
    description: 'How it came in. 来货方式', example: 'purchase',
    meanings: {
      'opening-stock': '期初库存 stock that was there before the records began', purchase: '外购 bought from somebody not here, or without any code',
      'other-province': '外省调入 brought in from another province', import: '进口 imported', 'wild-collection': '野生采集 collected in the wild',
    },
  })
  means: Means;

  @Word(60, { description: 'Herb it is said to be: code of the herb catalogue. 申报品种，药材目录代码', example: 'lianqiao' })
  herb: string;

  @Amount({ description: 'Net mass that arrived. 实到净重', example: '1012.5' })
  quantity: string | number;

  @OneOf(UNITS, { description: 'Unit it was weighed in. 单位', example: 'kg' })
  unit: string;

  @WeighingPart()
  weighing?: WeighingDto;

  @One(() => DeclaredPlaceDto, { optional: true, description: 'Where it is said to have grown; declared, not proven. 申报产地' })
  origin?: DeclaredPlaceDto;

  @Year({ optional: true, description: 'Year in which it is said to have been harvested. 申报采收年份', example: 2025 })
  year?: number;

  @Word(60, { optional: true, description: 'Grade it is said to be. 规格等级', example: '青翘' })
  grade?: string;

  @Word(40, { optional: true, description: 'fresh, dried, slices, … 形态', example: 'dried' })
  form?: string;

  @One(() => IntakePackagesDto, { optional: true, description: 'Packages it came in. 件数与每件重量' })
  packages?: IntakePackagesDto;

  @One(() => IntakeSellerDto, { optional: true, description: 'From whom. 卖方' })
  seller?: IntakeSellerDto;

  @Lines(() => IntakePaperDto, { optional: true, description: 'Papers that came with it. 随货单证' })
  papers?: IntakePaperDto[];

  @Text(100, { optional: true, description: 'Number of the quarantine certificate, of imports. 检疫证号', example: '126000126000001' })
  quarantineNumber?: string;

  @One(() => CollectionPermitDto, { optional: true, description: 'Permit, where it was collected in the wild. 采药证与采集计划' })
  permit?: CollectionPermitDto;

  @Text(100, { optional: true, description: 'The supplier’s own code or lot number; another name of the batch, for you. 供方批号或编码', example: 'GS-2025-118' })
  supplierLot?: string;

  @Text(100, { optional: true, description: 'Your own lot number, as printed. 批号', example: 'WG-260901-01' })
  lotNumber?: string;

  @Reference({ optional: true, description: 'A code issued before. 预发编码' })
  code?: string;

  @One(() => IntakePriceDto, { optional: true, description: 'What it cost. 价格' })
  price?: IntakePriceDto;
}
