import { HONEST_KILOGRAMS } from './honest/of-kilograms';
import { HONEST_LAND } from './honest/on-the-land';
import { HONEST_PAPERS_AND_TRADE } from './honest/papers-and-trade';
import { IN_TRADE } from './cheats/in-trade';
import { OF_IDENTITY } from './cheats/of-identity';
import { OF_KILOGRAMS } from './cheats/of-kilograms';
import { OF_PAPERS } from './cheats/of-papers';
import { ON_THE_LAND } from './cheats/on-the-land';
import type { Story } from './story';

/** Everything that is played in one season. */
export const SEASON: readonly Story[] = [...ON_THE_LAND, ...OF_KILOGRAMS, ...OF_IDENTITY, ...OF_PAPERS, ...IN_TRADE, ...HONEST_LAND, ...HONEST_KILOGRAMS, ...HONEST_PAPERS_AND_TRADE];
