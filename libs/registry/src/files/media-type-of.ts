/** Media types of files people hand in. Nothing a browser would run: no HTML, no SVG. */
export const FILE_MEDIA_TYPES = [
  'application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv',
] as const;
export type FileMediaType = (typeof FILE_MEDIA_TYPES)[number];

const ascii = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to);

/** Brands of HEIF still images, ISO/IEC 23008-12 annex B and the brands phones write. */
const HEIF_BRANDS: readonly string[] = ['heic', 'heix', 'heim', 'heis', 'mif1'];

/**
 * What a file is by its first bytes, whatever anybody calls it; undefined where it is none of {@link FILE_MEDIA_TYPES}.
 * Signatures: PDF ISO 32000-1 7.5.2, JPEG ITU-T T.81 annex B, PNG ISO/IEC 15948 5.2, WebP RIFF container, HEIF ISO/IEC
 * 14496-12 4.3; Office files are ZIP packages told by their main part (ECMA-376 part 2). What is left is CSV where all of
 * it is text in UTF-8.
 */
export function mediaTypeOf(bytes: Buffer): FileMediaType | undefined {
  if (ascii(bytes, 0, 5) === '%PDF-') return 'application/pdf';
  if (bytes.length > 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp';
  if (ascii(bytes, 4, 8) === 'ftyp' && HEIF_BRANDS.includes(ascii(bytes, 8, 12))) return 'image/heic';
  if (ascii(bytes, 0, 4) === 'PK\x03\x04') return officeType(bytes);
  return isPlainTable(bytes) ? 'text/csv' : undefined;
}

function officeType(bytes: Buffer): FileMediaType | undefined {
  if (!bytes.includes('[Content_Types].xml') || bytes.includes('vbaProject.bin')) return undefined;
  if (bytes.includes('word/document.xml')) return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  return bytes.includes('xl/workbook.xml') ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : undefined;
}

/** UTF-8 without control characters, and no markup: what begins like a page might be taken for one. */
function isPlainTable(bytes: Buffer): boolean {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  return text.trim() !== '' && !/[\0-\x08\x0e-\x1f]/.test(text) && !/^\s*</.test(text);
}
