import { ApiProperty } from '@nestjs/swagger';
import { MASS_UNITS } from '@daodi/herbal';
import { Day, Id, OneOf, PageQuery, Pattern, SomeOf, Text, Whole } from '@daodi/registry';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsDefined, IsObject, IsOptional, Matches, ValidateNested } from 'class-validator';
import { BATCH_REFERENCE, BatchReference } from '../batch-reference';
import { RESULT_BASES, RESULT_BASIS_MEANINGS, type Verdict, VERDICT_MEANINGS, VERDICTS } from './report-state';

/** One line of a report, exactly as the laboratory writes it. */
export class ReportItemDto {
  @Text(200, { description: 'What was tested. 检验项目', example: '水分' })
  test: string;

  @Text(100, { optional: true, description: 'Which analyte, where the test has several. 成分', example: '连翘苷' })
  analyte?: string;

  @Text(200, { description: 'As the laboratory writes it, kept as text: 8.1, <0.01, 未检出, 符合规定; several determinations as 4.21/4.25. 结果', example: '8.1' })
  value: string;

  @Text(50, { optional: true, description: 'Unit of the value, as printed. 单位', example: '%' })
  unit?: string;

  @OneOf(RESULT_BASES, { optional: true, description: 'On which substance a content is stated. 计算基准', example: 'dried', meanings: RESULT_BASIS_MEANINGS })
  basis?: (typeof RESULT_BASES)[number];

  @Text(50, { optional: true, description: 'Limit of quantification, in the unit of the value; without it “not detected” is undetermined. 定量限', example: '0.01' })
  loq?: string;

  @Text(300, { optional: true, description: 'The limit as printed. 限度', example: '不得过 10.0%' })
  limitText?: string;

  @OneOf(VERDICTS, { optional: true, description: 'Verdict on this item. 单项结论', meanings: VERDICT_MEANINGS })
  verdict?: Verdict;

  @Text(200, { optional: true, description: 'Instrument it was measured with, by its number in the laboratory. 检验仪器', example: 'HPLC-03' })
  instrument?: string;

  @Text(200, { optional: true, description: 'Reference substance and its lot. 对照品批号', example: '连翘苷 FX-2026-07' })
  referenceLot?: string;

