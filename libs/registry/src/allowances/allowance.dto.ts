import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsInt, Max, Min, ValidateIf } from 'class-validator';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ALLOWANCE_STEPS } from '@daodi/herbal';
import { Amount, OneOf, STATUS_MEANINGS, Text } from '../input/fields';

const Months = (): PropertyDecorator => (target, name) => {
  ApiProperty({ type: [Number], required: false, description: 'Months of the year in which it holds, 1 to 12; all year unless said. 适用月份', example: [7, 8], 'x-unit': '月 month of the year' } as ApiPropertyOptions)(target, name);
  const rules = [IsArray(), ArrayMinSize(1), ArrayMaxSize(12), ArrayUnique(), IsInt({ each: true }), Min(1, { each: true }), Max(12, { each: true })];
  for (const rule of [ValidateIf((_: unknown, value: unknown) => value !== undefined), ...rules]) rule(target, name);
};

/** What each step is. */
const ALLOWANCE_STEP_MEANINGS: Readonly<Record<(typeof ALLOWANCE_STEPS)[number], string>> = {
  transport: '运输 transport', storage: '储存 storage', drying: '干燥 drying', regain: '回潮 drawing moisture', 're-bagging': '换包装 re-bagging', other: '其他 other',
};

/** How much your organisation allows goods to lose or gain between two weighings. */
export class AddAllowanceDto {
  @OneOf(ALLOWANCE_STEPS, { description: 'What lies between the two weighings. 环节', example: 'transport', meanings: ALLOWANCE_STEP_MEANINGS })
  step: (typeof ALLOWANCE_STEPS)[number];

  @OneOf(['loss', 'gain'], { description: 'Whether goods may weigh less or more afterwards. 方向', example: 'loss', meanings: { loss: '损 less', gain: '溢 more' } })
  direction: 'loss' | 'gain';

  @Amount({ description: 'Per cent of the mass before the step, above 0 and below 100; exact. 允差（占前一环节质量的百分比）', unit: '%', example: '0.3' })
  percent: string | number;

  @Text(60, { optional: true, description: 'Code of the herb; any herb unless said. 品种', example: 'lianqiao' })
  herb?: string;

  @Months()
  months?: number[];

  @Text(300, { description: 'Where it comes from: contract, own measurements, page of a book. 依据', example: '购销合同 HT-2026-018 第 6 条' })
  source: string;
}

/** What may change about an allowance. */
export class ChangeAllowanceDto {
  @Amount({ optional: true, description: 'Per cent of the mass before the step. 允差', unit: '%', example: '0.2' })
  percent?: string | number;

  @Text(300, { optional: true, description: 'Where it comes from. 依据', example: '购销合同 HT-2026-018 补充协议' })
  source?: string;

  @OneOf(['active', 'ended'], { optional: true, description: 'Whether it still holds. 状态', example: 'ended', meanings: STATUS_MEANINGS })
  status?: string;

  @Text(1000, { optional: true, description: 'Why it changes. 变更原因', example: '改用密封包装' })
  why?: string;
}
