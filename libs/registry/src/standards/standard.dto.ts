import { TABLE_FORMATS, type TableFormat } from '@daodi/platform';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBase64, IsBoolean, IsDefined, IsIn, IsObject, IsOptional, Matches, MaxLength, ValidateNested } from 'class-validator';
import { Day, field, type FieldOptions, Id, OneOf, Pattern, STATUS_MEANINGS, Text, Texts } from '../input/fields';
import { PageQuery } from '../input/page';
import { PRODUCT_FORM_MEANINGS, PRODUCT_FORMS } from '../products/product.dto';
import { BASIS_MEANINGS, DIRECTION_MEANINGS, FAMILY_MEANINGS, LIMIT_BASES, LIMIT_DIRECTIONS, type LimitBasis, type LimitDirection, STANDARD_FAMILIES, type StandardFamily } from './limit';

const Flag = (options: FieldOptions): PropertyDecorator => field({ optional: true, example: false, ...options }, { type: Boolean }, IsBoolean());

/** A list of parts of a body, at least one. */
const Parts = (part: () => new () => object, most: number, description: string): PropertyDecorator => (target, name) => {
  ApiProperty({ type: () => part(), isArray: true, minItems: 1, maxItems: most, description })(target, name);
  for (const rule of [IsDefined(), IsArray(), ArrayMinSize(1), ArrayMaxSize(most), IsObject({ each: true }), ValidateNested({ each: true }), Type(part)]) rule(target, name);
};

const LIMITS_MAX = 500;
const UNIT = { description: 'Unit of the limit as printed; needed where a number is limited. 单位', example: '%' };
const TEXT = { description: 'The limit as printed, without 不得过 or 不得少于, which are the direction; its decimals are significant. A range is lower~upper. 限度原文', example: '10.0' };
const Direction = (): PropertyDecorator => OneOf(LIMIT_DIRECTIONS, { description: 'How it binds. 方向', example: 'max', meanings: DIRECTION_MEANINGS });

/** One limit as it stands in the source. */
export class LimitDto {
  @Text(100, { description: 'What is tested, as printed. 检验项目', example: '水分' })
  item: string;

  @Pattern(/^[a-z][a-z0-9-]{1,40}$/, { optional: true, description: 'Our name of the item; found by its words where it is not given. 项目代码', example: 'moisture' })
  itemCode?: string;

  @Texts(60, { optional: true, description: 'What is measured; several are summed. 成分（多个为合计）', example: ['连翘苷'] })
  analytes?: string[];

  @Text(30, { optional: true, description: 'Number of the general chapter its method stands in. 通则号', example: '0832' })
  chapter?: string;

  @Text(2000, TEXT)
  limitText: string;

  @Text(30, { optional: true, ...UNIT })
  unit?: string;

  @Direction()
  direction: LimitDirection;

  @Text(100, { optional: true, description: 'Where in the source it stands. 页码', example: '第 177 页' })
  page?: string;

  @OneOf(LIMIT_BASES, { optional: true, description: 'On which substance a content is reckoned. 计算基准', example: 'dried', meanings: BASIS_MEANINGS })
  basis?: LimitBasis;

  @Text(300, { optional: true, description: 'Where it was read, if elsewhere than in the standard itself. 出处', example: '饮片厂检验记录模板' })
  source?: string;

  @Flag({ description: 'Whether whoever types it read it in the printed source; it judges nothing by that. 是否录自印刷本' })
  verified?: boolean;
}

/** What every version says. */
class VersionDto {
  @Text(200, { description: 'Name of the standard. 标准名称', example: '中国药典一部 连翘' })
  name: string;

  @Text(100, { optional: true, description: 'Edition. 版次', example: '2025 年版' })
  edition?: string;

  @Text(100, { optional: true, description: 'Number of the standard. 标准编号', example: 'Q/LQ 001-2026' })
  number?: string;

  @Day({ description: 'First day on which it is in force. 施行日期', example: '2025-10-01' })
  effectiveFrom: string;

  @Day({ optional: true, description: 'Last day on which it is in force; without it, until a later edition takes its place. 废止前最后一日', example: '2030-09-30' })
  effectiveTo?: string;

  @Text(500, { description: 'Which printed source it is, exactly enough to find it again. 来源', example: '中国医药科技出版社 2025，ISBN 见版权页' })
  source: string;

  @Parts(() => LimitDto, LIMITS_MAX, 'All its limits. 限度')
  limits: LimitDto[];
}

/** A standard, in its first version. */
export class AddStandardDto extends VersionDto {
  @OneOf(STANDARD_FAMILIES, { description: 'What kind of standard. 标准类别', example: 'pharmacopoeia', meanings: FAMILY_MEANINGS })
  family: StandardFamily;

