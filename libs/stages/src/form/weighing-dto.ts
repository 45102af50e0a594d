import { MOISTURE_METHODS } from '@daodi/herbal';
import { Amount, Id, OneOf } from '@daodi/registry';
import { AmountOrZero, One, Reference, Whole } from './fields';
import { QuantityDto } from './form-body';

/** What each method of measuring moisture is. */
export const MOISTURE_METHOD_MEANINGS: Readonly<Record<(typeof MOISTURE_METHODS)[number], string>> = {
  'karl-fischer': '费休氏法 Karl Fischer titration', oven: '烘干法 loss on drying in an oven', 'reduced-pressure': '减压干燥法 drying under reduced pressure',
  toluene: '甲苯法 distillation with toluene', 'gas-chromatography': '气相色谱法 gas chromatography', meter: '快速水分仪 a quick meter', table: '查表 out of a table, not measured',
  estimate: '手感估计 estimated by hand, not measured',
};

/** 件 × each, and the odd one 零头. */
export class WeighedPackagesDto {
  @Whole(1, 100_000, { description: 'How many full packages. 件数', unit: '件 packages', example: 32 })
  count: number;

  @Amount({ description: 'Net mass of each. 每件净重', unit: '同旁边的数量 that of the quantity beside it', example: '25' })
  each: string | number;

  @Amount({ optional: true, description: 'Net mass of the one that is not full. 零头净重', unit: '同旁边的数量 that of the quantity beside it', example: '12.5' })
  odd?: string | number;
}

/** Moisture, measured of what was weighed. */
export class MoistureDto {
  @AmountOrZero({ description: 'Water, in per cent of the mass as weighed; written as text its zeros count: "12.0" is finer than 12. 水分（以称重时质量计）', unit: '%', example: '12.0' })
  percent: string | number;

  @OneOf(MOISTURE_METHODS, { description: 'How it is known. 测定方法', example: 'oven', meanings: MOISTURE_METHOD_MEANINGS })
  method: (typeof MOISTURE_METHODS)[number];

  @AmountOrZero({ optional: true, description: 'How far it may be out, in per cent of the mass; a meter that does not say only warns. 测定不确定度', unit: '%', example: '0.5' })
  uncertainty?: string | number;
}

/** How a quantity was weighed 称重: everything of it optional, in the unit of the quantity beside it. */
export class WeighingDto {
  @Id({ optional: true, description: 'The scale: one of yours (uuid). 衡器', example: '0a7e5b52-9d0f-4f3c-8d43-5a0b6c2f7e11' })
  scale?: string;

  @Amount({ optional: true, description: 'Gross: goods with sacks or vehicle; the quantity itself is the net. 毛重（数量即净重）', unit: '同旁边的数量 that of the quantity beside it', example: '830' })
  gross?: string | number;

  @AmountOrZero({ optional: true, description: 'Tare; gross less tare is the quantity, exactly. 皮重', unit: '同旁边的数量 that of the quantity beside it', example: '17.5' })
  tare?: string | number;

  @One(() => WeighedPackagesDto, { optional: true, description: 'Packages; count × each + odd is the quantity, exactly. 件数与每件净重' })
  packages?: WeighedPackagesDto;

  @Whole(1, 100_000, { optional: true, description: 'How often something was put on the scale for it; each reading may be out by a division. 称量次数', unit: '次 times', example: 1 })
  weighings?: number;

  @One(() => MoistureDto, { optional: true, description: 'Moisture measured of it. 水分测定' })
  moisture?: MoistureDto;
}

/** Decorates a member that says how the quantity beside it was weighed. */
export const WeighingPart = (): PropertyDecorator =>
  One(() => WeighingDto, { optional: true, description: 'How it was weighed: scale, gross, tare, packages, moisture. 称重', example: { scale: '0a7e5b52-9d0f-4f3c-8d43-5a0b6c2f7e11', gross: '830', tare: '17.5', moisture: { percent: '12.0', method: 'oven' } } });

/** How much, and how it was weighed. */
export class WeighedQuantityDto extends QuantityDto {
  @WeighingPart()
  weighing?: WeighingDto;
}

/** How much of which batch, and how it was weighed. */
export class WeighedBatchLineDto extends WeighedQuantityDto {
  @Reference({ description: 'The batch: our code, or its URI. 批次' })
  batch: string;
}
