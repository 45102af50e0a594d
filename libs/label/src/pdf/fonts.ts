import { readFile } from 'node:fs/promises';
import { create, type Font } from 'fontkit';
import { type Measure, MM_PER_PT, type Weight } from '../layout/fit-text';

/** Noto Sans SC, whole, under the SIL Open Font License 1.1; the web fonts of the same name lack rare characters. */
const FILES: Readonly<Record<Weight, string>> = {
  regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
};

/** What stands where the font has no picture of a character: 〓, as printers always did. */
export const MISSING = '〓';

/** The fonts of labels, read once by each process that needs them. */
export interface LabelFonts {
  readonly bytes: Readonly<Record<Weight, Buffer>>;
  readonly measure: Measure;
  /** Whether both weights have a picture of a character. */
  has(character: string): boolean;
}

let loaded: Promise<LabelFonts> | undefined;

/** Reads the fonts, 21 MB, or gives those that were read before. */
export function labelFonts(): Promise<LabelFonts> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<LabelFonts> {
  const [regular, bold] = await Promise.all([readFile(require.resolve(FILES.regular)), readFile(require.resolve(FILES.bold))]);
  const bytes = { regular, bold };
  const fonts: Record<Weight, Font> = { regular: create(regular), bold: create(bold) };
  const advances: Record<Weight, Map<string, number>> = { regular: new Map(), bold: new Map() };
  const advanceOf = (character: string, weight: Weight): number => {
    const known = advances[weight].get(character);
    if (known !== undefined) return known;
    const font = fonts[weight];
    const advance = font.glyphForCodePoint(character.codePointAt(0) as number).advanceWidth / font.unitsPerEm;
    advances[weight].set(character, advance);
    return advance;
  };
  return {
    bytes,
    measure: (text, sizePt, weight) => {
      let em = 0;
      for (const character of text) em += advanceOf(character, weight);
      return em * sizePt * MM_PER_PT;
    },
    has: (character) => {
      const codePoint = character.codePointAt(0) as number;
      return fonts.regular.hasGlyphForCodePoint(codePoint) && fonts.bold.hasGlyphForCodePoint(codePoint);
    },
  };
}
