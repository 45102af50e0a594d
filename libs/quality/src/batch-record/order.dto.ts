import { ApiProperty } from '@nestjs/swagger';
import { Amount, Day, field, Id, OneOf, Pattern, Text, Whole } from '@daodi/registry';
import { MASS_UNITS } from '@daodi/herbal';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsDefined, IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { BatchReference } from '../batch-reference';
import { ORDER_KINDS, type OrderKind } from './batch-record-facts';

const PER_CENT = /^(\d{1,3})(\.\d{1,4})?$/;

/** A bound in per cent as text, its decimals kept. */
const PerCent = (description: string, example: string): PropertyDecorator => Pattern(PER_CENT, { optional: true, description, example });

const Parts = (type: () => new () => object, most: number, description: string, least = 1): PropertyDecorator => (target, name) => {
  ApiProperty({ type: () => type(), isArray: true, required: least > 0, description, minItems: least, maxItems: most })(target, name);
  if (least === 0) ValidateIf((_: unknown, value: unknown) => value !== undefined)(target, name);
  for (const rule of [IsDefined(), IsArray(), ArrayMinSize(least), ArrayMaxSize(most), IsObject({ each: true }), ValidateNested({ each: true }), Type(type)]) rule(target, name);
};

const Time = (description: string): PropertyDecorator => Text(40, { description, example: '2026-11-11T07:40:00+08:00' });

/** A mass as weighed. */
export class OrderMassDto {
  @Amount({ description: 'Exact, as number or decimal text. 数量', example: '300' })
  quantity: string | number;

  @OneOf([...MASS_UNITS.keys()], { description: 'Unit it was weighed in. 单位', example: 'kg' })
  unit: string;
}

/** How much of which lot. */
export class OrderLotDto extends OrderMassDto {
  @BatchReference('The lot: our code, or an identifier as a URI in any spelling. 物料批次')
  batch: string;
}

/** One ingredient of a formula, for the whole batch. */
export class IngredientDto extends OrderMassDto {
  @Text(60, { description: 'Code of the catalogue. 品种', example: 'lianqiao' })
  herb: string;
}

/** 限度 the firm sets itself for a step, in per cent of what went in. */
export class StepLimitDto {
  @Pattern(/^[a-z][a-z-]{1,39}$/, { description: 'A processing step as its form calls it, packing, or whole: from all that was charged to all products. 工序', example: 'extraction' })
  step: string;

  @PerCent('Least yield in per cent. 收率下限', '8.0')
  yieldMin?: string;

  @PerCent('Highest yield in per cent. 收率上限', '12.0')
  yieldMax?: string;

  @PerCent('Least balance in per cent: all that came out or was lost on record. 物料平衡下限', '97.0')
  balanceMin?: string;

  @PerCent('Highest balance in per cent. 物料平衡上限', '102.0')
  balanceMax?: string;
}

/** What each kind is. */
export const ORDER_KIND_MEANINGS = {
  'decoction-pieces': '饮片 decoction pieces', 'compound-medicine': '中成药、复方制剂 compound medicine', granules: '配方颗粒 granules', other: '其他 other',
} as const;

/** 批生产指令. */
export class AddOrderDto {
  @Text(60, { description: 'Number of the order, unique in your organisation. 指令编号', example: 'SC-2026-1111' })
  number: string;

  @OneOf(ORDER_KINDS, { description: 'What is made. 产品类别', meanings: ORDER_KIND_MEANINGS })
  kind: OrderKind;

  @Id({ optional: true, description: 'Product of yours. 产品' })
  product?: string;

  @Text(200, { description: 'Name of what is made. 品名', example: '四味演示颗粒' })
  name: string;

  @Text(100, { description: 'Lot number it will carry. 产品批号', example: '20261117' })
  lotNumber: string;

  @Text(200, { optional: true, description: 'Marketing authorisation holder 上市许可持有人 (MAH), where it is not the maker.', example: '演示持有人公司' })
  holder?: string;

  @Text(100, { description: 'Procedure and version it is made by. 工艺规程及版本', example: 'STP-GY-017 第 3 版' })
  procedure: string;

  @Day({ description: 'Day of charging as planned. 计划投料日期', example: '2026-11-11' })
  plannedOn: string;

  @Parts(() => IngredientDto, 100, 'Formula for this batch; absent where there is none. 处方投料量', 0)
  formula?: IngredientDto[];

  @Pattern(PER_CENT, { optional: true, description: 'By how much what is charged may differ from the formula, per cent of each ingredient; 0 unless said. 投料允许偏差', example: '0.5' })
  tolerancePercent?: string;

  @Parts(() => StepLimitDto, 60, 'Steps the order asks for, with the firm’s own limits. 工序及限度')
  steps: StepLimitDto[];

  @Text(300, { optional: true, description: 'The standard that lets several lots of herb go into one batch of pieces, with clause. 允许混批的依据', example: '企业标准 QB-12 第 4.2 条' })
  mixingAllowedBy?: string;
}