  @Text(60, { optional: true, description: 'Code of the herb it is of; needed unless it binds products only by a binding. 品种', example: 'lianqiao' })
  herb?: string;

  @OneOf(PRODUCT_FORMS, { optional: true, description: 'In what form. 形态', example: 'herb', meanings: PRODUCT_FORM_MEANINGS })
  form?: string;

  @Text(100, { optional: true, description: 'Name of the decoction piece with its processing, where it is of one. 饮片品名及炮制', example: '醋北柴胡' })
  piece?: string;

  @Text(60, { optional: true, description: 'Grade it is of; all grades without it. 规格等级', example: '青翘' })
  grade?: string;

  @Pattern(/^[1-9]\d{1,5}$/, { optional: true, description: 'First digits of the administrative codes in which it holds, for provincial standards. 适用地区代码前缀', example: '14' })
  region?: string;

  @Flag({ description: 'Whether other organisations may read it and hold their goods to it; what is shared stays shared. 是否共享' })
  shared?: boolean;

  @Flag({ description: 'Made up for a demonstration: only there, and its name says 演示. 是否虚构（演示）' })
  fictional?: boolean;
}

/** A later version of a standard. What kind it is, of what herb, form and grade, stays. */
export class AddVersionDto extends VersionDto {
  @Flag({ description: 'It puts right what was copied wrongly from the same edition: the earlier version never held. Else it is a later edition. 是否为抄录更正' })
  correction?: boolean;

  @Text(1000, { description: 'Why there is a new version. 新版原因', example: '2025 年版药典施行' })
  why: string;
}

/** What may change about a version: never its limits. */
export class ChangeStandardDto {
  @Day({ optional: true, description: 'Last day on which it is in force. 废止前最后一日', example: '2030-09-30' })
  effectiveTo?: string;

  @Flag({ description: 'Whether other organisations may read it; what is shared stays shared. 是否共享', example: true })
  shared?: boolean;

  @OneOf(['active', 'ended'], { optional: true, description: 'Ended: entered by mistake, it binds nothing and never did. 状态', example: 'ended', meanings: STATUS_MEANINGS })
  status?: string;

  @Text(1000, { description: 'Why it changes. 变更原因', example: '录入的品种有误' })
  why: string;
}

/** Which page of the printed source somebody read. */
export class PageReadDto {
  @Text(100, { description: 'Page as numbered in the printed source. 页码', example: '第 177 页' })
  number: string;

