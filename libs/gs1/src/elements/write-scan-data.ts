import { checkDigit, hasValidCheckDigit } from '../check-digit';
import { applicationIdentifier } from '../dictionary/application-identifiers';
import { readElementString } from './element-string';

/** Kinds of symbol by what a reader reports of each. */
const CARRIERS = {
  QR: { text: 'Q1', elements: 'Q3' },
  DM: { text: 'd1', elements: 'd2' },
  DotCode: { text: 'J0', elements: 'J1' },
  'GS1-128': { elements: 'C1' },
  DataBarExpanded: { elements: 'e0' },
  DataBarOmni: { gtin: 14 },
  DataBarTruncated: { gtin: 14 },
  DataBarStacked: { gtin: 14 },
  DataBarStackedOmni: { gtin: 14 },
  DataBarLimited: { gtin: 14 },
  EAN13: { number: 13 },
  EAN8: { number: 8 },
  UPCA: { number: 12 },
  UPCE: { number: 12 },
} as const;

/** A symbol that can be printed. A UPC-E is said by the twelve digits it stands for. */
export type PrintedSymbol = keyof typeof CARRIERS;

/** Largest number a GS1 DataBar Limited holds. */
const LIMITED_MAX = '19999999999999';
const GS = '\u001d';

/**
 * What a reader reports of a symbol that holds this data: what must come back when a printed symbol is read.
 *
 * @param data an element string with `^` for FNC1, or plain text (one that begins with `^` has a backslash before it); `|` parts
 *   a linear symbol from its composite component
 * @returns undefined where the symbol cannot hold it
 */
export function writeScanData(symbol: PrintedSymbol, data: string, { addCheckDigit = false } = {}): string | undefined {
  const carrier = CARRIERS[symbol];
  if ('text' in carrier) return data.startsWith('^') ? `]${carrier.elements}${reported(data)}` : `]${carrier.text}${data.replace(/^\\(?=\\*\^)/, '')}`;
  const [linear = '', composite] = data.split(/\|(.*)/s);
  if (composite !== undefined && !composite.startsWith('^')) return undefined;
  const behind = composite === undefined ? '' : reported(composite);
  if ('elements' in carrier) {
    if (!linear.startsWith('^')) return undefined;
    return composite === undefined ? `]${carrier.elements}${reported(linear)}` : `]e0${reported(linear)}${isOpenEnded(linear) ? GS : ''}${behind}`;
  }
  const gtin = /^\^01([0-9]{14})$/.exec(linear)?.[1];
  const length = 'gtin' in carrier ? carrier.gtin : carrier.number;
  const number = numberOf(gtin?.slice(14 - length) ?? linear, length, addCheckDigit);
  if (number === undefined || (gtin !== undefined && /[^0]/.test(gtin.slice(0, 14 - length)))) return undefined;
  if ('gtin' in carrier) return symbol === 'DataBarLimited' && number > LIMITED_MAX ? undefined : `]e001${number}${behind}`;
  return `]${symbol === 'EAN8' ? 'E4' : 'E0'}${symbol === 'EAN8' ? number : number.padStart(13, '0')}${composite === undefined ? '' : `|]e0${behind}`}`;
}

/** Without the FNC1 in front, which the identifier says; those within as group separators. */
const reported = (elements: string): string => elements.slice(1).replaceAll('^', GS);

/** Whether the last element goes on until a separator. */
function isOpenEnded(elements: string): boolean {
  const reading = readElementString(elements, { associations: false, permitUnknownAis: true });
  const last = reading.valid ? reading.elements.at(-1) : undefined;
  return last !== undefined && !elements.endsWith('^') && !(applicationIdentifier(last.ai, true)?.isPredefined ?? false);
}

function numberOf(digits: string, length: number, addCheckDigit: boolean): string | undefined {
  if (!/^[0-9]+$/.test(digits) || digits.length !== (addCheckDigit ? length - 1 : length)) return undefined;
  if (addCheckDigit) return `${digits}${checkDigit(digits)}`;
  return hasValidCheckDigit(digits) ? digits : undefined;
}
