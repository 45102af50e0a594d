import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDefined, IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { Day, type FieldOptions, Pattern, Text } from '../input/fields';

/** A paper or a photograph that something rests on: what it is and how to find it again. No file is carried in it. */
export class PaperDto {
  @Text(200, { description: 'What it is. 材料名称', example: '林地承包合同 扫描件' })
  name: string;

  @Text(100, { optional: true, description: 'The number printed on it. 编号', example: '安林承字〔2024〕17号' })
  number?: string;

  @Text(200, { optional: true, description: 'The body that issued it. 出具单位', example: '安泽县林业局' })
  issuer?: string;

  @Day({ optional: true, description: 'The day on it. 日期', example: '2024-03-01' })
  issuedOn?: string;

  @Pattern(/^[0-9a-f]{64}$/, {
    optional: true, description: 'SHA-256 of the scan or photograph, 64 hexadecimal digits: shows later that it is the same file. 扫描件或照片的 SHA-256', example: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  })
  sha256?: string;
}

/** One paper as a field of a body. */
export const Paper = (options: FieldOptions = {}): PropertyDecorator => (target, name) => {
  ApiProperty({ type: () => PaperDto, required: options.optional !== true, description: options.description })(target, name);
  if (options.optional === true) ValidateIf((_: unknown, value: unknown) => value !== undefined)(target, name);
  for (const rule of [IsDefined(), IsObject(), ValidateNested(), Type(() => PaperDto)]) rule(target, name);
};

/** Up to 50 papers as a field of a body. */
export const Papers = (options: FieldOptions = {}): PropertyDecorator => (target, name) => {
  ApiProperty({ type: () => PaperDto, isArray: true, required: options.optional !== true, description: options.description })(target, name);
  if (options.optional === true) ValidateIf((_: unknown, value: unknown) => value !== undefined)(target, name);
  for (const rule of [IsArray(), ArrayMaxSize(50), IsObject({ each: true }), ValidateNested({ each: true }), Type(() => PaperDto)]) rule(target, name);
};
