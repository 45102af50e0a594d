import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { decimalText } from '@daodi/epcis';
import { INPUT_KINDS, INPUT_UNITS } from '@daodi/herbal';
import { bilingual } from '@daodi/platform';
import { Amount, Day, field, type FieldOptions, Id, OneOf, STATUS_MEANINGS, Text, Texts, Whole } from '../input/fields';
import { Paper, type PaperDto, Papers } from '../papers/paper.dto';

export const INPUT_KIND_MEANINGS = {
  pesticide: '农药 pesticide', 'seed-dressing': '种子处理剂 dresses seed', 'growth-regulator': '植物生长调节剂 growth regulator', fertiliser: '肥料 fertiliser',
  'soil-conditioner': '土壤调理剂 soil conditioner', film: '农膜 film', other: '其他 anything else',
} as const;

/** What became of a lot beside being used. */
export const INPUT_COUNT_KINDS = ['left', 'returned', 'gone'] as const;
const COUNT_MEANINGS = { left: '盘点结存 found on the shelf', returned: '退回供应商 given back to the supplier', gone: '报损、转让或销毁 spilled, given away or destroyed' } as const;

/** What allows a use beyond the label. */
export const ALLOWANCE_BASES = ['notice', 'sop'] as const;
const BASIS_MEANINGS = { notice: '主管部门公告 a notice of the authority', sop: '本组织批准的规程 the organisation’s own approved SOP' } as const;

/** What an SOP is about. */
export const SOP_SCOPES = ['planting', 'field', 'harvest', 'processing', 'storage', 'other'] as const;
const SOP_MEANINGS = {
  planting: '种植 planting', field: '田间管理 field work', harvest: '采收 harvest', processing: '产地加工 processing at the origin', storage: '包装储运 packing, storage, transport', other: '其他 anything else',
} as const;

/** Parts of a body, in a list. */
export const PartsOf = (part: () => new () => object, min: number, options: FieldOptions): PropertyDecorator => (target, name) => {
  ApiProperty({ type: () => part(), isArray: true, required: options.optional !== true, description: options.description })(target, name);
  if (options.optional === true) ValidateIf((_: unknown, value: unknown) => value !== undefined)(target, name);
  for (const rule of [IsArray(), ArrayMinSize(min), ArrayMaxSize(200), IsObject({ each: true }), ValidateNested({ each: true }), Type(part)]) rule(target, name);
};

/** Zero or more, as number or decimal text. */
const NoneOrMore = (options: FieldOptions): PropertyDecorator =>
  field(options, { oneOf: [{ type: 'number' }, { type: 'string' }] }, ValidateBy({ name: 'noneOrMore', validator: { validate: isNoneOrMore, defaultMessage: () => bilingual('应为不小于零的十进制数', 'it must be a decimal number that is not negative') } }));

function isNoneOrMore(value: unknown): boolean {
  if ((typeof value !== 'number' && typeof value !== 'string') || String(value).length > 40) return false;
  try {
    return /^\d+(\.\d+)?$/.test(decimalText(value));
  } catch {
    return false;
  }
}

const Why = (): PropertyDecorator => Text(1000, { optional: true, description: 'Why it changes. 变更原因', example: '登记有误' });
const Status = (): PropertyDecorator => OneOf(['active', 'ended'], { optional: true, description: 'In force, or no more: what was put down wrongly is ended, and put down again. 状态', meanings: STATUS_MEANINGS });
const Unit = (): PropertyDecorator => OneOf(Object.keys(INPUT_UNITS), { description: 'Unit of the amount. 单位', example: 'L' });

/** 有效成分. */
export class IngredientDto {
  @Text(100, { description: 'Name as the label prints it. 有效成分通用名', example: '苦参碱' })
  name: string;

  @Text(30, { optional: true, description: 'CAS number. CAS 号', example: '519-02-8' })
  cas?: string;

  @Text(60, { optional: true, description: 'Content as the label prints it. 含量', example: '0.3%' })
  content?: string;
}

