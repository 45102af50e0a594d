import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { Day, Id, OneOf, Pattern, STATUS_MEANINGS, Text, Texts } from '../input/fields';
import { Paper, PaperDto } from '../papers/paper.dto';

/** Schemes by which laboratories are accredited in China. */
export const ACCREDITATION_SCHEMES = { CMA: '检验检测机构资质认定 mandatory accreditation of inspection bodies', CNAS: '实验室认可 accreditation by CNAS' } as const;

/** One line of a scope. */
export class ScopeLineDto {
  @Text(200, { description: 'What may be tested. 项目', example: '水分' })
  test: string;

  @Text(100, { optional: true, description: 'One analyte alone. 成分', example: '铅' })
  analyte?: string;

  @Text(200, { optional: true, description: 'One method or standard alone, as the certificate prints it. 方法', example: '《中国药典》2020 年版四部 0832' })
  method?: string;
}

/** 授权签字人. */
export class SignatoryDto {
  @Id({ description: 'The person of the laboratory. 授权签字人' })
  person: string;

  @IsOptional()
  @Texts(200, { optional: true, description: 'Tests the person may sign for; absent: the whole scope. 授权领域', example: ['水分'] })
  tests?: string[];
}

/** 资质: what a laboratory is accredited for. */
export class AddAccreditationDto {
  @Pattern(/^[A-Z0-9][A-Z0-9-]{1,31}$/, { optional: true, description: 'Code of the laboratory; absent: your own. What you put down of another counts for your own goods alone. 检验机构', example: 'LINFEN-LAB' })
  laboratory?: string;

  @OneOf(Object.keys(ACCREDITATION_SCHEMES), { description: 'Scheme. 资质类别', example: 'CMA', meanings: ACCREDITATION_SCHEMES })
  scheme: string;

  @Text(100, { description: 'Number of the certificate. 证书编号', example: '2304000000' })
  number: string;

  @Day({ description: 'First day it holds. 有效期起', example: '2024-01-01' })
  validFrom: string;

  @Day({ description: 'Last day it holds. 有效期止', example: '2029-12-31' })
  validTo: string;

  @ApiProperty({ type: [ScopeLineDto], minItems: 1, maxItems: 2000, description: 'What it covers. 能力范围' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ScopeLineDto)
  scope: ScopeLineDto[];

  @ApiProperty({ type: [SignatoryDto], required: false, maxItems: 200, description: 'Who may sign, of one’s own laboratory only. 授权签字人' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SignatoryDto)
  signatories?: SignatoryDto[];

  @Paper({ optional: true, description: 'The certificate with its scope. 证书及附表' })
  paper?: PaperDto;
}

/** What may change about an accreditation on record. */
export class ChangeAccreditationDto {
  @Day({ optional: true, description: 'Last day it holds. 有效期止', example: '2027-06-30' })
  validTo?: string;

  @OneOf(['active', 'ended'], { optional: true, description: 'On record, or put down in error. 状态', meanings: STATUS_MEANINGS })
  status?: string;

  @Text(1000, { optional: true, description: 'Why it changes. 变更原因', example: '被撤销' })
  why?: string;
}
