import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { Pattern, Text, Texts } from '../input/fields';
import { PageQuery } from '../input/page';

/** Stable codes of herbs, as a rule the pinyin. */
export const HERB_CODE = /^[a-z][a-z0-9-]{1,40}$/;

/** A herb of the platform's catalogue. */
export class KeepHerbDto {
  @Pattern(HERB_CODE, { description: 'Stable code, as a rule the pinyin', example: 'lianqiao' })
  code: string;

  @Text(50, { description: 'Chinese name', example: '连翘' })
  name: string;

  @Text(100, { example: 'lianqiao' })
  pinyin: string;

  @Text(200, { description: 'Latin name of the drug', example: 'Forsythiae Fructus' })
  latin: string;

  @Text(100, { description: '药用部位', example: '干燥果实' })
  part: string;

  @Texts(20, { optional: true, description: 'Grades judged apart', example: ['青翘', '老翘'] })
  grades?: string[];

  @ApiProperty({ type: Boolean, description: 'Whether it was confirmed against the printed source' })
  @IsBoolean()
  verified: boolean;

  @Text(300, { description: 'Where it was read' })
  source: string;
}

/** Which herbs are wanted. */
export class HerbQuery extends PageQuery {
  @Text(100, { optional: true, description: 'Part of the Chinese, pinyin or Latin name' })
  search?: string;
}
