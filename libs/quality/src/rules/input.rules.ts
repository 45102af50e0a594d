import { inputAmountText } from '@daodi/herbal';
import type { HarvestFacts, InputLotUse, ShareFacts, UseFacts } from './facts';
import { NOBODY, type Rule, type RuleFinding } from './finding';

/**
 * A banned or restricted ingredient was used before the harvest, on land it came from: judged by the list in force on the
 * day of use (公告第199号: not on 中草药材; 公告第736号 from 2026-06-01). Only notices whose day is verified block.
 */
export const inputBanned: Rule = {
  name: 'input-banned',
  version: 1,
  severity: 'blocking',
  title: { zh: '使用了禁用的投入品', en: 'A banned input was used before the harvest' },
  judge: (share) => usesFinding(share, ({ bans }) => bans.some(({ verified }) => verified), ({ name, day, bans }) => ({ input: name, used: day, bans: bans.filter(({ verified }) => verified).map(({ ingredient, notice, from }) => ({ ingredient, notice, from })) })),
};

/** The same by a notice that nobody has confirmed against the printed text. */
export const inputMayBeBanned: Rule = {
  name: 'input-ban-unverified',
  version: 1,
  severity: 'warning',
  title: { zh: '投入品可能已被禁用（公告未核对）', en: 'An input may have been banned by a notice that is not verified' },
  judge: (share) => usesFinding(share, ({ bans }) => bans.length > 0 && bans.every(({ verified }) => !verified), ({ name, day, bans }) => ({ input: name, used: day, bans: bans.map(({ ingredient, notice, from }) => ({ ingredient, notice, from, verified: false })) })),
};

/**
 * Picked before last use and safety interval 安全间隔期 were over, in days of China. The interval is that of the label for
 * this herb, or of the notice or SOP that allows the use.
 */
export const harvestTooSoon: Rule = {
  name: 'harvest-in-safety-interval',
  version: 1,
  severity: 'blocking',
  title: { zh: '安全间隔期内采收', en: 'Harvested within a safety interval' },
  judge: (share) => usesFinding(share, ({ earliestHarvest }, { day }) => earliestHarvest !== undefined && day < earliestHarvest,
    ({ name, day, earliestHarvest, safetyIntervalDays }, harvest) => ({ input: name, used: day, picked: harvest.day, safetyIntervalDays, earliestHarvest })),
};

/**
 * 超范围: neither registered on this herb, nor allowed by a named notice or an approved SOP with interval and evidence. When
 * it may be harvested nobody knows: a release asks for a residue test of the ingredient.
 */
export const inputOffLabel: Rule = {
  name: 'input-off-label',
  version: 1,
  severity: 'warning',
  title: { zh: '超登记范围使用投入品', en: 'An input was used beyond what it is registered for' },
  judge: (share) => usesFinding(share, ({ standing }) => standing === 'off-label', ({ name, day, ingredients }) => ({ input: name, used: day, residueTests: analytesOf({ name, ingredients }) })),
};

/** More of a lot is used, given back or left than was bought, or less. */
export const inputBalance: Rule = {
  name: 'input-balance',
  version: 1,
  severity: 'warning',
  title: { zh: '投入品购、用、存、退不平衡', en: 'What was bought of an input is not what was used, left and given back' },
  judge: ({ inputLots = [] }) => lotsFinding(inputLots.filter(({ difference }) => difference !== 0n), (lot) => ({
    input: lot.name, lot: lot.lot, bought: inputAmountText(lot.bought), used: inputAmountText(lot.used), unexplained: inputAmountText(lot.difference), uom: lot.dimension === 'mass' ? 'KGM' : 'LTR',
  })),
};

/** A lot cannot have been used before it was bought; days on papers can be wrong, so it warns. */
export const inputUsedBeforeBought: Rule = {
  name: 'input-bought-after-use',
  version: 1,
  severity: 'warning',
  title: { zh: '投入品使用早于购入', en: 'An input was used before it was bought' },
  judge: ({ inputLots = [] }) => lotsFinding(inputLots.filter(({ early }) => early.length > 0), (lot) => ({ input: lot.name, lot: lot.lot, bought: lot.boughtOn, used: lot.early.map(({ day }) => day) }), ({ early }) => early.map(({ eventId }) => eventId)),
};

/** More years of growth claimed for a harvest than the crop has stood, the year it was planted in counted as one. */
export const growthYears: Rule = {
  name: 'growth-years-claimed',
  version: 1,
  severity: 'warning',
  title: { zh: '声称的生长年限超过种植批年龄', en: 'More years of growth are claimed than the crop has stood' },
  judge: ({ harvests = [] }) => {
    const odd = harvests.filter(({ day, claimedYears, since }) => claimedYears !== undefined && since !== undefined && claimedYears > Number(day.slice(0, 4)) - Number(since.slice(0, 4)) + 1);
    if (odd.length === 0) return undefined;
    return { numbers: { harvests: odd.map(({ day, claimedYears, since }) => ({ picked: day, claimedYears, since })) }, since: earliest(odd), evidence: odd.map(({ eventId }) => eventId) };
  },
};

/** What a report must name: the ingredients, or the product itself where nobody wrote down what is in it. */
export const analytesOf = ({ name, ingredients }: Pick<UseFacts, 'name' | 'ingredients'>): readonly string[] => (ingredients.length > 0 ? ingredients : [name]);

function usesFinding(
  { harvests = [] }: ShareFacts,
  isOdd: (use: UseFacts, harvest: HarvestFacts) => boolean,
  told: (use: UseFacts, harvest: HarvestFacts) => Readonly<Record<string, unknown>>,
): RuleFinding | undefined {
  const odd = harvests.flatMap((harvest) => (harvest.uses ?? []).filter((use) => isOdd(use, harvest)).map((use) => ({ use, harvest })));
  if (odd.length === 0) return undefined;
  const times = odd.map(({ use, harvest }) => (use.position > harvest.position ? use.position : harvest.position));
  const isByOthers = odd.every(({ use }) => use.appliedBy !== 'own');
  return {
    numbers: { uses: odd.map(({ use, harvest }) => ({ ...told(use, harvest), ...(use.appliedBy !== 'own' && { appliedBy: use.appliedBy }) })) },
    since: times.reduce((min, position) => (position < min ? position : min)),
    evidence: [...new Set(odd.flatMap(({ use, harvest }) => [use.eventId, harvest.eventId]))],
    // Whose spray it was is one side's word: it accuses nobody else.
    ...(isByOthers && { accused: NOBODY }),
  };
}

function lotsFinding(lots: readonly InputLotUse[], told: (lot: InputLotUse) => Readonly<Record<string, unknown>>, shownBy: (lot: InputLotUse) => readonly string[] = ({ eventIds }) => eventIds): RuleFinding | undefined {
  if (lots.length === 0) return undefined;
  const since = lots.map(({ firstPosition }) => firstPosition).reduce((min, position) => (position < min ? position : min));
  return { numbers: { lots: lots.map(told) }, since, evidence: [...new Set(lots.flatMap((lot) => [...shownBy(lot), lot.lot]))] };
}

const earliest = (harvests: readonly HarvestFacts[]): bigint => harvests.map(({ position }) => position).reduce((min, position) => (position < min ? position : min));
