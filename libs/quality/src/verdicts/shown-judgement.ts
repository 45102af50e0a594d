import type { StandardsJudgement } from './judge-standards';

/** What each outcome says to people. */
export const OUTCOME_WORDS: Readonly<Record<StandardsJudgement['outcome'], { readonly zh: string; readonly en: string }>> = {
  unlawful: { zh: '不符合法定标准', en: 'does not comply with a statutory standard' },
  'rejected-by-firm': { zh: '不符合内控或约定的标准', en: 'below what the firm or its contract asks' },
  undetermined: { zh: '无法判定', en: 'cannot be said' },
  'no-statutory-standard': { zh: '未按法定标准判定', en: 'not judged by a statutory standard' },
  passed: { zh: '符合所适用的全部标准', en: 'complies with every standard that binds it' },
};

/** A judgement as an answer shows it: standards side by side, every item with its reason and numbers, each limit with its state. */
export function shownJudgement({ by, outcome, verdict, statutory, house, other, goods, producedOn, thereBy, standards }: StandardsJudgement): object {
  return {
    by, outcome, words: OUTCOME_WORDS[outcome], verdict, statutory, house, other, goods, producedOn, thereBy,
    standards: standards.map(({ states, items, ...standard }) => ({ ...standard, items: items.map((item) => ({ ...item, state: states[item.limit] })) })),
  };
}

/** What a release's record keeps of it: which versions judged, and what each came to. */
export function keptJudgement({ outcome, producedOn, thereBy, standards }: StandardsJudgement): object {
  return {
    outcome, ...(producedOn !== undefined && { producedOn }), ...(thereBy !== undefined && { thereBy }),
    standards: standards.map(({ standard, version, versionNumber, family, name, edition, statutory, verdict }) => ({ standard, version, versionNumber, family, name, ...(edition !== undefined && { edition }), statutory, verdict })),
  };
}
