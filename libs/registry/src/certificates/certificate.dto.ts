import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsObject, ValidateNested } from 'class-validator';
import { Day, Id, OneOf, Text } from '../input/fields';

/** What a certificate can be about. */
export const CERTIFICATE_SUBJECTS = ['organisation', 'base', 'product', 'person'] as const;

/** What each of them is. */
export const SUBJECT_MEANINGS = {
  organisation: '单位 organisation', base: '基地 base', product: '产品 product', person: '人员 person',
} as const;

/** The thing of the caller's organisation a certificate is about. */
export class CertificateSubjectDto {
  @OneOf(CERTIFICATE_SUBJECTS, { description: 'What sort of thing it is about. 证书对象类别', meanings: SUBJECT_MEANINGS })
  type: (typeof CERTIFICATE_SUBJECTS)[number];

  @Id({ description: 'Its id here. 证书对象编号' })
  id: string;
}

/** A certificate as its holder states it; nobody here has verified it. */
export class AddCertificateDto {
  @Text(100, { description: 'What sort of paper: GAP, GMP, organic, geographical indication, licence. 证书类别', example: '药品生产许可证' })
  kind: string;

  @Text(100, { description: 'Number as printed. 证书编号', example: '晋20260012' })
  number: string;

  @Text(200, { description: 'Who issued it. 发证机关', example: '山西省药品监督管理局' })
  issuer: string;

  @ApiProperty({ type: () => CertificateSubjectDto, description: '证书对象 What the certificate is about' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => CertificateSubjectDto)
  subject: CertificateSubjectDto;

  @Day({ description: 'First day of validity. 有效期起' })
  validFrom: string;

  @Day({ optional: true, description: 'Last day of validity; absent where the paper names none. 有效期止', example: '2031-08-19' })
  validTo?: string;
}
