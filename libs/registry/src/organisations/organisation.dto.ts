import { Type } from 'class-transformer';
import { IsDefined, IsObject, ValidateNested } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { OneOf, Password, Pattern, Region, Text } from '../input/fields';
import { ORGANISATION_TYPES, type OrganisationType } from '../sign-in/role';
import { LOGIN } from '../people/person.dto';

/** The first person of a new organisation; it becomes its owner. */
export class FirstOwnerDto {
  @Text(100)
  name: string;

  @Pattern(LOGIN)
  login: string;

  @Password()
  password: string;
}

/** An organisation the operator admits, after checking its code and prefix. */
export class AdmitOrganisationDto {
  @Pattern(/^[A-Z0-9][A-Z0-9-]{1,31}$/, { description: 'Short name in events (urn:daodi:org:CODE); never changes', example: 'ANZE-LQ' })
  code: string;

  @Text(200)
  name: string;

  @Text(200, { optional: true })
  nameEn?: string;

  @OneOf(ORGANISATION_TYPES)
  type: OrganisationType;

  @Pattern(/^[0-9A-Z]{18}$/, { description: '统一社会信用代码, GB 32100-2015' })
  creditCode: string;

  @Pattern(/^\d{4,12}$/, { optional: true, description: 'GS1 company prefix licensed to this organisation' })
  gs1Prefix?: string;

  @Pattern(/^\d{13}$/, { optional: true, description: 'GLN of the organisation as a party' })
  gln?: string;

  @Region()
  region: string;

  @Text(500, { optional: true, description: 'For the operator and the organisation itself only' })
  contact?: string;

  @ApiProperty({ type: () => FirstOwnerDto })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => FirstOwnerDto)
  owner: FirstOwnerDto;
}

/** What may change about an organisation. Owners change names and contact; the operator also what it checks. */
export class ChangeOrganisationDto {
  @Text(200, { optional: true })
  name?: string;

  @Text(200, { optional: true })
  nameEn?: string;

  @Text(500, { optional: true })
  contact?: string;

  @Pattern(/^[0-9A-Z]{18}$/, { optional: true })
  creditCode?: string;

  @Pattern(/^\d{4,12}$/, { optional: true })
  gs1Prefix?: string;

  @Pattern(/^\d{13}$/, { optional: true })
  gln?: string;

  @Region({ optional: true })
  region?: string;

  @Text(1000, { optional: true, description: 'The reason, for the log' })
  why?: string;
}
