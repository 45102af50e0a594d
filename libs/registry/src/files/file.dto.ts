import { field } from '../input/fields';
import { IsBase64, MaxLength } from 'class-validator';

/** The most a file in JSON may have: larger ones are sent as they are. */
const JSON_FILE_BYTES_MAX = 1024 * 1024;

/** A file as JSON, for programs that send nothing else; it may be the body itself just as well. */
export class UploadFileDto {
  @field(
    { description: 'The file in base64, 1 MB at most; a larger one is sent as the body itself. 文件（base64），不超过 1 MB', example: 'JVBERi0xLjcK' },
    { type: String, format: 'byte' },
    IsBase64(), MaxLength(Math.ceil(JSON_FILE_BYTES_MAX / 3) * 4),
  )
  file: string;
}
