import { bilingual } from '@daodi/platform';
import { Amount, OneOf, PageQuery, Pattern, Text } from '@daodi/registry';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsObject, IsOptional, Matches, Max, Min, ValidateIf, ValidateNested } from 'class-validator';
import { FORMAT_MEANINGS, FORMAT_NAMES, type FormatName } from '../layout/label-format';
import { LABEL_KIND_MEANINGS, LABEL_KINDS, type LabelKind } from '../layout/label-text';
import { LABELS_MAX } from './sheet';

const isSent = (_body: unknown, value: unknown): boolean => value !== undefined;

/** A whole number from 1 to the limit of a sheet. */
function Number1(description: string): PropertyDecorator {
  const rules: PropertyDecorator[] = [
    ApiProperty({ required: false, type: 'integer', minimum: 1, maximum: LABELS_MAX, description, example: 1, 'x-unit': '张或号 labels, or number of one' } as ApiPropertyOptions),
    ValidateIf(isSent),
    IsInt({ message: bilingual('应为整数', 'it must be a whole number') }),
    Min(1),
    Max(LABELS_MAX, { message: bilingual(`一次最多 ${LABELS_MAX} 张，更多请分几次`, `at most ${LABELS_MAX} in one sheet; ask for several`) }),
  ];
  return (target, property) => rules.forEach((rule) => rule(target, property));
}

/** What one bag or carton holds. */
export class EachDto {
  @Amount({ description: 'Exact: a number or decimal text. 每件数量', example: '25' })
  quantity: string | number;

  @OneOf(['kg', 'g', '袋', '盒', '瓶', '包', '件'], { description: 'Unit of what one holds. 单位' })
  unit: string;
}

/** Labels wanted of a batch. */
export class LabelSheetDto {
  @Pattern(/^(\S{1,1900}\/)?[0-9A-Za-z]{11}$/u, { description: 'The batch: our code, or the address printed with it. 批次', example: '7K2QZ0ABCD4' })
  batch: string;

  @OneOf(LABEL_KINDS, { description: 'For what the labels are. 标签种类', meanings: LABEL_KIND_MEANINGS })
  kind: LabelKind;

  @OneOf(FORMAT_NAMES, { optional: true, description: 'roll-100x70 for bags, roll-100x150 for cartons, roll-60x40 for samples unless said otherwise. 标签规格', meanings: FORMAT_MEANINGS })
  format?: FormatName;

  @Number1('How many; of cartons, how many from the first on. 张数')
  count?: number;

  @Number1('Cartons: number of the first. Packs with serials: which of them first, in the order they were commissioned. 起始号')
  from?: number;

  @Number1('The last of them. 截止号')
  to?: number;

  @Number1('Cartons: how many there are altogether; up to the last one unless said otherwise. 总件数')
  of?: number;

  @ApiProperty({ required: false, type: Boolean, example: true, description: 'Bags: one label for each serial commissioned, with its own code. 单品码' })
  @ValidateIf(isSent)
  @IsBoolean()
  serials?: boolean;

  @ApiProperty({ type: () => EachDto, required: false, description: 'What one holds, where the batch does not say it. 每件数量' })
  @ValidateIf(isSent)
  @IsObject()
  @ValidateNested()
  @Type(() => EachDto)
  each?: EachDto;

  @ApiProperty({ required: false, type: Boolean, example: true, description: 'Bags and cartons: say 药材符合GAP要求; refused with every reason unless the batch is released and may carry it. 标注“药材符合GAP要求”' })
  @ValidateIf(isSent)
  @IsBoolean()
  gapStatement?: boolean;

  @Text(60, { optional: true, description: 'Which sample of yours; the latest unless said otherwise. 样品编号', example: 'YP-0825' })
  sampleNumber?: string;

  @ApiProperty({ required: false, type: Boolean, example: true, description: 'Print more bag labels than packs were made, for a reason. 超量打印' })
  @ValidateIf(isSent)
  @IsBoolean()
  acceptSurplus?: boolean;

  @Text(500, { optional: true, description: 'Why more labels than packs. 超量打印的原因', example: '运输中标签破损' })
  reason?: string;
}

/** Which sheets. */
export class LabelSheetQuery extends PageQuery {
  @ApiProperty({ required: false, type: String, description: 'Only those of this batch, by our code' })
  @IsOptional()
  @Matches(/^[0-9A-Za-z]{11}$/)
  batch?: string;
}
