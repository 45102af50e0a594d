import { AUTHENTIC_WORDS } from '@daodi/herbal';
import type { Passport, Words } from '../domain/passport';
import { partWords, proofWords } from '../domain/public-composition';
import { type PageSetting, sayer } from './layout';

/** What it consists of, where that is more than one thing, or not all of it proven. */
export function Composition({ passport: { composition }, setting }: { readonly passport: Passport; readonly setting: PageSetting }) {
  const say = sayer(setting);
  if (composition === undefined || composition.parts.every(({ proof }) => proof === 'proven') && composition.parts.length < 2) return null;
  return (
    <section aria-labelledby="composition">
      <h2 id="composition">{say({ zh: '构成', en: 'What it consists of' })}</h2>
      <ul class="list">{composition.parts.map((part) => <li>{say(partWords(part))}</li>)}</ul>
      {composition.parts.some(({ proof }) => proof === 'declared') && (
        <p class="soft">{say({ zh: '「申报」：收进这批货的单位自己说的，没有种植和采收的记录证实。', en: '“Declared”: whoever took the goods in says so; no record of growing and harvest proves it.' })}</p>
      )}
      {composition.state === 'undetermined' && (
        <p class="soft">{say({ zh: '有的重量没有记录或对不上，那一部分占多少、来自哪里，无法判定。', en: 'Some weights are missing or do not add up; of that part it cannot be told what it is.' })}</p>
      )}
    </section>
  );
}

/** The one place all of it grew in; of a crop, where it stands. A mixture of several places has none. */
export function originRow({ claims, composition, origins }: Passport, say: (words: Words) => string): string | undefined {
  if (composition === undefined) return origins.length === 0 ? undefined : origins.map(say).join(say({ zh: '、', en: '; ' }));
  if (claims?.origin === undefined) return undefined;
  return claims.proven ? say(claims.origin) : `${say(claims.origin)}${say({ zh: '（', en: ' (' })}${say(proofWords('declared'))}${say({ zh: '）', en: ')' })}`;
}

/** 品种道地 and 产区道地, each where there is a list to answer by. */
export function authenticRows({ authentic }: Passport): [Words, Words][] {
  if (authentic === undefined) return [];
  const { species, area } = authentic;
  const rows: [Words, Words][] = [];
  if (species.answer !== 'no-list') rows.push([{ zh: '品种道地', en: 'Authentic plant' }, answered(species.answer, species.plants, species.verified)]);
  if (area.answer !== 'no-list') rows.push([{ zh: '产区道地', en: 'Authentic area' }, answered(area.answer, area.areas, area.verified)]);
  return rows;
}

function answered(answer: keyof typeof AUTHENTIC_WORDS, names: readonly string[], verified: boolean): Words {
  const { zh, en } = AUTHENTIC_WORDS[answer];
  const unverified = verified || answer === 'not-shown' ? undefined : { zh: '所据名录未核对原文', en: 'by a list not compared with its source' };
  return {
    zh: `${zh}${bracketed([...(names.length > 0 ? [names.join('、')] : []), ...(unverified === undefined ? [] : [unverified.zh])], '（', '；', '）')}`,
    en: `${en}${bracketed([...(names.length > 0 ? [names.join(', ')] : []), ...(unverified === undefined ? [] : [unverified.en])], ' (', '; ', ')')}`,
  };
}

const bracketed = (words: readonly string[], open: string, between: string, close: string): string => (words.length === 0 ? '' : `${open}${words.join(between)}${close}`);
