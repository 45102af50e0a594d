import { Id, Text } from '@daodi/registry';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

/** Which base, herb and season the file is about. */
export class GapFileQuery {
  @Id({ description: 'Your base. 基地' })
  base: string;

  @Text(50, { description: 'Herb of the catalogue. 品种', example: 'lianqiao' })
  herb: string;

  @ApiProperty({ type: 'integer', minimum: 1900, maximum: 2200, description: 'Year of harvest. 采收年份', example: 2026 })
  @Type(() => Number)
  @IsInt()
  @Min(1900)
  @Max(2200)
  year: number;
}