/** 登记作物. */
export class RegisteredCropDto {
  @Text(100, { description: 'Crop as the label prints it. 标签上的登记作物', example: '连翘' })
  crop: string;

  @Text(50, { optional: true, description: 'The herb of the catalogue it is; absent where it is none. 对应品种', example: 'lianqiao' })
  herb?: string;

  @Text(100, { optional: true, description: 'Against what. 防治对象', example: '食心虫' })
  target?: string;

  @Whole(0, 1000, { optional: true, description: 'Safety interval the label asks for, in days; 0 where the label says that none is needed. Left out: unknown, and the harvest needs a residue test. 安全间隔期（天）', example: 14, unit: '天 days' })
  safetyIntervalDays?: number;
}

/** 投入品（登记产品）. */
export class AddInputProductDto {
  @Text(200, { description: 'Name of the product as the label prints it. 产品名称', example: '0.3%苦参碱水剂' })
  name: string;

  @OneOf(INPUT_KINDS, { description: 'What sort of input. 类别', meanings: INPUT_KIND_MEANINGS })
  kind: string;

  @Text(60, { optional: true, description: 'Registration number as printed. 登记证号', example: 'PD20102101' })
  registrationNumber?: string;

  @Text(200, { optional: true, description: 'Who holds the registration. 登记证持有人', example: '某生物科技有限公司' })
  holder?: string;

  @Text(60, { optional: true, description: 'Formulation. 剂型', example: '水剂' })
  formulation?: string;

  @PartsOf(() => IngredientDto, 0, { optional: true, description: 'Active ingredients with their content. 有效成分与含量' })
  ingredients?: IngredientDto[];

  @PartsOf(() => RegisteredCropDto, 0, { optional: true, description: 'Crops it is registered on, each with its interval. 登记作物与安全间隔期' })
  crops?: RegisteredCropDto[];

  @Papers({ optional: true, description: 'Label, registration, certificate of quality. 标签、登记证、合格证' })
  papers?: PaperDto[];
}

/** What may change about a product put down. */
export class ChangeInputProductDto {
  @Text(60, { optional: true, description: 'Registration number as printed. 登记证号', example: 'PD20102101' })
  registrationNumber?: string;

  @PartsOf(() => IngredientDto, 0, { optional: true, description: 'Active ingredients, all of them. 有效成分与含量' })
  ingredients?: IngredientDto[];

  @PartsOf(() => RegisteredCropDto, 0, { optional: true, description: 'Crops it is registered on, all of them. 登记作物与安全间隔期' })
  crops?: RegisteredCropDto[];

  @Papers({ optional: true, description: 'Label, registration, certificate, all of them. 标签、登记证、合格证' })
  papers?: PaperDto[];

  @Status()
  status?: string;

  @Why()
  why?: string;
}

/** A test of an input. */
export class InputTestDto {
  @Text(200, { description: 'What was tested. 检验项目', example: '苦参碱含量' })
  test: string;

  @Text(200, { description: 'As the laboratory writes it. 结果', example: '0.31' })
  value: string;

  @Text(50, { optional: true, description: 'Unit as printed. 单位', example: '%' })
  unit?: string;

  @Text(200, { optional: true, description: 'Limit as printed. 限度', example: '≥0.30%' })
  limitText?: string;

  @Text(200, { description: 'Laboratory and number of its report. 检验机构与报告编号', example: '某检测中心 NY-2026-031' })
  report: string;
}

/** 购入. */
export class AddInputLotDto {
  @Id({ description: 'The product of yours it is. 投入品' })
  product: string;

  @Text(200, { description: 'Who sold it; stays with your organisation. 供应商', example: '安泽县某农资店' })
  supplier: string;

  @Day({ description: 'Day of purchase. 购入日', example: '2026-05-20' })
  boughtOn: string;

  @Amount({ description: 'How much was bought. 购入量', example: '20' })
  quantity: string | number;

  @Unit()
  unit: string;

