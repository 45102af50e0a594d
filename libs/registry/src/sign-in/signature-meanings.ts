import type { Bilingual } from '@daodi/platform';

/**
 * What an electronic signature under an act says. The words are shown before the password is given, and stand in the record
 * that is signed, so that what somebody answered for cannot be told otherwise later.
 */
export const SIGNATURE_MEANINGS = {
  'finding-accepted': {
    zh: '我已阅读该问题所列的数值与依据，特批此预警，并对此决定负责。',
    en: 'I have read the figures and the evidence of this finding, accept the warning, and answer for it.',
  },
  'release-conceded': {
    zh: '我已阅读不符合或无法判定的合同项目，买方已书面同意，我决定让步放行，并对此决定负责。',
    en: 'I have read the items of the contract that fail or are undetermined; the buyer has agreed in writing; I release by concession, and answer for it.',
  },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type SignatureMeaning = keyof typeof SIGNATURE_MEANINGS;

/** The same, as descriptions of the field that names one. */
export const SIGNATURE_WORDS: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(SIGNATURE_MEANINGS).map(([name, { zh, en }]) => [name, `${zh} ${en}`]));
