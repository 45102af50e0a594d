import { OneOf, PageQuery, Text } from '@daodi/registry';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { BATCH_REFERENCE, BatchReference } from '../batch-reference';

/** A decision on a batch. */
export class DecideReleaseDto {
  @BatchReference()
  batch: string;

  @OneOf(['released', 'rejected'], { description: '放行或不予放行' })
  decision: 'released' | 'rejected';

  @Text(500, { optional: true, description: 'Standard it is released by, as printed. 放行依据' })
  standard?: string;

  @Text(2000, { optional: true, description: '原因' })
  reason?: string;
}

/** A hold on one's own share of a batch. */
export class HoldDto {
  @BatchReference()
  batch: string;

  @Text(2000, { description: '冻结原因' })
  reason: string;
}

/** Why a hold is lifted. */
export class LiftHoldDto {
  @Text(2000, { description: '解除原因' })
  reason: string;
}

/** Whose decisions on which batch. */
export class BatchQuery extends PageQuery {
  @ApiProperty({ required: false, type: String, description: 'Only those about this batch' })
  @IsOptional()
  @Matches(BATCH_REFERENCE)
  batch?: string;
}
