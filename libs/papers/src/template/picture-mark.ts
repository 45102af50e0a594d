/** How a picture's text is told from other text between filling a template and drawing it: two characters no record holds. */
const OPEN = '\uE000';
const CLOSE = '\uE001';

/** The text as a picture. */
export const pictureOf = (text: string): string => (text === '' ? '' : `${OPEN}${text}${CLOSE}`);

/** A text parted into words and pictures. */
export const partPictures = (text: string): { readonly text: string; readonly isPicture: boolean }[] =>
  text.split(/(\uE000[^\uE001]*\uE001)/u).filter((part) => part !== '').map((part) => (part.startsWith(OPEN) ? { text: part.slice(1, -1), isPicture: true } : { text: part, isPicture: false }));

/** A value as it may stand in a paper: one line, none of our marks, nothing XML cannot hold. */
export const plainValue = (text: string): string => text.normalize('NFC').replace(/[\s\u00a0\u2000-\u200a\u2028\u2029\u202f]+/gu, ' ').replace(/[\u0000-\u001f\u007f\uE000\uE001\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu, '').trim();
