import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { field, OneOf, Pattern, Text, Texts } from '../input/fields';
import { PageQuery } from '../input/page';
import { PRODUCT_FORM_MEANINGS, PRODUCT_FORMS } from '../products/product.dto';

/** Stable codes of herbs, as a rule the pinyin. */
export const HERB_CODE = /^[a-z][a-z0-9-]{1,40}$/;

const Verified = (): PropertyDecorator => field({ description: '是否已核对纸质原文 Whether it was confirmed against the printed source', example: false }, { type: Boolean }, IsBoolean());
const Source = (): PropertyDecorator => Text(300, { description: 'Where it was read. 出处', example: '《中国药典》2020 年版一部' });

/** A species a herb may be of. */
export class HerbSpeciesDto {
  @Text(50, { description: 'Chinese name of the plant. 植物中文名', example: '连翘' })
  name: string;

  @Text(200, { description: 'Name of the plant with its authors. 植物学名', example: 'Forsythia suspensa (Thunb.) Vahl' })
  latin: string;

  @Verified()
  verified: boolean;

  @Source()
  source: string;
}

/** A form a herb is in. */
export class HerbFormDto {
  @OneOf(PRODUCT_FORMS, { description: 'In what form. 形态', example: 'decoction-piece', meanings: PRODUCT_FORM_MEANINGS })
  form: string;

  @Text(100, { optional: true, description: 'Name of the decoction piece with its processing. 饮片品名及炮制', example: '醋北柴胡' })
  piece?: string;

  @Verified()
  verified: boolean;

  @Source()
  source: string;
}

/** 道地产区: a place a herb is known to come from. */
export class HerbAreaDto {
  @Text(50, { description: 'Name of the area. 产区名称', example: '安泽县' })
  name: string;

  @Pattern(/^[1-9][0-9]{5}$/, { description: 'GB/T 2260: county, prefecture (ending in 00) or province (ending in 0000). 行政区划代码', example: '141026' })
  region: string;

  @Verified()
  verified: boolean;

  @Source()
  source: string;
}

/** Up to 60 parts of a herb. */
const Parts = (part: () => new () => object, description: string): PropertyDecorator => (target, name) => {
  ApiProperty({ type: () => part(), isArray: true, required: false, maxItems: 60, description })(target, name);
  for (const rule of [ValidateIf((_: unknown, value: unknown) => value !== undefined), IsArray(), ArrayMaxSize(60), IsObject({ each: true }), ValidateNested({ each: true }), Type(part)]) rule(target, name);
};

/** A herb of the platform's catalogue. */
export class KeepHerbDto {
  @Pattern(HERB_CODE, { description: 'Stable code, as a rule the pinyin. 品种代码', example: 'lianqiao' })
  code: string;

  @Text(50, { description: 'Chinese name. 中文名', example: '连翘' })
  name: string;

  @Text(100, { description: 'Pinyin. 拼音', example: 'lianqiao' })
  pinyin: string;

  @Text(200, { description: 'Latin name of the drug. 拉丁名', example: 'Forsythiae Fructus' })
  latin: string;

  @Text(100, { description: 'Part of the plant that is used. 药用部位', example: '干燥果实' })
  part: string;

  @Texts(20, { optional: true, description: 'Grades judged apart. 规格等级', example: ['青翘', '老翘'] })
  grades?: string[];

  @Parts(() => HerbSpeciesDto, 'Species accepted as this herb. 基原')
  species?: HerbSpeciesDto[];

  @Parts(() => HerbFormDto, 'Forms it is traded in. 形态')
  forms?: HerbFormDto[];

  @Parts(() => HerbAreaDto, 'Where it is known to come from in its authentic quality. 道地产区')
  areas?: HerbAreaDto[];

  @Verified()
  verified: boolean;

  @Source()
  source: string;
}

/** Which herbs are wanted. */
export class HerbQuery extends PageQuery {
  @Text(100, { optional: true, description: 'Part of the Chinese, pinyin or Latin name' })
  search?: string;
}
