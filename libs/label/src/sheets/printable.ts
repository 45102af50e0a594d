import type { LabelText } from '../layout/label-text';
import { MISSING } from '../pdf/fonts';

/** A text with pictures for every character, and what had to be replaced. */
export interface Printable {
  readonly text: LabelText;
  readonly missing: readonly string[];
}

/**
 * Puts 〓 for what the font has no picture of, and says below which characters those are; they are never dropped in
 * silence. Line breaks, tabs and rare spaces become a space; other control characters have no picture either.
 */
export function printable(text: LabelText, has: (character: string) => boolean): Printable {
  const missing = new Set<string>();
  const plain = (value: string): string =>
    [...value.normalize('NFC').replace(/[\s\u00a0\u2000-\u200a\u202f\u3000]+/gu, ' ').trim()].map((character) => {
      if (has(character)) return character;
      missing.add(character);
      return MISSING;
    }).join('');
  const shown: LabelText = {
    ...text,
    title: plain(text.title),
    ...(text.subtitle !== undefined && { subtitle: plain(text.subtitle) }),
    fields: text.fields.map((field) => ({ ...field, value: plain(field.value) })),
    notes: text.notes.map(({ zh, en }) => ({ zh: plain(zh), en: plain(en) })),
  };
  if (missing.size === 0) return { text: shown, missing: [] };
  const names = [...missing].map(codePointName);
  return { text: { ...shown, notes: [...shown.notes, { zh: `${MISSING} 字库无此字 ${names.join('、')}`, en: 'not in the font' }] }, missing: [...missing] };
}

/** `U+20BBF`. */
export const codePointName = (character: string): string => `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