  @Pattern(/^[0-9a-f]{64}$/, { optional: true, description: 'SHA-256 of the instrument’s raw file, hex; the file itself stays with the laboratory. 原始数据文件摘要', example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  rawFileDigest?: string;

  @Text(200, { optional: true, description: 'Who tested this item instead of the laboratory that signs. 分包检验机构', example: '晋安检测有限公司' })
  subcontractor?: string;
}

/** 代表数量: how much of the goods a report speaks for. */
export class SpeaksForDto {
  @Pattern(/^\d{1,9}(\.\d{1,6})?$/, { description: 'As decimal text. 数量', example: '500' })
  quantity: string;

  @OneOf([...MASS_UNITS.keys()], { description: 'Unit of the quantity. 单位', example: 'kg' })
  unit: string;

  @Whole(1, 1_000_000, { optional: true, description: 'Packages it speaks for. 代表包件数', example: 20, unit: '件 packages' })
  packages?: number;
}

/** What the tester enters. It says nothing yet: only the approver's signature makes a report. */
export class EnterReportDto {
  @Text(100, { description: 'Number of the report, unique in the laboratory. 报告编号', example: 'ZP-2026-0412' })
  number: string;

  @BatchReference()
  batch: string;

  @Text(100, { optional: true, description: 'As on the sample. 样品编号', example: 'YP-0825' })
  sampleNumber?: string;

  @Pattern(/^[A-Z0-9][A-Z0-9-]{1,31}$/, { optional: true, description: 'Code of the organisation that ordered the test. 委托单位', example: 'ANZE-LQ' })
  commissioner?: string;

  @Text(500, { description: 'Standard or method, as printed. 检验依据', example: '《中国药典》2020 年版一部 连翘' })
  standard: string;

  @ApiProperty({ type: () => [ReportItemDto], description: '检验项目 What was tested', minItems: 1, maxItems: 500 })
  @IsDefined()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ReportItemDto)
  items: ReportItemDto[];

  @Text(100, { optional: true, description: 'How much was sampled, as written. 抽样量', example: '500 g' })
  sampledQuantity?: string;

  @ApiProperty({ type: () => SpeaksForDto, required: false, description: 'How much of the goods it speaks for; all of them where it does not say. No more than that is let go by it. 代表数量' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => SpeaksForDto)
  speaksFor?: SpeaksForDto;

  @IsOptional()
  @SomeOf(['CMA', 'CNAS'], { optional: true, description: 'Marks of accreditation the report bears. 报告所用资质标志', meanings: { CMA: '检验检测机构资质认定标志 the mark of mandatory accreditation', CNAS: '认可标识 the mark of CNAS' } })
  marks?: string[];

  @Text(2000, { optional: true, description: 'Remarks. 备注', example: '样品包装完好' })
  remarks?: string;

  @Pattern(/^[0-9a-f]{64}$/, { optional: true, description: 'SHA-256 of the paper’s file, hex. 报告文件摘要', example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  fileDigest?: string;

  @Day({ optional: true, description: 'Day on which the sample came to the laboratory. 收样日期' })
  receivedOn?: string;

  @Day({ optional: true, description: 'First day of testing. 检验开始日期' })
  testedFrom?: string;

  @Day({ optional: true, description: 'Last day of testing. 检验结束日期' })
  testedUntil?: string;

  @Day({ optional: true, description: 'Day of issue where it is known already. 签发日期' })
  issuedOn?: string;

  @Id({ optional: true, description: 'The signed report of the same laboratory that this one amends. Another verdict on the same sample counts as undetermined. 被更正的报告' })
  supersedes?: string;

  @Text(1000, { optional: true, description: 'Why it is amended; an amendment that gives no reason is noted. 更正理由', example: '委托单位地址有误' })
  amendedBecause?: string;

  @Id({ optional: true, description: 'The tester, where a system enters the report; a person who signs in is the tester itself. 检验人' })
  tester?: string;
}

/** What the approver signs. */
export class ApproveReportDto {
  @OneOf(VERDICTS, { description: 'Verdict of the report. 结论', meanings: VERDICT_MEANINGS })
  verdict: Verdict;

  @Day({ optional: true, description: 'Day of issue; today where neither it nor the draft says. 签发日期' })
  issuedOn?: string;

  @Text(2000, { optional: true, description: 'Remarks. 备注', example: '样品包装完好' })
  remarks?: string;
}

/** What the reviewer signs. */
export class ReviewReportDto {
  @Text(2000, { optional: true, description: 'Remarks. 备注', example: '样品包装完好' })
  remarks?: string;
}

/** A holder says that a laboratory tests a batch for it. */
export class CommissionTestDto {
  @BatchReference()
  batch: string;

  @Pattern(/^[A-Z0-9][A-Z0-9-]{1,31}$/, { description: 'Code of the laboratory. 检验机构', example: 'JIN-LAB' })
  laboratory: string;

  @Text(100, { optional: true, description: 'As on the sample. 样品编号', example: 'YP-0825' })
  sampleNumber?: string;

  @Text(500, { optional: true, description: 'What is to be tested by which standard. 检验依据', example: '《中国药典》2020 年版一部 连翘' })
  standard?: string;
}

/** Which reports are wanted. */
export class ReportQuery extends PageQuery {
  @ApiProperty({ required: false, type: String, description: 'Those about this batch' })
  @IsOptional()
  @Matches(BATCH_REFERENCE)
  batch?: string;
}

/** What a report is to be judged for. */
export class VerdictsQuery {
  @OneOf(['batch'], { optional: true, description: 'For the batch it is about, as what that is and of its day of production. 判定对象', example: 'batch', meanings: { batch: '报告所检的批 the batch the report is about' } })
  for?: string;
}
