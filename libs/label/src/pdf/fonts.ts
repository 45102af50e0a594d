import { notoSans } from '@daodi/platform';
import { type Measure, MM_PER_PT, type Weight } from '../layout/fit-text';

export { MISSING } from '@daodi/platform';

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
  const { bytes, fonts, has } = await notoSans();
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
    has,
    measure: (text, sizePt, weight) => {
      let em = 0;
      for (const character of text) em += advanceOf(character, weight);
      return em * sizePt * MM_PER_PT;
    },
  };
}
