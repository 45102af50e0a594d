/**
 * The words that GS1 Digital Link URI Syntax 1.1 allowed in place of AIs; withdrawn since, and still found on labels; `tpx` and `uic`
 * were never among them, and are read in event data.
 */
const ALPHAS: Readonly<Record<string, string>> = {
  cpid: '8010', cpsn: '8011', cpv: '22', gcn: '255', gdti: '253', giai: '8004', ginc: '401', gln: '414', glnx: '254', gmn: '8013', grai: '8003', gsin: '402',
  gsrn: '8018', gsrnp: '8017', gtin: '01', itip: '8006', lot: '10', party: '417', refno: '8020', ser: '21', srin: '8019', sscc: '00', tpx: '235', uic: '7040',
};

const BY_AI = new Map(Object.entries(ALPHAS).map(([alpha, ai]) => [ai, alpha]));

/** The AI a word stands for. */
export const convenienceAlpha = (word: string): string | undefined => (Object.hasOwn(ALPHAS, word) ? ALPHAS[word] : undefined);

/** The word for an AI; empty where there is none. */
export const aliasOf = (ai: string): string => BY_AI.get(ai) ?? '';
