import register from '../../../../seeds/regions.json';

/** A text in the languages of the page. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

const NAMES: ReadonlyMap<string, Words> = new Map(register.regions.map(({ code, name, en }) => [code, { zh: name, en }]));

/** Whether the names have been compared with the printed standard. */
export const REGIONS_VERIFIED: boolean = register.verified;

/** Municipalities whose name stands for province and city alike. */
const MUNICIPALITIES = new Set(['110000', '120000', '310000', '500000']);

/**
 * A place to the county, never finer, in words: `山西省临汾市安泽县`, `Anze County, Linfen, Shanxi`. Where a level is not
 * known by name, the place is named to the level above it; where nothing is known, by its code.
 *
 * @param code GB/T 2260, six digits
 */
export function placeName(code: string): Words {
  const province = `${code.slice(0, 2)}0000`;
  const city = `${code.slice(0, 4)}00`;
  const levels = [...new Set([province, ...(MUNICIPALITIES.has(province) ? [] : [city]), code])];
  const known: Words[] = [];
  for (const level of levels) {
    const name = NAMES.get(level);
    if (name === undefined) break;
    known.push(name);
  }
  if (known.length === 0) return { zh: `行政区划代码 ${code}`, en: `area code ${code}` };
  return { zh: known.map(({ zh }) => zh).join(''), en: known.map(({ en }) => en).reverse().join(', ') };
}
