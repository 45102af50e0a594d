import { areaAnswer, AUTHENTIC_WORDS, speciesAnswer, type StatedPlant, WHOLE } from '@daodi/herbal';
import { findHerb } from '@daodi/registry';
import type { CompositionAnswer } from '@daodi/trace';
import type { EntityManager } from 'typeorm';
import type { JudgedHistory } from '../history/judged-history';
import { loadSpecies } from '../history/load-species';

/**
 * 品种道地 and 产区道地, two answers, inherited from what the goods consist of and never typed: by which plants accessions and
 * identifications name behind every harvest, and by where what is proven of it grew. Each says what list it was answered by,
 * and whether that was compared with its source.
 *
 * @param composition as the asker's trace has it; absent where that is not known
 */
export async function authenticityOf(db: Pick<EntityManager, 'query'>, { shares, standards: { goods } }: JudgedHistory, composition: CompositionAnswer | undefined): Promise<object> {
  const herb = goods.herb === undefined ? undefined : await findHerb(db, goods.herb);
  const parts = (composition?.parts ?? []).map(({ proof, places, share }) => ({ proof, places, share: wholeOf(share) }));
  const harvests = shares.filter((share) => share.harvests !== undefined).map(({ species = [] }) => species);
  const species = speciesAnswer(harvests, parts.length > 0 && parts.every(({ proof }) => proof === 'proven'));
  const area = areaAnswer(parts, herb?.areas ?? []);
  return {
    species: { ...species, words: AUTHENTIC_WORDS[species.answer] },
    area: { answer: area.answer, words: AUTHENTIC_WORDS[area.answer], insidePercent: `${Math.floor(area.permilleInside / 10)}.${area.permilleInside % 10}`, areas: area.areas, verified: area.verified },
  };
}

/** What accessions and identifications say of the plants behind these crops, however many nurseries back. */
export async function plantsOf(db: Pick<EntityManager, 'query'>, crops: readonly string[]): Promise<({ readonly node: string } & StatedPlant)[]> {
  return [...(await loadSpecies(db, crops)).entries()].flatMap(([key, own]) => own.map(({ stated, accepted, verified }) => ({ node: key.split(' ')[0] as string, stated, accepted, verified })));
}

/** A share as an answer has it, of the whole. */
function wholeOf(share: string): bigint {
  const [whole = '0', fraction = ''] = share.split('.');
  return BigInt(whole) * WHOLE + BigInt(fraction.padEnd(WHOLE.toString().length - 1, '0'));
}
