import { UNIFIED } from '@daodi/herbal';
import { Day, Id, OneOf, Pattern, STATUS_MEANINGS, Text, Texts, Year } from '../input/fields';
import { PartsOf } from '../inputs/inputs.dto';
import { Paper, type PaperDto, Papers } from '../papers/paper.dto';

const Why = (): PropertyDecorator => Text(1000, { optional: true, description: 'Why it changes. 变更原因', example: '补充证据' });
const Status = (): PropertyDecorator => OneOf(['active', 'ended'], { optional: true, description: 'In force, or no more. 状态', meanings: STATUS_MEANINGS });
const Herb = (): PropertyDecorator => Text(50, { description: 'Herb of the catalogue. 品种', example: 'lianqiao' });
const Supplier = (): PropertyDecorator => Pattern(/^[A-Z0-9][A-Z0-9-]{1,31}$/, { description: 'Code of the producer here. 供应商组织代码', example: 'ANZE-LQ' });
const Seasons = (): PropertyDecorator => Texts(20, { description: 'Years of harvest it is about. 产季（采收年份）', example: ['2026'] });
const BaseOf = (): PropertyDecorator => Id({ description: 'Id of the base, as its producer told it. 基地' });

/** What was tested of a place. */
const MEDIA = ['soil', 'irrigation-water', 'process-water', 'air'] as const;
const MEDIUM_MEANINGS = { soil: '土壤 soil', 'irrigation-water': '灌溉水 irrigation water', 'process-water': '产地加工用水 water used in processing', air: '空气 air' } as const;
const ITEM_VERDICTS = ['pass', 'fail', 'undetermined'] as const;
const ITEM_VERDICT_MEANINGS = { pass: '符合 complies', fail: '不符合 does not comply', undetermined: '无法判定 cannot be said' } as const;

/** One value of a test of soil, water or air. */
export class EnvironmentItemDto {
  @Text(100, { description: 'What was tested. 检测项目', example: '镉' })
  test: string;

  @Text(100, { description: 'As the laboratory writes it. 结果', example: '0.12' })
  value: string;

  @Text(50, { optional: true, description: 'Unit as printed. 单位', example: 'mg/kg' })
  unit?: string;

  @Text(200, { optional: true, description: 'Limit as printed. 限值', example: '≤0.3 mg/kg' })
  limitText?: string;

  @OneOf(ITEM_VERDICTS, { optional: true, description: 'The laboratory’s verdict on it. 单项结论', meanings: ITEM_VERDICT_MEANINGS })
  verdict?: string;
}

/** 土壤、水、空气检测. */
export class AddEnvironmentTestDto {
  @Texts(500, { description: 'Ids of your plots and tending areas it speaks for. 地块或抚育区', example: ['8c1d6f0a-52b3-4a37-9a45-0d3f6a1b2c3d'] })
  land: string[];

  @OneOf(MEDIA, { description: 'What was tested. 检测对象', meanings: MEDIUM_MEANINGS })
  medium: string;

  @Day({ description: 'Day of sampling. 采样日', example: '2026-03-12' })
  sampledOn: string;

  @Day({ optional: true, description: 'Last day for which it counts. 有效期至', example: '2029-03-11' })
  validUntil?: string;

  @Text(200, { description: 'Laboratory. 检测机构', example: '某环境检测有限公司' })
  laboratory: string;

  @Text(100, { description: 'Number of its report. 报告编号', example: 'HJ-2026-0311' })
  reportNumber: string;

  @PartsOf(() => EnvironmentItemDto, 1, { description: 'What was found. 检测结果' })
  items: EnvironmentItemDto[];

  @Paper({ optional: true, description: 'The report itself. 报告扫描件' })
  paper?: PaperDto;
}

/** Evidence is one of the organisation's own records, or a paper known by the digest of its file. */
const RECORD_TYPES = ['land-contract', 'rotation-plan', 'input-product', 'input-lot', 'input-allowance', 'sop', 'environment-test', 'certificate', 'product'] as const;
const RECORD_MEANINGS = {
  'land-contract': '承包合同 contract for land', 'rotation-plan': '轮采计划 rotation plan', 'input-product': '投入品 input product', 'input-lot': '投入品批次 lot of an input', 'input-allowance': '允许使用的依据 allowance',
  sop: '规程版本 SOP', 'environment-test': '环境检测 test of soil, water or air', certificate: '证书 certificate', product: '产品 product',
} as const;
export type EvidenceRecordType = (typeof RECORD_TYPES)[number];

export class EvidenceDto {
  @Text(200, { description: 'What it is: an agreement, training, price list, insurance policy … 材料名称', example: '连翘种植户培训签到与课件' })
  name: string;

