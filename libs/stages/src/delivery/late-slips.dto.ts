import { ArrayMinSize, ArrayUnique, IsArray, IsUUID } from 'class-validator';
import { field, Text } from '@daodi/registry';
import { LINES_MAX } from '../form/fields';

/** Slips that came after their heap was closed. */
export class LateSlipsDto {
  @field(
    { optional: true, description: 'Ids of the slips (uuid); all open ones of this heap where none are named. 迟到的过磅单', example: ['0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70'] },
    { type: [String], format: 'uuid', maxItems: LINES_MAX },
    IsArray(), ArrayMinSize(1), ArrayUnique(), IsUUID(undefined, { each: true }),
  )
  slips?: string[];

  @Text(500, { description: 'Why they come now, without names of persons. 原因', example: '手机离线，次日上传' })
  reason: string;
}
