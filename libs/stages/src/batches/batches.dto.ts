import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

const PAGE_MAX = 500;

class Limited {
  @ApiProperty({ required: false, type: 'integer', minimum: 1, maximum: PAGE_MAX, default: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(PAGE_MAX)
  limit?: number;
}

/** Which part of the batches is wanted. */
export class BatchPageQuery extends Limited {
  @ApiProperty({ required: false, type: String, description: '`next` of the page before' })
  @IsOptional()
  @Matches(/^\d{1,18}\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  cursor?: string;
}

/** Which part of the holdings is wanted. */
export class HoldingPageQuery extends Limited {
  @ApiProperty({ required: false, type: String, description: '`next` of the page before' })
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{1,1000}$/)
  cursor?: string;
}
