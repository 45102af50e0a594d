import { hasValidCheckDigit } from '../check-digit';
import { type DigitalLinkUri, isWebUri, readDigitalLinkUri } from './digital-link-uri';
import { type Element, type Gs1Reading, type ReadingOptions, refused } from './element';
import { readElementString } from './element-string';
import { syntaxFault } from './fault';

/** What a reader may report (GS1 General Specifications, section 5.1.2; ISO/IEC 15424), by symbology identifier. */
const SYMBOLOGIES: Readonly<Record<string, { readonly symbology: Symbology; readonly holds: 'elements' | 'text' | 'number' }>> = {
  C1: { symbology: 'GS1-128', holds: 'elements' },
  E0: { symbology: 'EAN-13', holds: 'number' },
  E4: { symbology: 'EAN-8', holds: 'number' },
  e0: { symbology: 'GS1 DataBar', holds: 'elements' },
  d1: { symbology: 'Data Matrix', holds: 'text' },
  d2: { symbology: 'Data Matrix', holds: 'elements' },
  Q1: { symbology: 'QR', holds: 'text' },
  Q3: { symbology: 'QR', holds: 'elements' },
  J0: { symbology: 'DotCode', holds: 'text' },
  J1: { symbology: 'DotCode', holds: 'elements' },
};

/** Kinds of data carrier. `EAN-13` stands for UPC too, which readers report alike. */
export type Symbology = 'GS1-128' | 'EAN-13' | 'EAN-8' | 'GS1 DataBar' | 'Data Matrix' | 'QR' | 'DotCode';

/** What was scanned. */
export interface ScanData {
  readonly symbology: Symbology;
  /** As an element string with `^` for FNC1; of plain text one that begins with `^` has a backslash before it. */
  readonly data: string;
  readonly elements: readonly Element[];
  /** The digits of an EAN-13, EAN-8 or UPC. */
  readonly number?: string;
  /** Where the text is a Digital Link. */
  readonly link?: DigitalLinkUri;
}

/** Group separator, as readers report FNC1 within data. */
const GS = '\u001d';
/** Where the second message of a composite symbol begins. */
const COMPOSITE = '|]e0';

/**
 * Reads what a scanner reports: symbology identifier, then data. Data of a GS1 carrier is an element string; a web address in
 * a plain one must be a Digital Link; other text is plain text without elements.
 */
export function readScanData(scanned: string, options: ReadingOptions = {}): Gs1Reading<ScanData> {
  if (!scanned.startsWith(']') || scanned.length < 3) return refused(syntaxFault('MISSING_SYMBOLOGY_IDENTIFIER', { value: scanned }));
  const carrier = SYMBOLOGIES[scanned.slice(1, 3)];
  if (carrier === undefined) return refused(syntaxFault('UNSUPPORTED_SYMBOLOGY', { value: scanned.slice(0, 3) }));
  const text = scanned.slice(3);
  const { symbology } = carrier;
  switch (carrier.holds) {
    case 'elements': return readElements(symbology, '', text, options);
    case 'number': return readNumber(symbology, text, options);
    case 'text': {
      if (!isWebUri(text)) return { valid: true, symbology, data: /^\\*\^/.test(text) ? `\\${text}` : text, elements: [] };
      const reading = readDigitalLinkUri(text, options);
      if (!reading.valid) return reading;
      const { valid: _valid, ...link } = reading;
      return { valid: true, symbology, data: text, elements: link.elements, link };
    }
  }
}

/** @param before what stands before the element string: the number a composite belongs to */
function readElements(symbology: Symbology, before: string, text: string, options: ReadingOptions): Gs1Reading<ScanData> {
  const at = text.indexOf('^');
  if (at >= 0) return refused(syntaxFault('ILLEGAL_CHARACTER', { value: text, at, length: 1 }));
  const data = `^${text.replaceAll(GS, '^')}`;
  const reading = readElementString(data, options);
  return reading.valid ? { valid: true, symbology, data: `${before}${data}`, elements: reading.elements } : reading;
}

function readNumber(symbology: Symbology, text: string, options: ReadingOptions): Gs1Reading<ScanData> {
  const length = symbology === 'EAN-8' ? 8 : 13;
  const [number, behind] = [text.slice(0, length), text.slice(length)];
  if (number.length < length || (behind !== '' && !behind.startsWith(COMPOSITE))) return refused(syntaxFault('PRIMARY_LENGTH', { value: text }));
  if (!/^[0-9]+$/.test(number)) return refused(syntaxFault('PRIMARY_DIGITS', { value: number }));
  if (!hasValidCheckDigit(number)) return refused(syntaxFault('PRIMARY_CHECK_DIGIT', { value: number, at: length - 1, length: 1 }));
  if (behind === '') return { valid: true, symbology, data: number, elements: [], number };
  const composite = readElements(symbology, `${number}|`, behind.slice(COMPOSITE.length), options);
  return composite.valid ? { ...composite, number } : composite;
}
