import { Amount, OneOf, Pattern, STATUS_MEANINGS, Text, Year } from '../input/fields';
import { Paper, PaperDto } from '../papers/paper.dto';

/** 地理标志核定产量: what one holder may put under a geographical indication in a year, as it was registered. */
export class AddGiQuotaDto {
  @Text(100, { description: 'Name of the geographical indication, as its products carry it. 地理标志名称', example: '安泽连翘' })
  name: string;

  @Year({ description: 'Year it is registered for. 年度' })
  year: number;

  @Amount({ description: 'Registered output of that year. 核定产量', example: '36000', unit: '千克 kilograms' })
  registeredKg: string | number;

  @Pattern(/^[A-Z0-9-]{2,40}$/, { optional: true, description: 'Code of the organisation whose it is: only a supervisor names another; your own without it. 用标单位', example: 'ANZE-LQ' })
  holder?: string;

  @Text(300, { description: 'Where it was read: who registered it, number, day. 来源', example: '用标核准通知〔2026〕3 号' })
  source: string;

  @Paper({ optional: true, description: 'The paper itself. 核准文件' })
  paper?: PaperDto;
}

/** What may change about a quota put down. */
export class ChangeGiQuotaDto {
  @Amount({ optional: true, description: 'Registered output of that year. 核定产量', example: '40000', unit: '千克 kilograms' })
  registeredKg?: string | number;

  @Text(300, { optional: true, description: 'Where it was read. 来源', example: '用标核准通知〔2026〕9 号' })
  source?: string;

  @OneOf(['active', 'ended'], { optional: true, description: 'In force, or no more. 状态', meanings: STATUS_MEANINGS })
  status?: string;

  @Text(1000, { optional: true, description: 'Why it changes. 变更原因', example: '看错' })
  why?: string;
}
