import { DAODI_NAMESPACE, DAODI_PREFIX } from '@daodi/epcis';
import { epcisProblem } from './epcis-problem';

/** The version of EPCIS and of its Core Business Vocabulary this server speaks; there is one of each. */
export const EPCIS_VERSION = '2.0.0';

/** Headers of every answer below /epcis. */
export const VERSION_HEADERS: Readonly<Record<string, string>> = {
  'GS1-EPCIS-Version': EPCIS_VERSION,
  'GS1-CBV-Version': EPCIS_VERSION,
  'GS1-Extensions': `${DAODI_PREFIX}=${DAODI_NAMESPACE}`,
};

/** Headers of OPTIONS: what can be asked for. Identifiers are given back as they were sent, never translated. */
export const CAPABILITY_HEADERS: Readonly<Record<string, string>> = {
  ...VERSION_HEADERS,
  'GS1-EPCIS-Min': EPCIS_VERSION,
  'GS1-EPCIS-Max': EPCIS_VERSION,
  'GS1-CBV-Min': EPCIS_VERSION,
  'GS1-CBV-Max': EPCIS_VERSION,
  'GS1-EPC-Format': 'Never_Translates',
  'GS1-CBV-XML-Format': 'Never_Translates',
  'GS1-Vendor-Version': '0.1.0',
};

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Refuses what this server cannot answer: a version of EPCIS or CBV it does not speak, an `Accept` that leaves out JSON.
 * @throws Problem 406
 */
export function refuseUnacceptable(headers: Headers): void {
  for (const standard of ['gs1-epcis', 'gs1-cbv']) {
    const wanted = text(headers[`${standard}-version`]);
    const min = text(headers[`${standard}-min`]);
    const max = text(headers[`${standard}-max`]);
    const cannot =
      (wanted !== undefined && compared(wanted) !== 0) || (min !== undefined && !(compared(min) <= 0)) || (max !== undefined && !(compared(max) >= 0));
    if (cannot) {
      throw epcisProblem('NotAcceptableException', {
        detail: { zh: `本服务器只支持 ${EPCIS_VERSION} 版`, en: `this server speaks version ${EPCIS_VERSION} only` },
        headers: VERSION_HEADERS,
      });
    }
  }
  if (jsonTypeFor(text(headers.accept)) === undefined) {
    const detail = { zh: '可用格式：application/json、application/ld+json', en: 'available: application/json, application/ld+json' };
    throw epcisProblem('NotAcceptableException', { detail, headers: VERSION_HEADERS });
  }
}

/** The media type to answer in; undefined where the asker takes none of ours. */
export function jsonTypeFor(accept: string | undefined): 'application/json' | 'application/ld+json' | undefined {
  if (accept === undefined || accept.trim() === '') return 'application/json';
  const taken = accept.split(',').map((part) => part.split(';').map((piece) => piece.trim().toLowerCase()));
  const ranges = taken.filter((pieces) => !pieces.slice(1).some((piece) => /^q=0(\.0*)?$/.test(piece))).map(([range]) => range);
  if (ranges.some((range) => range === 'application/json' || range === 'application/*' || range === '*/*')) return 'application/json';
  // A problem is no answer to a question, but whoever takes problems takes JSON.
  if (ranges.includes('application/problem+json')) return 'application/json';
  return ranges.includes('application/ld+json') ? 'application/ld+json' : undefined;
}

/** A version against ours, over the parts it has: negative if it is older; NaN if it is no version. */
function compared(version: string): number {
  if (!/^\d{1,4}(\.\d{1,4}){0,2}$/.test(version)) return Number.NaN;
  const ours = EPCIS_VERSION.split('.').map(Number);
  for (const [i, part] of version.split('.').entries()) {
    const difference = Number(part) - (ours[i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

const text = (header: string | string[] | undefined): string | undefined => {
  const value = typeof header === 'string' ? header.trim() : undefined;
  return value === '' ? undefined : value;
};
