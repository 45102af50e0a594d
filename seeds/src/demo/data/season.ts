import type { Act, Chapter } from './act';
import { codonopsisChapter } from './chapters/codonopsis';
import { compoundChapter } from './chapters/compound';
import { greenHeaps } from './chapters/green-heaps';
import { mixedForsythia } from './chapters/mixed-forsythia';
import { oldForsythiaChapter } from './chapters/old-forsythia';
import { packedForsythia } from './chapters/packed-forsythia';
import { rehmanniaChapter, untestedRehmannia } from './chapters/rehmannia';
import { scutellariaChapter } from './chapters/scutellaria';
import { sprayedForsythia } from './chapters/sprayed-forsythia';

/** The season, a chapter for each line of material; those that wait for acts of others come after them. @param year its calendar year */
export function chapters(year: number): readonly Chapter[] {
  return [
    packedForsythia(year), greenHeaps(year), untestedRehmannia(year), rehmanniaChapter(year), scutellariaChapter(year), codonopsisChapter(year), sprayedForsythia(year),
    oldForsythiaChapter(year), mixedForsythia(year), compoundChapter(year),
  ];
}

/** Everything that is played. @param year the calendar year of the season */
export const season = (year: number): readonly Act[] => chapters(year).flat();
