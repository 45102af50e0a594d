import { Type } from 'class-transformer';
import { IsDefined, IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { MASS_UNITS } from '@daodi/herbal';
import { Amount, Day, Id, OneOf, Text, STATUS_MEANINGS } from '../input/fields';

/** What kind of scale it is: 地磅 台秤 案秤 吊秤 天平 其他. */
export const SCALE_KINDS = ['weighbridge', 'platform', 'bench', 'hanging', 'balance', 'other'] as const;

/** What each kind is. */
export const SCALE_KIND_MEANINGS = {
  weighbridge: '地磅 weighbridge', platform: '台秤 platform scale', bench: '案秤 bench scale', hanging: '吊秤 hanging scale', balance: '天平 balance', other: '其他 other',
} as const;

/** A mass as it is typed. */
export class TypedMassDto {
  @Amount({ description: 'Exact, as number or decimal text. 数值', example: '0.1' })
  quantity: string | number;

  @OneOf([...MASS_UNITS.keys()], { description: 'Unit of mass. 质量单位', example: 'kg' })
  unit: string;
}

const Mass = (optional: boolean, description: string, example: object): PropertyDecorator => (target, name) => {
  ApiProperty({ type: () => TypedMassDto, required: !optional, description, example })(target, name);
  if (optional) ValidateIf((_: unknown, value: unknown) => value !== undefined)(target, name);
  for (const rule of [IsDefined(), IsObject(), ValidateNested(), Type(() => TypedMassDto)]) rule(target, name);
};

/** A scale of an organisation. */
export class AddScaleDto {
  @Text(100, { description: 'What you call it. 名称', example: '一号台秤' })
  name: string;

  @Id({ description: 'Your site where it stands (uuid). 所在场所', example: '5f0c2a4e-3b7d-4c8e-9a1f-6d2b8e7c4a10' })
  site: string;

  @OneOf(SCALE_KINDS, { optional: true, description: 'Kind of scale. 类别', example: 'platform', meanings: SCALE_KIND_MEANINGS })
  kind?: (typeof SCALE_KINDS)[number];

  @Mass(false, 'The smallest step its display shows, as on its plate. 分度值', { quantity: '0.1', unit: 'kg' })
  division: TypedMassDto;

  @Mass(true, 'The most it can weigh. 最大秤量', { quantity: '500', unit: 'kg' })
  capacity?: TypedMassDto;

  @Text(100, { optional: true, description: 'The maker’s number on its plate. 出厂编号', example: 'TCS-500-21873' })
  serialNumber?: string;

  @Day({ optional: true, description: 'Day of its last verification or calibration. 检定或校准日期', example: '2026-03-12' })
  calibratedOn?: string;

  @Day({ optional: true, description: 'Last day on which that is valid. 有效期至', example: '2027-03-11' })
  validUntil?: string;

  @Text(100, { optional: true, description: 'Number of its certificate. 检定证书编号', example: 'LF-2026-0312-07' })
  certificateNumber?: string;
}

/** What may change about a scale, and from which day. */
export class ChangeScaleDto {
  @Day({ optional: true, description: 'The first day on which this holds; today, by China Standard Time, unless said otherwise. What was said of later days stays. 自何日起', example: '2026-09-01' })
  from?: string;

  @Text(100, { optional: true, description: 'What you call it. 名称', example: '一号台秤' })
  name?: string;

  @Id({ optional: true, description: 'Your site where it stands (uuid). 所在场所' })
  site?: string;

  @OneOf(SCALE_KINDS, { optional: true, description: '类别 Kind', example: 'platform', meanings: SCALE_KIND_MEANINGS })
  kind?: (typeof SCALE_KINDS)[number];

  @Mass(true, 'The smallest step its display shows. 分度值', { quantity: '0.05', unit: 'kg' })
  division?: TypedMassDto;

  @Mass(true, 'The most it can weigh. 最大秤量', { quantity: '500', unit: 'kg' })
  capacity?: TypedMassDto;

  @Text(100, { optional: true, description: 'The maker’s number on its plate. 出厂编号', example: 'TCS-500-21873' })
  serialNumber?: string;

  @Day({ optional: true, description: 'Day of its last verification or calibration. 检定或校准日期', example: '2026-09-01' })
  calibratedOn?: string;

  @Day({ optional: true, description: 'Last day on which that is valid. 有效期至', example: '2027-08-31' })
  validUntil?: string;

  @Text(100, { optional: true, description: 'Number of its certificate. 检定证书编号', example: 'LF-2026-0901-02' })
  certificateNumber?: string;

  @OneOf(['active', 'ended'], { optional: true, description: 'In use, or no more. 状态', example: 'active', meanings: STATUS_MEANINGS })
  status?: string;

  @Text(1000, { optional: true, description: 'Why it changes. 变更原因', example: '检定后更换传感器' })
  why?: string;
}

/** As of which day a scale is asked for. */
export class ScaleOnQuery {
  @Day({ optional: true, description: 'The scale as it stood on this day; now unless said. 日期', example: '2026-08-20' })
  on?: string;
}
