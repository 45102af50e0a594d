import { ApiProperty } from '@nestjs/swagger';
import { PageQuery } from '@daodi/registry';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** Which of what is due on a day is wanted. */
export class DueQuery extends PageQuery {
  @ApiProperty({ required: false, type: 'integer', minimum: 0, maximum: 36_500, description: 'Only what is due within so many days, or overdue. 几天内到期（含已过期）', example: 30 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(36_500)
  within?: number;
}
