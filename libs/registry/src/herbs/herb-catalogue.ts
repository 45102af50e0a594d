import { type Draft, record } from '../acts/draft';
import type { Herb } from './herbs.service';

/** Nest token of the herbs a new installation begins with. */
export const HERB_CATALOGUE = Symbol('HERB_CATALOGUE');

const TEXTS = ['code', 'name', 'pinyin', 'latin', 'part', 'source'] as const;

/**
 * Reads a catalogue of herbs (the product ships one as `seeds/herbs.json`).
 *
 * @throws Error naming the first row that is no herb, or a code that occurs twice: the product was built wrongly
 */
export function readHerbCatalogue(json: unknown): readonly Herb[] {
  const codes = new Set<string>();
  return (json as unknown[]).map((row, i) => {
    const herb = row as Herb;
    const parts = [...(herb.species ?? []), ...(herb.forms ?? []), ...(herb.areas ?? [])];
    const areParts = parts.every((part) => typeof part.source === 'string' && part.source !== '' && typeof part.verified === 'boolean');
    const isHerb = areParts && TEXTS.every((name) => typeof herb[name] === 'string' && herb[name] !== '') && Array.isArray(herb.grades) && typeof herb.verified === 'boolean';
    if (!isHerb || codes.has(herb.code)) throw new Error(`row ${i} of the herb catalogue is no herb, or its code occurs twice`);
    codes.add(herb.code);
    return herb;
  });
}

/** The records by which herbs come into the log. */
export function herbRecords(herbs: readonly Herb[]): Draft[] {
  return herbs.map(({ code, ...state }) => record('herb', code, 'created', { new: state }));
}
