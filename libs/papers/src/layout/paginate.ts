import { type Band, heightOf, moved, type Placed } from './placed';

/** Parts bands into pages of a height. Each page is what is placed on it, from its upper left corner of the text. */
export function paginate(bands: readonly Band[], height: number): Placed[][] {
  const pages: Placed[][] = [[]];
  let y = 0;
  const put = (band: Band): void => {
    (pages.at(-1) as Placed[]).push(...moved(band.placed, 0, y));
    y += band.height;
  };
  bands.forEach((band, i) => {
    const needed = neededFrom(bands, i);
    const isFull = y > 0 && y + Math.min(needed, height) > height + 0.01;
    if (isFull || (band.startsPage === true && (y > 0 || i > 0))) {
      pages.push([]);
      y = 0;
      // A heading that leaves no room for the row below it would be put for ever.
      if (band.headings !== undefined && heightOf(band.headings) + band.height <= height) band.headings.forEach(put);
    }
    put(band);
  });
  return pages;
}

/** What must stand on one page from a band on: itself, and what it does not want to be parted from. */
function neededFrom(bands: readonly Band[], from: number): number {
  let needed = 0;
  for (let i = from; i < bands.length && i < from + 20; i++) {
    needed += (bands[i] as Band).height;
    if (bands[i]?.keepsNext !== true) break;
  }
  return needed;
}
