import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, MaxLength } from 'class-validator';

/** Of which herb. */
export class LearntYieldsQuery {
  @ApiProperty({ required: false, type: String, example: 'lianqiao', description: 'Only of this herb 品种代码' })
  @IsOptional()
  @MaxLength(50)
  herb?: string;
}
