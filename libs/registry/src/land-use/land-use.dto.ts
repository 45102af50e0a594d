import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, ValidateIf } from 'class-validator';
import { Amount, Day, Id, OneOf, Region, STATUS_MEANINGS, Text, Texts, Whole, Year } from '../input/fields';
import { Paper, PaperDto, Papers } from '../papers/paper.dto';

const IDS = { example: ['8c1d6f0a-52b3-4a37-9a45-0d3f6a1b2c3d'] };
const Why = (): PropertyDecorator => Text(1000, { optional: true, description: 'Why it changes. 变更原因', example: '续签' });
const Status = (): PropertyDecorator => OneOf(['active', 'ended'], { optional: true, description: 'In force, or no more. 状态', meanings: STATUS_MEANINGS });

const Shared = (): PropertyDecorator => (target, name) => {
  const description = 'The contract says that others use the same ground at the same time, e.g. the trees above. 与他人共用同一地块';
  ApiProperty({ type: Boolean, required: false, description, example: false })(target, name);
  ValidateIf((_: unknown, value: unknown) => value !== undefined)(target, name);
  IsBoolean()(target, name);
};

/** What sort of contract it is. */
const CONTRACT_KINDS = ['lease', 'tending', 'collective', 'order', 'other'] as const;
const CONTRACT_MEANINGS = {
  lease: '承包或流转 land leased', tending: '抚育委托 wild stand tended', collective: '集体自有 the collective’s own land', order: '订单种植 grown to order', other: '其他 anything else',
} as const;

/** 承包合同. */
export class AddContractDto {
  @Texts(500, { description: 'Ids of your plots and tending areas it is about. 地块或抚育区', ...IDS })
  land: string[];

  @OneOf(CONTRACT_KINDS, { description: 'What sort of contract. 合同类别', meanings: CONTRACT_MEANINGS })
  kind: string;

  @Text(200, { description: 'The other party: a village, collective or organisation; stays with your organisation. 对方', example: '安泽县府城镇飞岭村村民委员会' })
  party: string;

  @Text(100, { optional: true, description: 'Number of the contract. 合同编号', example: 'FL-2024-017' })
  number?: string;

  @Day({ description: 'First day. 起始日', example: '2024-03-01' })
  from: string;

  @Day({ description: 'Last day. 终止日', example: '2029-02-28' })
  to: string;

  @Amount({ description: 'Area by contract in mu, as a projection unless the contract says otherwise. 合同面积（亩）', example: '866' })
  areaMu: string | number;

  @Shared()
  sharedGround?: boolean;

  @Id({ optional: true, description: 'The contract of yours it renews. 续签的合同' })
  renews?: string;

  @Paper({ optional: true, description: 'The contract itself. 合同扫描件' })
  paper?: PaperDto;
}

/** What may change about a contract. */
export class ChangeContractDto {
  @Day({ optional: true, description: 'Last day. 终止日', example: '2034-02-28' })
  to?: string;

  @Amount({ optional: true, description: 'Area by contract in mu. 合同面积（亩）', example: '866' })
  areaMu?: string | number;

  @Shared()
  sharedGround?: boolean;

  @Paper({ optional: true, description: 'The contract itself. 合同扫描件' })
  paper?: PaperDto;

  @Status()
  status?: string;

  @Why()
  why?: string;
}

/** 轮采计划: which parts of a base may be picked in a year. */
export class AddRotationDto {
  @Id({ description: 'The base it is about. 基地' })
  baseId: string;

  @Year({ description: 'Year of picking. 采收年份' })
  year: number;

  @Texts(500, { description: 'Ids of plots and tending areas that rest this year: nothing is to be picked there. 封育（停采）区', ...IDS })
  resting: string[];

  @Text(500, { optional: true, description: 'What the plan rests on. 依据', example: '三年轮采，2026 年封育东坡' })
  reason?: string;

  @Paper({ optional: true, description: 'The plan itself. 轮采方案' })
  paper?: PaperDto;
}

/** What may change about a plan. */
export class ChangeRotationDto {
  @Texts(500, { optional: true, description: 'Ids of plots and tending areas that rest. 封育（停采）区', ...IDS })
  resting?: string[];

