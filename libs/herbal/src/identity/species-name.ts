/** The parts of a plant's Latin name that say which it is; whoever described it is left out. */
export interface SpeciesName {
  readonly genus: string;
  readonly epithet: string;
  /** `var. spinosa`, `subsp. …`, `f. …`: rank and name. */
  readonly below?: string;
}

const RANKS: Readonly<Record<string, string>> = { 'var.': 'var.', 'subsp.': 'subsp.', 'ssp.': 'subsp.', 'f.': 'f.', 'cv.': 'cv.' };
/** A word of a name: `bracteatum`, `novae-angliae`; what joins authors is none. */
const WORD = /^(?!(?:ex|et|in|non)$)[a-zé][a-zéëïöü-]+$/u;

/**
 * Reads a Latin name of a species, with or without authors: `Ziziphus jujuba Mill. var. spinosa (Bunge) Hu ex H. F. Chou`.
 *
 * @returns undefined where it is no name of a species: a Chinese name, a genus alone, `Bupleurum sp.`
 */
export function readSpeciesName(text: string): SpeciesName | undefined {
  const words = text.normalize('NFKC').trim().replace(/[×✕]\s*/gu, '').split(/\s+/u);
  const [genus = '', epithet = ''] = words;
  if (!/^[A-Z][a-zë-]+$/u.test(genus) || !WORD.test(epithet) || epithet === 'sp' || epithet === 'spp') return undefined;
  for (const [i, word] of words.entries()) {
    const [rank, name] = [RANKS[word.toLowerCase()], words[i + 1] ?? ''];
    if (i > 1 && rank !== undefined && WORD.test(name)) return { genus, epithet, below: `${rank} ${name}` };
  }
  return { genus, epithet };
}

/**
 * Whether a plant is one of those accepted as a herb (基原): of the same species, and of the same variety where a variety is what
 * is accepted. A plant named without its variety is not of it: 枣 is not 酸枣.
 *
 * @param accepted Latin names, as a catalogue has them
 * @returns undefined where that cannot be told: a name nobody can read, or nothing accepted on record
 */
export function isAcceptedSpecies(stated: string, accepted: readonly string[]): boolean | undefined {
  const plant = readSpeciesName(stated);
  const known = accepted.flatMap((name) => readSpeciesName(name) ?? []);
  if (plant === undefined || known.length === 0 || known.length < accepted.length) return undefined;
  return known.some(({ genus, epithet, below }) => genus === plant.genus && epithet === plant.epithet && (below === undefined || below === plant.below));
}
