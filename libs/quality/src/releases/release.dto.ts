import { OneOf, PageQuery, Text } from '@daodi/registry';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { BATCH_REFERENCE, BatchReference } from '../batch-reference';

/** What each decision is. */
export const DECISION_MEANINGS = {
  released: '放行 released', rejected: '不予放行 not released',
} as const;

/** A decision on a batch. */
export class DecideReleaseDto {
  @BatchReference()
  batch: string;

  @OneOf(['released', 'rejected'], { description: 'What is decided. 放行或不予放行', meanings: DECISION_MEANINGS })
  decision: 'released' | 'rejected';

  @Text(500, { optional: true, description: 'Standard it is released by, as printed. 放行依据', example: '《中国药典》2020 年版一部 连翘' })
  standard?: string;

  @Text(2000, { optional: true, description: 'Why. 原因', example: '检验合格，记录完整' })
  reason?: string;
}

/** A hold on one's own share of a batch. */
export class HoldDto {
  @BatchReference()
  batch: string;

  @Text(2000, { description: 'Why it is held. 冻结原因', example: '水分复测中' })
  reason: string;
}

/** Why a hold is lifted. */
export class LiftHoldDto {
  @Text(2000, { description: 'Why the hold is lifted. 解除原因', example: '复测合格' })
  reason: string;
}

/** Whose decisions on which batch. */
export class BatchQuery extends PageQuery {
  @ApiProperty({ required: false, type: String, description: 'Only those about this batch' })
  @IsOptional()
  @Matches(BATCH_REFERENCE)
  batch?: string;
}