/** 领料. */
export class IssueDto {
  @Time('When it was handed over: ISO 8601 with offset. 领料时间')
  at: string;

  @Parts(() => OrderLotDto, 200, 'Lots and how much of each. 物料批次及数量')
  lines: OrderLotDto[];

  @Text(1000, { optional: true, description: 'Remarks. 备注', example: '双人核对' })
  note?: string;
}

/** What became of material that was not used. */
export const RETURN_MEANINGS = { returned: '退库 back to the store', scrapped: '车间报废 scrapped in the workshop' } as const;

/** 退料. */
export class ReturnMaterialDto extends IssueDto {
  @OneOf(['returned', 'scrapped'], { description: 'What became of it. 去向', meanings: RETURN_MEANINGS })
  as: 'returned' | 'scrapped';
}

/** A value that was set or read during a step. */
export class ParameterDto {
  @Text(60, { description: 'What was set or read. 参数', example: '煎煮时间' })
  name: string;

  @Text(60, { description: 'Its value as written. 数值', example: '90' })
  value: string;

  @Text(20, { optional: true, description: 'Unit of the value, as written. 单位', example: 'min' })
  unit?: string;

  @Text(60, { optional: true, description: 'What the procedure asks for. 规定范围', example: '80～100' })
  required?: string;
}

/** Puts an event of the forms for processing and packing into the record, with what the event does not say. */
export class StepDto {
  @Text(200, { description: 'The event of your own that did it: its eventID. 工序事件', example: 'urn:uuid:0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70' })
  eventID: string;

  @Text(200, { optional: true, description: 'Equipment and room, as numbered. 设备与操作间', example: '提取罐 TQ-02' })
  equipment?: string;

  @Parts(() => ParameterDto, 200, 'Process parameters. 工艺参数', 0)
  parameters?: ParameterDto[];

  @Text(1000, { optional: true, description: 'Remarks. 备注', example: '蒸汽压力正常' })
  note?: string;
}

/** When it is done. */
export const MOMENT_MEANINGS = { before: '生产前 before the run', after: '生产后 after the run' } as const;

/** 清场. */
export class ClearanceDto {
  @Time('When it was done: ISO 8601 with offset. 清场时间')
  at: string;

  @OneOf(['before', 'after'], { description: 'Before or after the run. 生产前或生产后', meanings: MOMENT_MEANINGS })
  moment: 'before' | 'after';

  @Text(200, { description: 'Rooms and equipment that were cleared. 清场范围', example: '提取间、提取罐 TQ-02' })
  area: string;

  @Text(500, { optional: true, description: 'What the batch before was, if any. 上一批产品', example: '黄芩提取物 20261108' })
  previous?: string;
}

/** 标签物料平衡 of one sort of label or printed packing material. */
export class LabelCountDto {
  @Text(100, { description: 'What it is. 名称', example: '小盒标签' })
  name: string;

  @field({ description: 'One of it goes on every pack that is counted. 每件一张', example: true }, { type: Boolean }, IsBoolean())
  isPerPack: boolean;

  @Whole(0, 100_000_000, { description: 'Issued to the order. 领用数', example: 4800, unit: '张 pieces' })
  received: number;

  @Whole(0, 100_000_000, { description: 'On packs. 使用数', example: 4750, unit: '张 pieces' })
  used: number;

  @Whole(0, 100_000_000, { description: 'Spoiled and destroyed. 损坏销毁数', example: 20, unit: '张 pieces' })
  spoiled: number;

  @Whole(0, 100_000_000, { description: 'Given back. 退回数', example: 30, unit: '张 pieces' })
  returned: number;
}

/** 偏差. */
export class DeviationDto {
  @Time('When it was noticed: ISO 8601 with offset. 发现时间')
  at: string;

  @Text(2000, { description: 'What differed from the procedure. 偏差描述', example: '第二次煎煮 85 分钟，规定 90 分钟' })
  description: string;
}

/** How a deviation ended. */
export class CloseDeviationDto {
  @Text(2000, { description: 'Cause, effect on the product, and what was done. 调查与处理', example: '出膏率与含量合格，无影响；已培训' })
  conclusion: string;
}

/** 复核 by a second person. */
export class CheckDto {
  @Id({ description: 'The part of the record that is confirmed: a step, a clearance, an issue. 被复核的记录' })
  part: string;
}

/** 撤销 of a part that was put down in error; it stays readable. */
export class WithdrawPartDto {
  @Id({ description: 'The part of the record. 被撤销的记录' })
  part: string;

  @Text(500, { description: 'Why. 原因', example: '登记到了另一个指令' })
  reason: string;
}

/** 批记录审核. */
export class ReviewRecordDto {
  @Text(2000, { optional: true, description: 'Remarks. 审核意见', example: '记录完整，同意放行' })
  remarks?: string;
}