  @Pattern(/^[0-9a-f]{64}$/, { optional: true, description: 'SHA-256 of its file. 文件的 SHA-256', example: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c' })
  sha256?: string;

  @OneOf(RECORD_TYPES, { optional: true, description: 'Sort of the record of yours that shows it. 记录类别', meanings: RECORD_MEANINGS })
  recordType?: EvidenceRecordType;

  @Id({ optional: true, description: 'That record. 记录' })
  record?: string;
}

const POINTS = [...UNIFIED.six, ...UNIFIED.seven];

/** One point that is kept, and what shows it. */
export class UnifiedTickDto {
  @OneOf(POINTS.map(({ code }) => code), { description: 'The point. 统一事项', meanings: Object.fromEntries(POINTS.map(({ code, zh, en }) => [code, `${zh} ${en}`])) })
  point: string;

  @PartsOf(() => EvidenceDto, 0, { description: 'What shows it: without a file’s digest or a record it is no tick. 证据' })
  evidence: EvidenceDto[];
}

const SCHEMES = ['six', 'seven'] as const;
const SCHEME_MEANINGS = { six: '六统一（GAP 第六条） the six of article 6 of the herb GAP', seven: '七个统一（产业规划） the seven of the industry plan' } as const;

/** 六统一、七个统一. */
export class AddUnifiedSeasonDto {
  @Id({ description: 'Your base. 基地' })
  baseId: string;

  @Herb()
  herb: string;

  @Year({ description: 'Season: year of harvest. 产季（采收年份）' })
  year: number;

  @OneOf(SCHEMES, { description: 'Which scheme. 统一体系', meanings: SCHEME_MEANINGS })
  scheme: 'six' | 'seven';

  @PartsOf(() => UnifiedTickDto, 0, { description: 'What is kept, with evidence; stays with your organisation. 已统一事项与证据' })
  ticks: UnifiedTickDto[];
}

export class ChangeUnifiedSeasonDto {
  @PartsOf(() => UnifiedTickDto, 0, { optional: true, description: 'What is kept, all of it. 已统一事项与证据' })
  ticks?: UnifiedTickDto[];

  @Status()
  status?: string;

  @Why()
  why?: string;
}

const SEVERITIES = ['critical', 'major', 'minor'] as const;
const SEVERITY_MEANINGS = { critical: '严重缺陷 critical', major: '主要缺陷 major', minor: '一般缺陷 minor' } as const;

/** 缺陷与整改. */
export class AuditFindingDto {
  @OneOf(SEVERITIES, { description: 'How grave. 缺陷等级', meanings: SEVERITY_MEANINGS })
  severity: string;

  @Text(1000, { description: 'What was found. 缺陷描述', example: '投入品库台账缺 6 月盘点' })
  found: string;

  @Text(1000, { optional: true, description: 'What was done about it. 整改措施', example: '补盘并培训库管员' })
  correction?: string;

  @Day({ optional: true, description: 'Day on which you accepted the correction; without it the finding is open. 整改确认日', example: '2026-07-02' })
  correctedOn?: string;
}

/** 供应商审计. */
export class AddSupplierAuditDto {
  @Supplier()
  supplier: string;

  @Text(500, { description: 'What is audited: base, herb, points of the plan. 审计范围与计划', example: '安泽东山基地连翘：投入品、采收、加工、仓储' })
  scope: string;

  @Day({ description: 'Planned for. 计划日期', example: '2026-06-10' })
  plannedOn: string;

  @Day({ optional: true, description: 'Done on. 实施日期', example: '2026-06-12' })
  auditedOn?: string;

  @PartsOf(() => AuditFindingDto, 0, { optional: true, description: 'Findings and corrections. 缺陷与整改' })
  findings?: AuditFindingDto[];

  @Papers({ optional: true, description: 'Plan, report, photographs. 计划、报告、照片' })
  papers?: PaperDto[];
}

export class ChangeSupplierAuditDto {
  @Day({ optional: true, description: 'Done on. 实施日期', example: '2026-06-12' })
  auditedOn?: string;

  @PartsOf(() => AuditFindingDto, 0, { optional: true, description: 'Findings and corrections, all of them. 缺陷与整改' })
  findings?: AuditFindingDto[];

  @Papers({ optional: true, description: 'Plan, report, photographs, all of them. 计划、报告、照片' })
  papers?: PaperDto[];

  @Status()
  status?: string;

  @Why()
  why?: string;
}

const CONCLUSIONS = ['conforms', 'does-not-conform'] as const;
const CONCLUSION_MEANINGS = { conforms: '符合 GAP 要求 conforms', 'does-not-conform': '不符合 does not conform' } as const;

/** 企业对基地的 GAP 符合性评估. */
export class AddGapEvaluationDto {
  @Supplier()
  supplier: string;

  @BaseOf()
  baseId: string;

  @Herb()
  herb: string;

  @Seasons()
  years: string[];

  @OneOf(CONCLUSIONS, { description: 'What your firm found. 评估结论', meanings: CONCLUSION_MEANINGS })
  conclusion: string;

  @Day({ description: 'Day of the evaluation. 评估日', example: '2026-07-10' })
  on: string;

  @Id({ optional: true, description: 'Your supplier audit it rests on; without one nothing may be printed. 所依供应商审计' })
  audit?: string;

  @Papers({ optional: true, description: 'Report of the evaluation. 评估报告' })
  papers?: PaperDto[];
}

const RESULTS = ['passed', 'failed', 'undetermined'] as const;
const RESULT_MEANINGS = { passed: '通过 passed', failed: '未通过 failed', undetermined: '尚无结论 not concluded' } as const;

/** 延伸检查. */
export class AddExtendedInspectionDto {
  @Text(200, { description: 'The authority. 检查机关', example: '某省药品监督管理局' })
  authority: string;

  @Text(100, { description: 'Number of its notice or report. 检查编号', example: '晋药监延检〔2026〕12号' })
  number: string;

  @Day({ description: 'Day of the inspection. 检查日', example: '2026-09-20' })
  on: string;

  @Supplier()
  supplier: string;

  @BaseOf()
  baseId: string;

  @Herb()
  herb: string;

  @Seasons()
  years: string[];

  @OneOf(RESULTS, { description: 'What came of it. 检查结果', meanings: RESULT_MEANINGS })
  result: string;

  @Papers({ optional: true, description: 'Notice and report. 检查通知与报告' })
  papers?: PaperDto[];
}
