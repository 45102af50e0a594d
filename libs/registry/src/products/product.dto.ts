import { Type } from 'class-transformer';
import { IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { Amount, OneOf, Pattern, Text, Texts } from '../input/fields';

/** In what form a product is: 鲜品, 药材, 趁鲜切制, 饮片, 配方颗粒, 提取物, 中成药, 食品, 种子种苗, others. */
export const PRODUCT_FORMS = [
  'fresh', 'herb', 'fresh-cut', 'decoction-piece', 'granule', 'extract', 'medicine', 'food', 'seed', 'other',
] as const;

/** What each form is. */
export const PRODUCT_FORM_MEANINGS = {
  fresh: '鲜品 fresh', herb: '药材 herb', 'fresh-cut': '趁鲜切制 cut while fresh', 'decoction-piece': '饮片 decoction piece', granule: '配方颗粒 granule',
  extract: '提取物 extract', medicine: '中成药 medicine', food: '食品 food', seed: '种子种苗 seed or seedling', other: '其他 other',
} as const;

/** Units of a net content: UN/ECE Recommendation 20 for gram, kilogram, milligram, millilitre, litre; pieces. */
export const NET_UNITS = ['GRM', 'KGM', 'MGM', 'MLT', 'LTR', 'H87'] as const;

/** What each unit is. */
export const NET_UNIT_MEANINGS = {
  GRM: '克 gram', KGM: '千克 kilogram', MGM: '毫克 milligram', MLT: '毫升 millilitre', LTR: '升 litre', H87: '件 piece',
} as const;

/** What one piece holds. */
export class NetContentDto {
  @Amount({ description: 'Exact: a number or decimal text. 净含量数值', example: '500' })
  value: string | number;

  @OneOf(NET_UNITS, { description: 'UN/ECE Recommendation 20 code. 净含量单位', meanings: NET_UNIT_MEANINGS })
  unit: (typeof NET_UNITS)[number];
}

/** A product of an organisation. */
export class AddProductDto {
  @Text(200, { description: 'Name of the product. 产品名称', example: '青翘饮片' })
  name: string;

  @Texts(60, { description: 'Codes of the herbs it is made of. 所含药材', example: ['lianqiao'] })
  herbs: string[];

  @OneOf(PRODUCT_FORMS, { description: 'In what form it is. 产品形态', meanings: PRODUCT_FORM_MEANINGS })
  form: (typeof PRODUCT_FORMS)[number];

  @Pattern(/^(\d{8}|\d{12,14})$/, { optional: true, description: 'GTIN under the organisation’s own prefix. 商品条码', example: '09520001000013' })
  gtin?: string;

  @ApiProperty({ type: () => NetContentDto, required: false, description: '净含量 What one piece holds' })
  @ValidateIf((_, value) => value !== undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => NetContentDto)
  netContent?: NetContentDto;

  @Text(300, { optional: true, description: 'Specification as printed. 规格', example: '500 克/袋' })
  specification?: string;

  @Text(100, { optional: true, description: 'Geographical indication it is sold under; what is made of it counts against the registered output. 地理标志名称', example: '安泽连翘' })
  giName?: string;
}
