import { mediaTypeOf } from './media-type-of';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const office = (part: string, more = ''): Buffer => bytes(`PK\x03\x04……[Content_Types].xml…${part}…${more}`);

it.each<[string, Buffer, string | undefined]>([
  ['a PDF', bytes('%PDF-1.7\n'), 'application/pdf'],
  ['a photograph', bytes('\xff\xd8\xff\xe1..Exif'), 'image/jpeg'],
  ['a PNG', bytes('\x89PNG\r\n\x1a\n....'), 'image/png'],
  ['a WebP', bytes('RIFF....WEBPVP8 '), 'image/webp'],
  ['a photograph of a phone', bytes('\0\0\0\x18ftypheic....'), 'image/heic'],
  ['a film', bytes('\0\0\0\x18ftypisom....'), undefined],
  ['a Word file', office('word/document.xml'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['an Excel file', office('xl/workbook.xml'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['an Excel file with macros', office('xl/workbook.xml', 'xl/vbaProject.bin'), undefined],
  ['any other package', office('AndroidManifest.xml'), undefined],
  ['a table', Buffer.from('品种,数量\n连翘,12.5\n', 'utf8'), 'text/csv'],
  ['a table with a byte order mark', Buffer.from('\ufeff品种,数量\n', 'utf8'), 'text/csv'],
  ['a page', Buffer.from(' <!doctype html><script>', 'utf8'), undefined],
  ['a drawing that can run', Buffer.from('\ufeff<svg onload="x()">', 'utf8'), undefined],
  ['a program', bytes('\x7fELF\x02\x01\x01\0'), undefined],
  ['text in another encoding', bytes('\xc1\xac\xc7\xcc,12'), undefined],
  ['nothing', Buffer.alloc(0), undefined],
  ['spaces', bytes('  \n'), undefined],
])('%s', (_, file, type) => expect(mediaTypeOf(file)).toBe(type));
