import { MASS_UNITS } from '@daodi/herbal';
import { Amount, Id, OneOf, PageQuery, Pattern, Text, Texts } from '@daodi/registry';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsOptional, Matches, ValidateNested } from 'class-validator';
import { BATCH_REFERENCE, BatchReference } from '../batch-reference';

/** What each decision is. */
export const DECISION_MEANINGS = {
  released: '放行 released', rejected: '不予放行 not released',
} as const;

/** Counted instead of weighed. */
export const PIECES = 'pcs';

/** 部分放行: how much of a batch is released, and in which packages it is. */
export class ReleasePartDto {
  @Amount({ description: 'How much of the batch is released. 放行数量', example: '12.5', unit: 'see unit' })
  quantity: number | string;

  @OneOf([...MASS_UNITS.keys(), PIECES], { description: 'Unit of the quantity: of mass where the batch is weighed, pcs where it is counted. 单位', example: 'kg' })
  unit: string;

  @IsOptional()
  @Texts(1000, { optional: true, description: 'The packages in which the quantity is, as identifiers: only these are released, and a pack not among them is not. 放行的包件', example: ['https://id.gs1.org/00/069012345678900015'] })
  packages?: string[];
}

/** 让步放行: that a batch is released though items of a contract fail or are undetermined. Nothing the law or the house demands is conceded. */
export class ConcessionDto {
  @Id({ description: 'The contract standard, by its id. 合同标准' })
  standard: string;

  @Text(2000, { description: 'Why the goods are let go all the same. 让步理由', example: '一级率 88%，买方同意按 85 折接收' })
  reason: string;

  @Pattern(/^[0-9a-f]{64}$/, { description: 'SHA-256 of the buyer’s written consent, handed in as a file. 买方书面同意', example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  consent: string;

  @Text(100, { description: 'Token of `POST /api/v1/signatures`, with meaning `release-conceded` about this standard. 电子签名', example: 'dg_2bL0mXQk7cJm0m8mB8dQeE0f2l8Jt2lq5kXr4vH1s9A' })
  signature: string;
}

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

  @ApiProperty({ required: false, type: ReleasePartDto, description: 'Only for a release: of a part, beside what was released in parts before; absent: of all of it. 部分放行' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ReleasePartDto)
  part?: ReleasePartDto;

  @ApiProperty({ required: false, type: ConcessionDto, description: 'Only for a release: by concession. 让步放行' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ConcessionDto)
  concession?: ConcessionDto;
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
