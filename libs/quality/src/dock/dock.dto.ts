import { OneOf, PageQuery, Text } from '@daodi/registry';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { BATCH_REFERENCE, BatchReference } from '../batch-reference';
import { DOCK_DECISIONS, type DockDecision } from './judge-arrival';

/** What stands at the dock. */
export class DockQuery {
  @ApiProperty({ type: String, description: '批次、单品或箱码 Any code on the goods: of a batch, a serial or a container, as printed or as a URI', example: '7K2QZ0ABCD4' })
  @Matches(BATCH_REFERENCE)
  code: string;
}

/** What each is. */
export const DOCK_MEANINGS = { accept: '可收货 may be unloaded', doubt: '存疑收货 may be unloaded with doubts', refuse: '拒收 refused' } as const;

/** 收货决定. */
export class DecideDockDto {
  @BatchReference('Any code on the goods: of a batch, a serial or a container. 批次、单品或箱码')
  code: string;

  @OneOf(DOCK_DECISIONS, { description: 'What is decided: never milder than what is on record allows. 收货决定', meanings: DOCK_MEANINGS })
  decision: DockDecision;

  @Text(1000, { optional: true, description: 'Why, where it is stricter, or what was seen. 说明', example: '外包装一袋受潮，单独存放' })
  remarks?: string;
}

/** Which decisions are wanted. */
export class DockDecisionQuery extends PageQuery {}
