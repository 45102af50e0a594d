import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateNested } from 'class-validator';
import { OneOf, STATUS_MEANINGS, Text, Whole } from '../input/fields';

/** A column of an instrument's table with results. */
export class ResultColumnDto {
  @Text(100, { description: 'Title of the column, as the file has it. 列标题', example: '连翘酯苷A(%)' })
  column: string;

  @Text(200, { description: 'What was tested. 检验项目', example: '含量测定' })
  test: string;

  @Text(100, { optional: true, description: 'Which analyte. 成分', example: '连翘酯苷A' })
  analyte?: string;

  @Text(50, { optional: true, description: 'Unit of the values. 单位', example: '%' })
  unit?: string;

  @OneOf(['dried', 'as-is'], { optional: true, description: 'On which substance a content is stated. 计算基准', meanings: { dried: '按干燥品计算 on the dried substance', 'as-is': '按供试品原样计算 on the sample as it is' } })
  basis?: 'dried' | 'as-is';

  @Text(50, { optional: true, description: 'Limit of quantification, in the unit of the values. 定量限', example: '0.01' })
  loq?: string;
}

/** How the files of an instrument are read. */
export class AddInstrumentTemplateDto {
  @Text(200, { description: 'Name of the template. 模板名称', example: '液相色谱 连翘含量' })
  name: string;

  @Text(200, { description: 'The instrument, by its number in the laboratory; it stands with every result. 仪器编号', example: 'HPLC-03' })
  instrument: string;

  @Whole(1, 1000, { optional: true, description: 'Row of the titles, from 1; absent: the first. 标题行', example: 1, unit: '行 row' })
  headerRow?: number;

  @Text(100, { description: 'Title of the column with the sample numbers. 样品编号列', example: '样品编号' })
  sampleColumn: string;

  @ApiProperty({ type: [ResultColumnDto], minItems: 1, maxItems: 60, description: 'The columns with results. 结果列' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(60)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ResultColumnDto)
  results: ResultColumnDto[];
}

/** What may change about a template. */
export class ChangeInstrumentTemplateDto {
  @Text(200, { optional: true, description: 'Name of the template. 模板名称', example: '液相色谱 连翘含量' })
  name?: string;

  @OneOf(['active', 'ended'], { optional: true, description: 'In use, or no more. 状态', meanings: STATUS_MEANINGS })
  status?: string;

  @Text(1000, { optional: true, description: 'Why it changes. 变更原因', example: '换仪器' })
  why?: string;
}
