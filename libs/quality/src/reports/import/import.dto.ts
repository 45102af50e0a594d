import { Id } from '@daodi/registry';
import { ApiProperty } from '@nestjs/swagger';
import { IsBase64, IsDefined, MaxLength } from 'class-validator';

/** Largest file, as it stands in a body of JSON. */
const FILE_BYTES_MAX = 1_400_000;

/** A file of an instrument, and how it is read. */
export class PreviewResultsDto {
  @Id({ description: 'The template, by its id. 导入模板' })
  template: string;

  @ApiProperty({ type: String, format: 'byte', description: 'The .xlsx or CSV file in base64, about 1.4 MB at most. 仪器导出的文件（base64），约 1.4 MB 以内', example: '5qC35ZOB57yW5Y+3' })
  @IsDefined()
  @IsBase64()
  @MaxLength(Math.ceil(FILE_BYTES_MAX / 3) * 4)
  file: string;
}
