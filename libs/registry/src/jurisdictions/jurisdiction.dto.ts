import { Id, OneOf, Pattern, Text } from '../input/fields';

/** The stages of the chain a jurisdiction can be limited to. */
export const STAGES = [
  'all', 'propagation', 'planting', 'delivery', 'processing', 'testing', 'packing', 'storage', 'transport', 'trade',
] as const;

/** What each stage is. */
export const STAGE_MEANINGS = {
  all: '全部环节 all', propagation: '繁育 propagation', planting: '种植 planting', delivery: '交售 delivery', processing: '加工 processing',
  testing: '检验 testing', packing: '包装 packing', storage: '储存 storage', transport: '运输 transport', trade: '流通 trade',
} as const;

/** What a supervisor may look at: administrative area × stage × herb. */
export class GiveJurisdictionDto {
  @Id({ description: 'An organisation of type supervisor. 监管单位' })
  organisationId: string;

  @Pattern(/^([1-9]\d(\d{2}){0,2})?$/, { description: 'Leading 2, 4 or 6 digits of a GB/T 2260 code; empty: everywhere. 行政区划代码前缀', example: '1410' })
  regionPrefix: string;

  @OneOf(STAGES, { description: 'Stage of the chain. 环节', meanings: STAGE_MEANINGS })
  stage: (typeof STAGES)[number];

  @Text(50, { description: 'Herb code, or all. 品种代码', example: 'lianqiao' })
  herb: string;
}
