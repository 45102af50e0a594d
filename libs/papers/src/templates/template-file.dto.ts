import { field, Text } from '@daodi/registry';
import { IsBase64, MaxLength } from 'class-validator';
import { TEMPLATE_BYTES_MAX } from '../package/office-package';

/** A template as JSON, for programs that send nothing else; a Word or Excel file may be the body itself just as well. */
export class TemplateFileDto {
  @field(
    { description: 'The .docx or .xlsx file in base64, 5 MB at most. 模板文件（base64），不超过 5 MB', example: 'UEsDBBQAAAAIAA==' },
    { type: String, format: 'byte' },
    IsBase64(), MaxLength(Math.ceil(TEMPLATE_BYTES_MAX / 3) * 4),
  )
  file: string;

  @Text(500, { optional: true, description: 'Why it is changed, for the log. 更换原因', example: '更换抬头' })
  why?: string;
}
