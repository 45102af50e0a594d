import { Amount, Id, OneOf, Pattern, Text } from '@daodi/registry';
import { Flag, Reference } from './fields';
import { UNITS } from './units';

/** What every form asks for. */
export class FormBody {
  @Text(40, { description: 'When it happened: ISO 8601 with offset. 发生时间，须带时区', example: '2026-08-20T09:30:00+08:00' })
  eventTime: string;

  @Id({ optional: true, description: 'Where: one of your sites. 地点' })
  site?: string;

  @Pattern(/^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]{1,180}$/, {
    optional: true,
    description: 'The event id, a URI, if a device has given one; else one is made. The same form sent again under it is stored once. 事件编号',
    example: 'urn:uuid:0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70',
  })
  eventID?: string;

  @Text(1000, { optional: true, description: 'For your own organisation only. 备注', example: '雨后第二天' })
  note?: string;
}

/** What a form asks for that takes goods out of a batch. */
export class OutwardFormBody extends FormBody {
  @Flag({ optional: true, description: 'Take it although the book holds less; needs a reason. 确认超出库存' })
  acceptOverdrawn?: boolean;

  @Text(500, { optional: true, description: 'Why more leaves than the book holds. 超出原因', example: '山上数据尚未同步' })
  reason?: string;
}

/** How much, in the unit it was weighed or counted in. */
export class QuantityDto {
  @Amount({ description: 'Exact, as number or decimal text. 数量', example: '812.5' })
  quantity: string | number;

  @OneOf(UNITS, { description: 'Unit it was weighed or counted in. 单位', example: 'kg' })
  unit: string;
}

/** How much of which batch. */
export class BatchLineDto extends QuantityDto {
  @Reference({ description: 'The batch: our code, or its URI. 批次' })
  batch: string;
}

/** Mass that went, by cause. */
export class LossDto extends QuantityDto {
  @Text(60, { description: 'drying, cleaning, sorting, … 损耗原因', example: 'drying' })
  cause: string;
}

/** Something added that is no batch of herbs: honey, vinegar, wine, salt, water. */
export class AuxiliaryDto extends QuantityDto {
  @Text(60, { description: 'What was added. 辅料名称', example: '蜂蜜' })
  name: string;

  @Flag({ description: 'Whether it stays in the product and adds to its mass. 是否留存于产品' })
  stays: boolean;
}