  @Pattern(/^[0-9a-f]{64}$/, { description: 'SHA-256 of the scan of the page, which your organisation has handed in, 64 hexadecimal digits. 已上传的该页扫描件的 SHA-256', example: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c' })
  file: string;
}

/** What somebody read of one limit there, typed anew. */
export class LimitReadingDto {
  @Pattern(/^L[1-9]\d{0,3}$/, { description: 'Which limit of the version. 限度序号', example: 'L1' })
  limit: string;

  @Text(2000, TEXT)
  limitText: string;

  @Text(30, { optional: true, ...UNIT })
  unit?: string;

  @Direction()
  direction: LimitDirection;
}

/** A person confirms limits of a version against the printed source. */
export class ConfirmLimitsDto {
  @Id({ description: 'The version of the standard. 标准版本' })
  version: string;

  @ApiProperty({ type: () => PageReadDto, description: '所核对的页 The page that was read' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => PageReadDto)
  page: PageReadDto;

  @Parts(() => LimitReadingDto, LIMITS_MAX, 'What was read, each typed anew from the page. 所核对的限度')
  readings: LimitReadingDto[];

  @Flag({ description: 'Whether the printed standard demands nothing beyond the limits of the version; needed by two people before goods can pass by it. 项目是否齐全', example: true })
  complete?: boolean;
}

/** Why a confirmation no longer counts. */
export class WithdrawConfirmationDto {
  @Text(1000, { description: 'Why it is withdrawn. 撤回原因', example: '看错一行' })
  why: string;
}

/** An organisation holds a product, or a herb in a form, to a standard. */
export class BindStandardDto {
  @Id({ description: 'Any version of the standard. Of the library’s and your own the edition in force on the day binds; of another organisation’s only this version does. 标准' })
  version: string;

  @Id({ optional: true, description: 'Product of yours it is for; either this or a herb. 产品' })
  product?: string;

  @Text(60, { optional: true, description: 'Code of the herb it is for. 品种', example: 'lianqiao' })
  herb?: string;

  @OneOf(PRODUCT_FORMS, { optional: true, description: 'In what form. 形态', example: 'herb', meanings: PRODUCT_FORM_MEANINGS })
  form?: string;

  @Text(60, { optional: true, description: 'Grade; all grades without it. 规格等级', example: '青翘' })
  grade?: string;

  @Day({ description: 'First day of production it is for. 起始生产日期', example: '2026-01-01' })
  from: string;

  @Day({ optional: true, description: 'Last day of production it is for. 终止生产日期', example: '2026-12-31' })
  to?: string;

  @Text(500, { optional: true, description: 'What it rests on: contract, authorisation. 依据', example: '购销合同 HT-2026-018' })
  reason?: string;
}

/** What may change about a binding. */
export class ChangeBindingDto {
  @Day({ optional: true, description: 'Last day of production it is for. 终止生产日期', example: '2026-12-31' })
  to?: string;

  @OneOf(['active', 'ended'], { optional: true, description: 'Ended: it never bound anything; to end it on a day, give the day. 状态', example: 'ended', meanings: STATUS_MEANINGS })
  status?: string;

  @Text(1000, { description: 'Why it changes. 变更原因', example: '合同期满' })
  why: string;
}

const DAY = /^[1-9]\d{3}-\d{2}-\d{2}$/;

/** Which standards are wanted. */
export class StandardQuery extends PageQuery {
  @ApiProperty({ required: false, enum: STANDARD_FAMILIES, description: '标准类别 Of this family' })
  @IsOptional()
  @IsIn([...STANDARD_FAMILIES])
  family?: StandardFamily;

  @Text(60, { optional: true, description: 'Of this herb. 品种', example: 'lianqiao' })
  herb?: string;

  @Text(60, { optional: true, description: 'Of this form. 形态', example: 'herb' })
  form?: string;

  @Text(60, { optional: true, description: 'Of this grade, or of all grades. 规格等级', example: '青翘' })
  grade?: string;

  @ApiProperty({ required: false, type: String, format: 'date', description: '施行日 In force on this day' })
  @IsOptional()
  @Matches(DAY)
  day?: string;

  @Text(100, { optional: true, description: 'Part of its name, number or edition. 名称、编号或版次的一部分', example: '药典' })
  search?: string;
}

/** Which goods are asked about, and for which day. */
export class BindingQuery {
  @Text(60, { optional: true, description: 'Code of the herb. 品种', example: 'lianqiao' })
  herb?: string;

  @ApiProperty({ required: false, enum: PRODUCT_FORMS, description: '形态 In what form' })
  @IsOptional()
  @IsIn([...PRODUCT_FORMS])
  form?: string;

  @Text(100, { optional: true, description: 'Name of the decoction piece. 饮片品名', example: '醋北柴胡' })
  piece?: string;

  @Text(60, { optional: true, description: 'Grade. 规格等级', example: '青翘' })
  grade?: string;

  @Id({ optional: true, description: 'Product of yours. 产品' })
  product?: string;

  @Day({ description: 'Day of production; of decoction pieces that of charging. 生产日期（饮片为投料日期）', example: '2026-09-01' })
  day: string;
}

/** Which confirmations are wanted. */
export class ConfirmationQuery extends PageQuery {
  @Id({ optional: true, description: 'Of this version. 标准版本' })
  version?: string;
}

const TABLE_BYTES_MAX = 1_400_000;

/** A table of standards, a limit to a row. */
export class ImportStandardsDto {
  @field(
    { description: 'The .xlsx or CSV file in base64, about 1.4 MB at most; titles as in what is given out. 表格文件（base64），约 1.4 MB 以内', example: '5qCH5YeG57G75Yir' },
    { type: String, format: 'byte' }, IsBase64(), MaxLength(Math.ceil(TABLE_BYTES_MAX / 3) * 4),
  )
  file: string;

  @OneOf(['all', 'good'], { description: 'Whether one fault refuses all, or standards with a fault are left out whole. 有误时', example: 'all', meanings: { all: '有误则全部不录 one fault refuses all', good: '只录无误的标准 only standards without a fault' } })
  take: 'all' | 'good';
}

/** Which standards are wanted as a table. */
export class ExportQuery {
  @ApiProperty({ enum: TABLE_FORMATS, description: '格式 CSV or Excel' })
  @IsIn([...TABLE_FORMATS])
  format: TableFormat;

  @ApiProperty({ required: false, enum: STANDARD_FAMILIES, description: '标准类别 Of this family' })
  @IsOptional()
  @IsIn([...STANDARD_FAMILIES])
  family?: StandardFamily;

  @Text(60, { optional: true, description: 'Of this herb. 品种', example: 'lianqiao' })
  herb?: string;

  @Id({ optional: true, description: 'This version alone. 标准版本' })
  id?: string;
}

/** Of which herb, and for which day, missing pages are asked for. */
export class MissingQuery {
  @Text(60, { optional: true, description: 'Of this herb and of no one herb. 品种', example: 'lianqiao' })
  herb?: string;

  @Day({ optional: true, description: 'Of standards in force on this day; today without it. 施行日', example: '2026-09-01' })
  day?: string;
}