  @Text(100, { optional: true, description: 'Lot number as printed. 生产批号', example: '20260312' })
  lotNumber?: string;

  @Day({ optional: true, description: 'Good until. 有效期至', example: '2028-03-11' })
  validUntil?: string;

  @PartsOf(() => InputTestDto, 0, { optional: true, description: 'Tests of this lot. 投入品检验' })
  tests?: InputTestDto[];

  @Papers({ optional: true, description: 'Invoice, delivery note, reports. 票据与报告' })
  papers?: PaperDto[];
}

/** 盘点、退回、报损. */
export class AddInputCountDto {
  @Id({ description: 'The lot of yours. 投入品批次' })
  lot: string;

  @OneOf(INPUT_COUNT_KINDS, { description: 'What it says. 类别', meanings: COUNT_MEANINGS })
  kind: string;

  @Day({ description: 'Day on which. 日期', example: '2026-09-30' })
  on: string;

  @NoneOrMore({ description: 'How much. 数量', example: '4.5' })
  quantity: string | number;

  @Unit()
  unit: string;

  @Text(300, { optional: true, description: 'Why, or who was there. 说明', example: '季末盘点' })
  note?: string;
}

/** 公告或规程允许的使用. */
export class AddInputAllowanceDto {
  @OneOf(ALLOWANCE_BASES, { description: 'What allows it. 依据', meanings: BASIS_MEANINGS })
  basis: string;

  @Text(100, { description: 'Number of the notice, or of the SOP and its version. 公告或规程编号', example: 'SOP-LQ-07 第 3 版' })
  number: string;

  @Text(300, { description: 'Who issued it and where it was read. 来源', example: '本社质量管理负责人批准 2026-03-01' })
  source: string;

  @Text(50, { description: 'Herb of the catalogue. 品种', example: 'lianqiao' })
  herb: string;

  @Texts(50, { description: 'Active ingredients it is about. 有效成分', example: ['苦参碱'] })
  ingredients: string[];

  @Whole(0, 1000, { description: 'Interval it sets, in days. 安全间隔期（天）', example: 21, unit: '天 days' })
  safetyIntervalDays: number;

  @Day({ description: 'First day. 起始日', example: '2026-03-01' })
  from: string;

  @Day({ optional: true, description: 'Last day. 终止日', example: '2028-12-31' })
  to?: string;

  @Papers({ description: 'What it rests on: the notice, the residue trial; at least one. 公告原文、残留试验等证据，至少一份' })
  papers: PaperDto[];
}

/** 规程版本. */
export class AddSopDto {
  @Text(60, { description: 'Number of the SOP, the same for all its versions. 规程编号', example: 'SOP-LQ-03' })
  code: string;

  @Text(30, { description: 'Version. 版本', example: '2' })
  version: string;

  @Text(200, { description: 'Title. 名称', example: '青翘蒸制与干燥操作规程' })
  title: string;

  @OneOf(SOP_SCOPES, { description: 'What it is about. 范围', meanings: SOP_MEANINGS })
  scope: string;

  @Text(50, { optional: true, description: 'Herb of the catalogue; absent where it is about all. 品种', example: 'lianqiao' })
  herb?: string;

  @Day({ description: 'In force from. 生效日', example: '2026-03-01' })
  from: string;

  @Day({ optional: true, description: 'Last day in force. 失效日', example: '2028-12-31' })
  to?: string;

  @Whole(1, 2000, { optional: true, description: 'Most hours from picking to steaming or other first processing. 采收到蒸制（加工）的最长时间（小时）', example: 12, unit: '小时 hours' })
  pickedToProcessedHours?: number;

  @Paper({ optional: true, description: 'The SOP itself. 规程文本' })
  paper?: PaperDto;
}

/** That something put down no longer holds, or was a slip of the pen. */
export class EndRecordDto {
  @Status()
  status?: string;

  @Day({ optional: true, description: 'Last day it holds. 终止日', example: '2028-12-31' })
  to?: string;

  @Why()
  why?: string;
}
