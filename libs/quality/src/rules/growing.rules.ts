import { mostFresh } from '@daodi/herbal';
import { amountOut } from '@daodi/trace';
import type { HarvestFacts, ShareFacts } from './facts';
import type { Rule, RuleFinding } from './finding';

interface Odd {
  readonly numbers: Readonly<Record<string, unknown>>;
  readonly since: bigint;
}

/**
 * 抢青: picked before the day from which the county let it be picked. A note and no more: counties open by yearly notice,
 * at different days, and where no notice of that year is on record nothing is said. Where several are, the earliest counts.
 */
export const pickedEarly: Rule = {
  name: 'picked-before-notice',
  version: 1,
  severity: 'note',
  title: { zh: '采收早于开采公告', en: 'Picked before the county’s opening notice' },
  judge: (share) => found(share, ({ day, position, openings }) => {
    const ofYear = openings.filter(({ from }) => from.slice(0, 4) === day.slice(0, 4)).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
    const [first] = ofYear;
    if (first === undefined || day >= first.from) return undefined;
    return { numbers: { picked: day, opens: first.from, region: first.region, notice: first.number }, since: max(position, first.position) };
  }),
};

/**
 * 轮采: picked on land that the organisation's own plan lets rest in that year. A harvest that does not name its land is
 * spoken of only where all land of its crop rests.
 */
export const pickedAtRest: Rule = {
  name: 'picked-while-resting',
  version: 1,
  severity: 'warning',
  title: { zh: '在封育（停采）年份采收', en: 'Picked on land that rests this year' },
  judge: (share) => found(share, ({ day, position, plots, named }) => {
    const year = Number(day.slice(0, 4));
    const resting = plots.flatMap((plot) => plot.resting.filter((rest) => rest.year === year).slice(0, 1).map((rest) => ({ id: plot.id, position: rest.position })));
    const rested = new Set(resting.map(({ id }) => id)).size;
    if (rested === 0 || (!named && rested < plots.length)) return undefined;
    return { numbers: { picked: day, land: rested, of: plots.length }, since: resting.reduce((since, rest) => max(since, rest.position), position) };
  }),
};

/** Picked on land for which contracts are on record, none of which holds on that day. Land without any is not spoken of. */
export const pickedOffContract: Rule = {
  name: 'picked-without-contract',
  version: 1,
  severity: 'warning',
  title: { zh: '采收日不在承包合同期内', en: 'Picked on a day no contract for the land covers' },
  judge: (share) => found(share, ({ day, position, plots }) => {
    const off = plots.filter(({ contracts }) => contracts.length > 0 && contracts.every(({ from, to }) => day < from || day > to));
    if (off.length === 0) return undefined;
    return {
      numbers: { picked: day, land: off.length, of: plots.length, until: off.flatMap(({ contracts }) => contracts.map(({ to }) => to)).sort().at(-1) },
      since: off.flatMap(({ contracts }) => contracts).reduce((since, contract) => max(since, contract.position), position),
    };
  }),
};

/**
 * More was harvested from a ground in one year than it credibly gives: area × highest known yield, with a quarter on top for a
 * good year, against all harvests of that herb on it. No such yield is confirmed, so it warns.
 */
export const yieldOverArea: Rule = {
  name: 'yield-over-area',
  version: 1,
  severity: 'warning',
  title: { zh: '采收量超过该地块的合理产量', en: 'More was harvested than the ground credibly gives' },
  judge: ({ grounds = [] }) => {
    const odd = grounds.flatMap((ground) => {
      const most = mostFresh(ground.herb, ground.mode, ground.areaM2);
      return most === undefined || ground.freshMg <= most.mostMg ? [] : [{ ground, most }];
    });
    const [first] = odd;
    if (first === undefined) return undefined;
    return {
      numbers: { grounds: odd.map(({ ground: { year, areaM2, harvests, freshMg }, most: { mostMg, dryKgPerMu, freshPerDry, source } }) => ({
        year, areaMu: Math.round((Number(areaM2) * 15) / 100) / 100, harvests, harvested: amountOut(freshMg, 'mg'), most: amountOut(mostMg, 'mg'), unexplained: amountOut(freshMg - mostMg, 'mg'), uom: 'KGM',
        dryKgPerMu: Number(dryKgPerMu), freshPerDry: Number(freshPerDry) / 100, verified: false, source,
      })) },
      since: odd.reduce((since, { ground }) => (ground.position < since ? ground.position : since), first.ground.position),
      evidence: odd.flatMap(({ ground }) => ground.eventIds),
    };
  },
};

/** Denser or thinner than was meant when it was planted. Which density is right is not for us to say. */
export const plantingDensity: Rule = {
  name: 'planting-density',
  version: 1,
  severity: 'warning',
  title: { zh: '定植密度超出预定范围', en: 'Planted denser or thinner than was meant' },
  judge: ({ planting, identifier }) => {
    if (planting?.perMu === undefined) return undefined;
    const { perMu, min, max: most, areaMu, position, uom } = planting;
    const isOdd = (min !== undefined && perMu < min) || (most !== undefined && perMu > most);
    return isOdd ? { numbers: { perMu, min, max: most, areaMu, uom }, since: position, evidence: [identifier] } : undefined;
  },
};

function found({ harvests = [] }: ShareFacts, judge: (harvest: HarvestFacts) => Odd | undefined): RuleFinding | undefined {
  const odd = harvests.flatMap((harvest) => {
    const one = judge(harvest);
    return one === undefined ? [] : [{ ...one, eventId: harvest.eventId }];
  });
  const [first] = odd;
  if (first === undefined) return undefined;
  return { numbers: { harvests: odd.map(({ numbers }) => numbers) }, since: odd.reduce((since, one) => (one.since < since ? one.since : since), first.since), evidence: odd.map(({ eventId }) => eventId) };
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