  @Text(500, { optional: true, description: 'What the plan rests on. 依据', example: '三年轮采' })
  reason?: string;

  @Status()
  status?: string;

  @Why()
  why?: string;
}

/** What struck the land. */
export const DISASTERS = ['frost', 'drought', 'hail', 'flood', 'wind', 'pest', 'disease', 'fire', 'other'] as const;
const DISASTER_MEANINGS = {
  frost: '霜冻 frost', drought: '干旱 drought', hail: '冰雹 hail', flood: '洪涝 flood', wind: '风灾 wind', pest: '虫害 pest', disease: '病害 disease', fire: '火灾 fire', other: '其他 anything else',
} as const;

/** 灾害. */
export class AddDisasterDto {
  @Texts(500, { description: 'Ids of your plots and tending areas it struck. 受灾地块或抚育区', ...IDS })
  land: string[];

  @OneOf(DISASTERS, { description: 'What it was. 灾害种类', meanings: DISASTER_MEANINGS })
  kind: string;

  @Day({ description: 'First day. 开始日', example: '2026-04-12' })
  from: string;

  @Day({ optional: true, description: 'Last day. 结束日', example: '2026-04-13' })
  to?: string;

  @Amount({ description: 'Area struck, in mu of projection. 受灾面积（亩）', example: '120' })
  affectedMu: string | number;

  @Whole(0, 100, { optional: true, description: 'Loss of the year’s yield on it as estimated, per cent. 估计减产（%）', example: 60, unit: '%' })
  lossPercent?: number;

  @Text(1000, { optional: true, description: 'What was seen. 情况', example: '花期倒春寒，花蕾冻落' })
  seen?: string;

  @Papers({ optional: true, description: 'Photographs, notices of the weather service, statements. 照片与证明' })
  evidence?: PaperDto[];
}

/** What may change about a disaster. */
export class ChangeDisasterDto {
  @Day({ optional: true, description: 'Last day. 结束日', example: '2026-04-14' })
  to?: string;

  @Amount({ optional: true, description: 'Area struck, in mu of projection. 受灾面积（亩）', example: '150' })
  affectedMu?: string | number;

  @Whole(0, 100, { optional: true, description: 'Loss of the year’s yield on it as estimated, per cent. 估计减产（%）', example: 70, unit: '%' })
  lossPercent?: number;

  @Papers({ optional: true, description: 'Photographs and statements, all of them. 照片与证明' })
  evidence?: PaperDto[];

  @Status()
  status?: string;

  @Why()
  why?: string;
}

/** 开采公告: from which day a county lets a herb be picked. */
export class AddOpeningNoticeDto {
  @Region({ description: 'The county that gave notice, GB/T 2260, six digits. 公告县级行政区划代码' })
  region: string;

  @Text(50, { description: 'Herb of the catalogue. 品种', example: 'lianqiao' })
  herb: string;

  @Text(60, { optional: true, description: 'Grade; absent where the notice is about all of the herb. 规格等级', example: '青翘' })
  grade?: string;

  @Day({ description: 'First day of picking. 开采日', example: '2026-07-15' })
  from: string;

  @Text(100, { description: 'Number of the notice. 公告编号', example: '安政告〔2026〕9号' })
  number: string;

  @Text(300, { description: 'Where it was read: who published it and where. 来源', example: '安泽县人民政府网站 2026-07-08' })
  source: string;

  @Paper({ optional: true, description: 'The notice itself. 公告扫描件' })
  paper?: PaperDto;
}

/** What may change about a notice put down: a slip of the pen, or that it was withdrawn. */
export class ChangeOpeningNoticeDto {
  @Day({ optional: true, description: 'First day of picking. 开采日', example: '2026-07-18' })
  from?: string;

  @Text(100, { optional: true, description: 'Number of the notice. 公告编号', example: '安政告〔2026〕11号' })
  number?: string;

  @Text(300, { optional: true, description: 'Where it was read. 来源', example: '安泽县人民政府网站 2026-07-14' })
  source?: string;

  @Status()
  status?: string;

  @Why()
  why?: string;
}
