import { PageQuery } from '@daodi/registry';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { BALANCE_KEYS, type BalanceKey } from './balance-rows';

const KEYS = Object.keys(BALANCE_KEYS) as BalanceKey[];

/** Which balances are wanted, and how batches are put together. */
export class BalanceQuery extends PageQuery {
  @ApiProperty({ required: false, enum: KEYS, default: 'herb', description: 'herb: by herb and form 品种; base: by base as well 基地; season: by year of harvest as well 产季; batch: each batch 批次' })
  @IsOptional()
  @IsIn(KEYS)
  by?: BalanceKey;

  @ApiProperty({ required: false, type: String, example: 'lianqiao', description: 'Only of this herb 品种代码' })
  @IsOptional()
  @MaxLength(50)
  herb?: string;

  @ApiProperty({ required: false, type: String, example: 'dried', description: 'Only in this form 形态' })
  @IsOptional()
  @MaxLength(50)
  form?: string;

  @ApiProperty({ required: false, type: String, format: 'uuid', description: 'Only what was all harvested on this base of the caller’s 基地' })
  @IsOptional()
  @IsUUID()
  base?: string;

  @ApiProperty({ required: false, type: 'integer', example: 2026, description: 'Only what was all harvested in this year 采收年份' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1900)
  @Max(2200)
  year?: number;
}
