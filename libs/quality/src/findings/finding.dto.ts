import { OneOf, Text, Texts } from '@daodi/registry';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { BATCH_REFERENCE } from '../batch-reference';
import { SEVERITIES, type Severity } from '../rules/finding';
import { RULES } from '../rules/rules';

const SEVERITY_WORDS = {
  note: '提示 Merely unusual', warning: '预警 To be looked into; two people can accept it', blocking: '拦截 Nothing is released; only corrected records or a new test close it',
};

/** Where a finding stands. */
export const FINDING_STATES = ['open', 'explained', 'signed-once', 'accepted', 'closed'] as const;

const STATE_WORDS = {
  open: '待处理 Nobody said anything to it', explained: '已说明 The organisation said what happened', 'signed-once': '一人已签 One of two signed', accepted: '特批 Two people accepted it',
  closed: '已关闭 It no longer holds; only those to which something was said are kept',
};

/** Which findings are wanted. */
export class FindingQuery {
  @ApiProperty({ required: false, enum: [...SEVERITIES] })
  @IsOptional()
  @IsIn(SEVERITIES)
  severity?: string;

  @ApiProperty({ required: false, enum: RULES.map(({ name }) => name) })
  @IsOptional()
  @IsIn(RULES.map(({ name }) => name))
  rule?: string;

  @ApiProperty({ required: false, enum: [...FINDING_STATES], description: Object.entries(STATE_WORDS).map(([state, words]) => `- \`${state}\` ${words}`).join('\n') })
  @IsOptional()
  @IsIn(FINDING_STATES)
  state?: (typeof FINDING_STATES)[number];

  @ApiProperty({ required: false, enum: ['own', 'others'], description: 'Whose doing it is: the asker’s own organisation, or anybody else’s. 责任方' })
  @IsOptional()
  @IsIn(['own', 'others'])
  accused?: 'own' | 'others';

  @ApiProperty({ required: false, type: String, description: 'Only those about this batch' })
  @IsOptional()
  @Matches(BATCH_REFERENCE)
  batch?: string;

  @ApiProperty({ required: false, type: 'integer', minimum: 1, maximum: 500, default: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;

  @ApiProperty({ required: false, type: String, description: '`next` of the page before' })
  @IsOptional()
  @Matches(/^\d{1,18}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  cursor?: string;
}

/** A signature under a warning. */
export class DecideFindingDto {
  @Text(2000, { description: 'Why it is accepted. 特批理由', example: '已现场核实，损耗为晾晒落叶' })
  reason: string;

  @Text(100, { description: 'Token of `POST /api/v1/signatures`, with meaning `finding-accepted` about this finding. 电子签名', example: 'dg_2bL0mXQk7cJm0m8mB8dQeE0f2l8Jt2lq5kXr4vH1s9A' })
  signature: string;
}

/** What an organisation says to a finding. */
export class ExplainFindingDto {
  @Text(2000, { description: 'What happened, in words. 说明', example: '8月12日冰雹，落果约三成，已向保险公司报案' })
  text: string;

  @Texts(20, { optional: true, description: 'SHA-256 of files the organisation handed in that show it. 佐证文件', example: ['2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae'] })
  files?: string[];
}

/** How strict a rule is to be for the caller's own organisation. */
export class StricterRuleDto {
  @OneOf(RULES.map(({ name }) => name), { description: 'Which rule. 规则', example: 'step-missing', meanings: Object.fromEntries(RULES.map(({ name, title: { zh, en } }) => [name, `${zh} ${en}`])) })
  rule: string;

  @OneOf(SEVERITIES, { description: 'At least as strict as the rule itself; as strict: what was made stricter is taken back. 严重程度', example: 'blocking', meanings: SEVERITY_WORDS })
  severity: Severity;

  @Text(500, { description: 'Why. 理由', example: '本厂要求物料平衡未闭合不得放行' })
  why: string;
}
