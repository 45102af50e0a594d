import { Type } from 'class-transformer';
import { IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { Amount, OneOf, Pattern, Text, Texts } from '../input/fields';

/** In what form a product is: 鲜品, 药材, 趁鲜切制, 饮片, 配方颗粒, 提取物, 中成药, 食品, 种子种苗, others. */
export const PRODUCT_FORMS = [
  'fresh', 'herb', 'fresh-cut', 'decoction-piece', 'granule', 'extract', 'medicine', 'food', 'seed', 'other',
] as const;

/** Units of a net content: UN/ECE Recommendation 20 for gram, kilogram, milligram, millilitre, litre; pieces. */
export const NET_UNITS = ['GRM', 'KGM', 'MGM', 'MLT', 'LTR', 'H87'] as const;

/** What one piece holds. */
export class NetContentDto {
  @Amount({ description: 'Exact: a number or decimal text', example: '500' })
  value: string | number;

  @OneOf(NET_UNITS)
  unit: (typeof NET_UNITS)[number];
}

/** A product of an organisation. */
export class AddProductDto {
  @Text(200)
  name: string;

  @Texts(60, { description: 'Codes of the herbs it is made of' })
  herbs: string[];

  @OneOf(PRODUCT_FORMS)
  form: (typeof PRODUCT_FORMS)[number];

  @Pattern(/^(\d{8}|\d{12,14})$/, { optional: true, description: 'GTIN under the organisation’s own prefix' })
  gtin?: string;

  @ApiProperty({ type: () => NetContentDto, required: false })
  @ValidateIf((_, value) => value !== undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => NetContentDto)
  netContent?: NetContentDto;

  @Text(300, { optional: true, description: '规格' })
  specification?: string;
}
