import { PDFDocument } from '@cantoo/pdf-lib';

/** A file that goes into a PDF behind the papers. */
export interface AppendedFile {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** A4 and its margin in points. */
const [WIDTH_PT, HEIGHT_PT, MARGIN_PT] = [595.28, 841.89, 36];

/** Whether a file can be put into a PDF as pages: a PDF that is neither locked nor broken, a JPEG or PNG photograph. */
export async function isAppendable({ mediaType, bytes }: AppendedFile): Promise<boolean> {
  try {
    await appended(await PDFDocument.create(), { mediaType, bytes });
    return true;
  } catch {
    return false;
  }
}

/**
 * A PDF with these files behind its pages, in their order: pages as they are, photographs each on a page of their own.
 * Forms, scripts and attachments of a file are left out. The same files give the same bytes.
 */
export async function appendFiles(pdf: Buffer, files: readonly AppendedFile[]): Promise<Buffer> {
  if (files.length === 0) return pdf;
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  for (const file of files) await appended(document, file);
  return Buffer.from(await document.save({ useObjectStreams: false, updateFieldAppearances: false }));
}

async function appended(document: PDFDocument, { mediaType, bytes }: AppendedFile): Promise<void> {
  if (mediaType === 'application/pdf') {
    const file = await PDFDocument.load(bytes, { updateMetadata: false });
    for (const page of await document.copyPages(file, file.getPageIndices())) document.addPage(page);
    return;
  }
  if (mediaType !== 'image/jpeg' && mediaType !== 'image/png') throw new RangeError(`${mediaType} is no page`);
  const image = mediaType === 'image/jpeg' ? await document.embedJpg(bytes) : await document.embedPng(bytes);
  const { width, height } = image.scaleToFit(WIDTH_PT - 2 * MARGIN_PT, HEIGHT_PT - 2 * MARGIN_PT);
  document.addPage([WIDTH_PT, HEIGHT_PT]).drawImage(image, { x: (WIDTH_PT - width) / 2, y: HEIGHT_PT - MARGIN_PT - height, width, height });
}
