import { Amount, Day, Id, NewPickerDto, OneOf, Pattern, Text } from '@daodi/registry';
import { DEDUCTION_KINDS, type DeductionKind } from '@daodi/herbal';
import { AmountOrZero, Lines, One, Reference, Whole, Word } from '../form/fields';

/** Units a slip is written in. */
export const SLIP_UNITS = ['斤', 'kg', '公斤', '千克'] as const;

const DEDUCTION_MEANINGS = { water: '扣水 water', impurity: '扣杂 impurities, leaves, soil', other: '其他 other' } as const;

/** 扣水、扣杂: in per cent or as a weight, never both. */
export class DeductionDto {
  @OneOf(DEDUCTION_KINDS, { description: 'What is taken off. 扣除项', example: 'water', meanings: DEDUCTION_MEANINGS })
  kind: DeductionKind;

  @Amount({ optional: true, description: 'Per cent of gross less tare, whatever else is taken off. 扣率，按毛重减皮重计', example: '5', unit: '% per cent' })
  percent?: string | number;

  @Amount({ optional: true, description: 'A weight, in the unit of the slip. 扣重，与过磅单同单位', example: '2', unit: '过磅单的单位 that of the slip' })
  weight?: string | number;
}

/** 过磅单: one weighing of what one picker brought. */
export class SlipDto {
  @Id({ optional: true, description: 'The id a device has given it (uuid); else one is made. The same slip sent again under it is stored once. 过磅单编号' })
  id?: string;

  @Text(40, { description: 'When it was weighed: ISO 8601 with offset. 过磅时间，须带时区', example: '2026-08-20T19:40:00+08:00' })
  eventTime: string;

  @Id({ optional: true, description: 'The station, one of your sites. 收购站点' })
  site?: string;

  @Day({ optional: true, description: 'The day it counts to, where it is not that of the weighing by China Standard Time, such as after midnight. 计入日期' })
  day?: string;

  @Id({ optional: true, description: 'Who delivered. Either this or newPicker. 交售人' })
  picker?: string;

  @One(() => NewPickerDto, { optional: true, description: 'Who delivered, where nobody has registered them yet; they are registered in the same act. 新交售人' })
  newPicker?: NewPickerDto;

  @Id({ optional: true, description: 'Tending area or plot it was picked on. Either this or crop. 抚育区或地块' })
  area?: string;

  @Reference({ optional: true, description: 'The crop it was picked from, by its code or URI. 种植批' })
  crop?: string;

  @Word(60, { optional: true, description: 'Herb of the catalogue; that of the crop where one is named. 品种', example: 'lianqiao' })
  herb?: string;

  @Word(60, { optional: true, description: 'Grade as bought. 规格等级', example: '青翘' })
  grade?: string;

  @OneOf(SLIP_UNITS, { description: 'Unit of every weight on the slip. 单位', example: '斤' })
  unit: string;

  @Amount({ description: 'With sacks and all. 毛重', example: '86.4' })
  gross: string | number;

  @AmountOrZero({ optional: true, description: 'The sacks alone; 0 where it is not given. 皮重', example: '1.4' })
  tare?: string | number;

  @Lines(() => DeductionDto, { optional: true, description: 'What is taken off before it is paid for; it arrived all the same. 扣水扣杂' })
  deductions?: DeductionDto[];

  @AmountOrZero({ optional: true, description: 'The net that stands on the paper; where it is another than computed, both are kept and that of the paper is paid. 单上净重', example: '78.8' })
  netOnPaper?: string | number;

  @Whole(0, 10_000, { optional: true, description: 'Number of sacks. 件数', example: 2, unit: '件 sacks' })
  sacks?: number;

  @Text(100, { optional: true, description: 'The scale: its id or URN. 衡器', example: '5f0c2a4e-3b7d-4c8e-9a1f-6d2b8e7c4a10' })
  scale?: string;

  @Day({ optional: true, description: 'First day of picking. 采摘开始日' })
  pickedFrom?: string;

  @Day({ optional: true, description: 'Last day of picking. 采摘结束日' })
  pickedTo?: string;

  @Amount({ optional: true, description: 'Yuan per priceUnit; it never leaves your organisation. 单价', example: '3.20', unit: '元/单位 yuan per priceUnit' })
  price?: string | number;

  @OneOf(SLIP_UNITS, { optional: true, description: 'The unit the price is for; that of the slip unless said. 计价单位', example: '斤' })
  priceUnit?: string;

  @Pattern(/^[0-9a-f]{64}$/, { optional: true, description: 'SHA-256 of the photograph of the paper, hexadecimal. 照片摘要', example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  photoDigest?: string;

  @Text(60, { optional: true, description: 'Number printed on the paper. 纸质单号', example: 'No.003118' })
  slipNumber?: string;

  @Text(500, { optional: true, description: 'For your own organisation only, without names of persons: it stays in the log. 备注', example: '雨后' })
  note?: string;
}

/** What was wrong with a slip, and what is right in its place. */
export class SlipCorrectionDto {
  @Text(500, { description: 'What was wrong, without names of persons. 更正原因', example: '看错磅' })
  reason: string;

  @One(() => SlipDto, { optional: true, description: 'The slip as it should have been, whole. Without it the slip is void. 更正后的过磅单' })
  replacement?: SlipDto;
}
