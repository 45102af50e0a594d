import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { Id, OneOf, Pattern, STATUS_MEANINGS, Text } from '../input/fields';
import { PageQuery } from '../input/page';

/** Who delivers: a member 社员, a household 户, or a bare name at the scale. */
export const PICKER_KINDS = ['member', 'household', 'bare-name'] as const;
export type PickerKind = (typeof PICKER_KINDS)[number];

/** What each kind is. */
export const PICKER_KIND_MEANINGS = { member: '社员 member of the co-operative', household: '农户 household', 'bare-name': '散户，只有姓名 a bare name' } as const;

const PHONE = /^\+?[0-9][0-9 -]{4,24}$/;
/** 统计用区划代码, twelve digits down to the village. */
const VILLAGE = /^[1-9]\d{11}$/;

/** A picker, or one somebody met at the scale. */
export class NewPickerDto {
  @Id({ optional: true, description: 'The id a device has given it (uuid); else one is made. A picker of yours under that id is taken as it is. 交售人编号' })
  id?: string;

  @OneOf(PICKER_KINDS, { description: 'Who delivers. 类别', example: 'household', meanings: PICKER_KIND_MEANINGS })
  kind: PickerKind;

  @Text(100, { description: 'Name; it stays with your organisation and stands in no log. 姓名', example: '王某某' })
  name: string;

  @Pattern(PHONE, { optional: true, description: 'Phone; it stays with your organisation and stands in no log. 电话', example: '13900000000' })
  phone?: string;

  @Text(100, { optional: true, description: 'Villagers’ group or team; it stands in no log. 村民小组', example: '三组' })
  group?: string;

  @Pattern(VILLAGE, { optional: true, description: 'Statistical code of the village, twelve digits. 行政村统计用区划代码', example: '141026100201' })
  village?: string;
}

/** What may change about a picker. */
export class ChangePickerDto {
  @OneOf(PICKER_KINDS, { optional: true, description: 'Who delivers. 类别', example: 'member', meanings: PICKER_KIND_MEANINGS })
  kind?: PickerKind;

  @Text(100, { optional: true, description: 'Name; it stays with your organisation and stands in no log. 姓名', example: '王某某' })
  name?: string;

  @Pattern(PHONE, { optional: true, description: 'Phone; it stands in no log. 电话', example: '13900000000' })
  phone?: string;

  @Text(100, { optional: true, description: 'Villagers’ group or team; it stands in no log. 村民小组', example: '三组' })
  group?: string;

  @Pattern(VILLAGE, { optional: true, description: 'Statistical code of the village, twelve digits. 行政村统计用区划代码', example: '141026100201' })
  village?: string;

  @OneOf(['active', 'ended'], { optional: true, description: 'Delivers, or no more. 状态', example: 'active', meanings: STATUS_MEANINGS })
  status?: 'active' | 'ended';

  @Text(1000, { optional: true, description: 'Why it changes, without names: it stays in the log. 变更原因', example: '已入社' })
  why?: string;
}

/** Why a picker's name is erased. */
export class ErasePickerDto {
  @Text(1000, { description: 'Why it is erased, without names: it stays in the log. 删除原因', example: '本人申请' })
  why: string;
}

/** Which pickers are wanted. */
export class PickerQuery extends PageQuery {
  @ApiProperty({ required: false, type: String, maxLength: 100, description: 'Part of the name. 姓名包含', example: '王' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  name?: string;
}
