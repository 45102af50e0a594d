import { readFile } from 'node:fs/promises';
import { create, type Font } from 'fontkit';

/** Noto Sans SC, whole, under the SIL Open Font License 1.1; the web fonts of the same name lack rare characters. */
const FILES = {
  regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
} as const;

/** What stands where the font has no picture of a character: 〓, as printers always did. */
export const MISSING = '〓';

/** The font of everything we print, in its two weights. */
export interface NotoSans {
  readonly bytes: Readonly<Record<keyof typeof FILES, Buffer>>;
  readonly fonts: Readonly<Record<keyof typeof FILES, Font>>;
  /** Whether both weights have a picture of a character. */
  has(character: string): boolean;
}

let loaded: Promise<NotoSans> | undefined;

/** Reads the fonts, 21 MB, once in each process that needs them. */
export function notoSans(): Promise<NotoSans> {
  loaded ??= load();
  return loaded;
}

/** A text without the characters the font has no picture of. */
export const printableText = (text: string, { has }: Pick<NotoSans, 'has'>): string => [...text].map((character) => (has(character) ? character : MISSING)).join('');

async function load(): Promise<NotoSans> {
  const [regular, bold] = await Promise.all([readFile(require.resolve(FILES.regular)), readFile(require.resolve(FILES.bold))]);
  const fonts = { regular: create(regular), bold: create(bold) };
  return {
    bytes: { regular, bold },
    fonts,
    has: (character) => {
      const codePoint = character.codePointAt(0) as number;
      return fonts.regular.hasGlyphForCodePoint(codePoint) && fonts.bold.hasGlyphForCodePoint(codePoint);
    },
  };
}
