import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { Pattern, Text, Texts } from '../input/fields';
import { PageQuery } from '../input/page';

/** Stable codes of herbs, as a rule the pinyin. */
export const HERB_CODE = /^[a-z][a-z0-9-]{1,40}$/;

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

  @ApiProperty({ type: Boolean, example: false, description: '是否已核对纸质原文 Whether it was confirmed against the printed source' })
  @IsBoolean()
  verified: boolean;

  @Text(300, { description: 'Where it was read. 出处', example: '《中国药典》2020 年版一部' })
  source: string;
}

/** Which herbs are wanted. */
export class HerbQuery extends PageQuery {
  @Text(100, { optional: true, description: 'Part of the Chinese, pinyin or Latin name' })
  search?: string;
}
