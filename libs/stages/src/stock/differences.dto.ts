import { ApiProperty } from '@nestjs/swagger';
import { PageQuery } from '@daodi/registry';
import { IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';

/** Which differences are wanted. */
export class DifferencePageQuery extends PageQuery {
  @ApiProperty({ required: false, type: String, description: 'Of one batch: our code, or its URI. 批次', example: '7K2QZ0ABCD4' })
  @IsOptional()
  @IsString()
  @MaxLength(400)
  batch?: string;

  @ApiProperty({ required: false, type: String, format: 'uuid', description: 'At one site or zone. 场所或库区' })
  @IsOptional()
  @IsUUID()
  site?: string;
}
