import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsUUID, Matches } from 'class-validator';
import { PageQuery } from '@daodi/registry';

const READABLE_DAY = /^[1-9]\d{3}-\d{2}-\d{2}$/;

/** Where a slip stands: in no heap yet, in one, void; `late` are those open whose heap is closed already. */
export const SLIP_STANDINGS = ['open', 'closed', 'void', 'late'] as const;

const OptionalDay = (description: string): PropertyDecorator => (target, name) => {
  for (const rule of [ApiProperty({ required: false, type: String, format: 'date', description, example: '2026-08-20' }), IsOptional(), Matches(READABLE_DAY), IsISO8601({ strict: true })]) rule(target, name);
};

const OptionalId = (description: string): PropertyDecorator => (target, name) => {
  for (const rule of [ApiProperty({ required: false, type: String, format: 'uuid', description }), IsOptional(), IsUUID()]) rule(target, name);
};

/** Which slips are wanted. */
export class SlipQuery extends PageQuery {
  @OptionalDay('Of this day. 日期')
  day?: string;

  @OptionalDay('From this day on. 起')
  from?: string;

  @OptionalDay('Up to this day. 止')
  to?: string;

  @OptionalId('Of this picker. 交售人')
  picker?: string;

  @OptionalId('Of this tending area or plot. 抚育区或地块')
  area?: string;

  @ApiProperty({ required: false, type: String, description: 'Of this crop, by its code. 种植批', example: '7K2QZ0ABCD4' })
  @IsOptional()
  @Matches(/^[0-9A-Z]{1,40}$/)
  crop?: string;

  @OptionalId('Of this station. 站点')
  site?: string;

  @OptionalId('Closed into this heap. 堆')
  heap?: string;

  @ApiProperty({ required: false, enum: SLIP_STANDINGS, description: 'Where it stands: open, closed, void, or open and late. 状态' })
  @IsOptional()
  @IsIn(SLIP_STANDINGS)
  state?: (typeof SLIP_STANDINGS)[number];
}

/** Which heaps are wanted. */
export class HeapQuery extends PageQuery {
  @OptionalDay('Of this day. 日期')
  day?: string;
}

/** Which season a statement is of. */
export class StatementQuery {
  @ApiProperty({ type: String, format: 'date', description: 'First day. 起', example: '2026-07-15' })
  @Matches(READABLE_DAY)
  @IsISO8601({ strict: true })
  from: string;

  @ApiProperty({ type: String, format: 'date', description: 'Last day. 止', example: '2026-10-31' })
  @Matches(READABLE_DAY)
  @IsISO8601({ strict: true })
  to: string;
}
