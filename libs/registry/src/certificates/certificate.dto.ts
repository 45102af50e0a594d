import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsObject, ValidateNested } from 'class-validator';
import { Day, Id, OneOf, Text } from '../input/fields';

/** What a certificate can be about. */
export const CERTIFICATE_SUBJECTS = ['organisation', 'base', 'product', 'person'] as const;

/** The thing of the caller's organisation a certificate is about. */
export class CertificateSubjectDto {
  @OneOf(CERTIFICATE_SUBJECTS)
  type: (typeof CERTIFICATE_SUBJECTS)[number];

  @Id()
  id: string;
}

/** A certificate as its holder states it; nobody here has verified it. */
export class AddCertificateDto {
  @Text(100, { description: 'GAP, GMP, organic, GI, licence, …', example: '药品生产许可证' })
  kind: string;

  @Text(100)
  number: string;

  @Text(200)
  issuer: string;

  @ApiProperty({ type: () => CertificateSubjectDto })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => CertificateSubjectDto)
  subject: CertificateSubjectDto;

  @Day({ description: 'First day of validity' })
  validFrom: string;

  @Day({ optional: true, description: 'Last day of validity; absent where the paper names none' })
  validTo?: string;
}
