import { Text } from '@daodi/registry';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { BATCH_REFERENCE } from '../batch-reference';
import { RULES } from '../rules/rules';

const SEVERITIES = ['note', 'warning', 'blocking'];

/** Which findings are wanted. */
export class FindingQuery {
  @ApiProperty({ required: false, enum: SEVERITIES })
  @IsOptional()
  @IsIn(SEVERITIES)
  severity?: string;

  @ApiProperty({ required: false, enum: RULES.map(({ name }) => name) })
  @IsOptional()
  @IsIn(RULES.map(({ name }) => name))
  rule?: string;

  @ApiProperty({ required: false, type: String, description: 'Only those about this batch' })
  @IsOptional()
  @Matches(BATCH_REFERENCE)
  batch?: string;

  @ApiProperty({ required: false, type: 'integer', minimum: 1, maximum: 500, default: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;

  @ApiProperty({ required: false, type: String, description: '`next` of the page before' })
  @IsOptional()
  @Matches(/^\d{1,18}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  cursor?: string;
}

/** A signature under a warning. */
export class DecideFindingDto {
  @Text(2000, { description: 'Why it is accepted. 特批理由', example: '已现场核实，损耗为晾晒落叶' })
  reason: string;
}
