import { Amount, OneOf, Pattern, Region, STATUS_MEANINGS, Text } from '../input/fields';

/** What a site is used for. */
export const SITE_KINDS = ['warehouse', 'station', 'workshop', 'laboratory', 'shop', 'field-store'] as const;

/** What each kind is. */
export const SITE_KIND_MEANINGS = {
  warehouse: '仓库 warehouse', station: '收购站 station', workshop: '车间 workshop', laboratory: '检验室 laboratory', shop: '门店 shop',
  'field-store': '田间临存点 store in the field',
} as const;

/** A place where material is kept or worked. Its address is private; others see its region. */
export class AddSiteDto {
  @OneOf(SITE_KINDS, { description: 'What it is used for. 场所类别', meanings: SITE_KIND_MEANINGS })
  kind: (typeof SITE_KINDS)[number];

  @Text(200, { description: 'Name of the site. 场所名称', example: '一号库' })
  name: string;

  @Text(500, { optional: true, description: 'Address; others see the county only. 详细地址', example: '府城镇北大街 8 号' })
  address?: string;

  @Region()
  region: string;

  @Pattern(/^\d{13}$/, { optional: true, description: 'GLN, 13 digits, where there is one. 全球位置码', example: '9520001000016' })
  gln?: string;

  @Text(300, { optional: true, description: 'SGLN as EPC URN or GS1 Digital Link. 物理位置码', example: 'urn:epc:id:sgln:9520001.00001.0' })
  sgln?: string;

  @Amount({ optional: true, description: 'What the workshop can take into any one step on one day, as the plant itself states it. 日处理能力（千克）', example: '80000', unit: '千克每日 kilograms a day' })
  dailyCapacityKg?: string | number;
}

/** What may change about a site. */
export class ChangeSiteDto {
  @OneOf(SITE_KINDS, { optional: true, description: 'What it is used for. 场所类别', meanings: SITE_KIND_MEANINGS })
  kind?: (typeof SITE_KINDS)[number];

  @Text(200, { optional: true, description: 'New name. 场所名称', example: '一号库' })
  name?: string;

  @Text(500, { optional: true, description: 'Address; others see the county only. 详细地址', example: '府城镇北大街 8 号' })
  address?: string;

  @Region({ optional: true })
  region?: string;

  @Pattern(/^\d{13}$/, { optional: true, description: 'GLN, 13 digits, where there is one. 全球位置码', example: '9520001000016' })
  gln?: string;

  @Text(300, { optional: true, description: 'SGLN as EPC URN or GS1 Digital Link. 物理位置码', example: 'urn:epc:id:sgln:9520001.00001.0' })
  sgln?: string;

  @Amount({ optional: true, description: 'What the workshop can take into any one step on one day, as the plant itself states it. 日处理能力（千克）', example: '80000', unit: '千克每日 kilograms a day' })
  dailyCapacityKg?: string | number;

  @OneOf(['active', 'ended'], { optional: true, description: 'Whether it goes on. 状态', meanings: STATUS_MEANINGS })
  status?: string;

  @Text(1000, { optional: true, description: 'Why, for the log. 变更原因', example: '登记时填错' })
  why?: string;
}
