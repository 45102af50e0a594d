import { Type } from 'class-transformer';
import { IsDefined, IsObject, ValidateNested } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { OneOf, Password, Pattern, Region, Text } from '../input/fields';
import { ORGANISATION_TYPE_MEANINGS, ORGANISATION_TYPES, type OrganisationType } from '../sign-in/role';
import { LOGIN } from '../people/person.dto';

/** The first person of a new organisation; it becomes its owner. */
export class FirstOwnerDto {
  @Text(100, { description: 'Name of the person; it stays with your organisation. 姓名', example: '张某某' })
  name: string;

  @Pattern(LOGIN, { description: 'What the person signs in with: small letters, digits, a phone number or an e-mail address. 登录名', example: 'zhang-1' })
  login: string;

  @Password({ description: 'Password, 8 to 128 characters. 密码', example: 'correct horse battery staple' })
  password: string;
}

/** An organisation the operator admits, after checking its code and prefix. */
export class AdmitOrganisationDto {
  @Pattern(/^[A-Z0-9][A-Z0-9-]{1,31}$/, { description: 'Short name in events (urn:daodi:org:CODE); never changes. 组织代码', example: 'ANZE-LQ' })
  code: string;

  @Text(200, { description: 'Name of the organisation, as registered. 单位名称', example: '安泽连翘专业合作社' })
  name: string;

  @Text(200, { optional: true, description: 'Name in English. 英文名称', example: 'Anze Forsythia Cooperative' })
  nameEn?: string;

  @OneOf(ORGANISATION_TYPES, { description: 'What sort of organisation it is. 单位类别', meanings: ORGANISATION_TYPE_MEANINGS })
  type: OrganisationType;

  @Pattern(/^[0-9A-Z]{18}$/, { description: 'Unified social credit code, GB 32100-2015. 统一社会信用代码', example: '91141026MA0000019X' })
  creditCode: string;

  @Pattern(/^\d{4,12}$/, { optional: true, description: 'GS1 company prefix licensed to this organisation. 厂商识别代码', example: '9520001' })
  gs1Prefix?: string;

  @Pattern(/^\d{13}$/, { optional: true, description: 'GLN of the organisation as a party. 全球位置码', example: '9520001000016' })
  gln?: string;

  @Region()
  region: string;

  @Text(500, { optional: true, description: 'How to reach it; for the operator and the organisation itself only. 联系方式', example: '0357-1234567' })
  contact?: string;

  @ApiProperty({ type: () => FirstOwnerDto, description: '首位负责人 The first person, who becomes its owner' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => FirstOwnerDto)
  owner: FirstOwnerDto;
}

/** What may change about an organisation. Owners change names and contact; the operator also what it checks. */
export class ChangeOrganisationDto {
  @Text(200, { optional: true, description: 'Name of the organisation, as registered. 单位名称', example: '安泽连翘专业合作社' })
  name?: string;

  @Text(200, { optional: true, description: 'Name in English. 英文名称', example: 'Anze Forsythia Cooperative' })
  nameEn?: string;

  @Text(500, { optional: true, description: 'How to reach it; for the operator and the organisation itself only. 联系方式', example: '0357-1234567' })
  contact?: string;

  @Pattern(/^[0-9A-Z]{18}$/, { optional: true, description: 'Unified social credit code, GB 32100-2015. 统一社会信用代码', example: '91141026MA0000019X' })
  creditCode?: string;

  @Pattern(/^\d{4,12}$/, { optional: true, description: 'GS1 company prefix licensed to this organisation. 厂商识别代码', example: '9520001' })
  gs1Prefix?: string;

  @Pattern(/^\d{13}$/, { optional: true, description: 'GLN of the organisation as a party. 全球位置码', example: '9520001000016' })
  gln?: string;

  @Region({ optional: true })
  region?: string;

  @Text(1000, { optional: true, description: 'Why, for the log. 变更原因', example: '登记时填错' })
  why?: string;
}
