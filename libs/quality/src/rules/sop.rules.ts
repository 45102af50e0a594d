import type { ShareFacts, SopFacts } from './facts';
import type { Rule, RuleFinding } from './finding';

/** Work that says it followed a version of an SOP which was not the one in force on its day, or is not on record. */
export const sopNotInForce: Rule = {
  name: 'sop-not-in-force',
  version: 1,
  severity: 'note',
  title: { zh: '所依规程版本当日不在有效期内', en: 'The version of the SOP that was followed was not in force on that day' },
  judge: (share) => found(share, ({ standing }) => standing !== 'in-force', ({ day, code, version, standing, newer }) => ({ day, sop: code, version, standing, newer })),
};

/** More hours between picking and processing than the organisation's own SOP allows. */
export const processedLate: Rule = {
  name: 'processed-late',
  version: 1,
  severity: 'warning',
  title: { zh: '采收到加工的时间超过规程', en: 'More hours from picking to processing than the SOP allows' },
  judge: (share) => found(share, ({ hours, hoursAllowed }) => hours !== undefined && hoursAllowed !== undefined && hours > hoursAllowed, ({ day, code, version, hours, hoursAllowed }) => ({ day, sop: code, version, hours, hoursAllowed })),
};

function found({ sops = [] }: ShareFacts, isOdd: (sop: SopFacts) => boolean, told: (sop: SopFacts) => Readonly<Record<string, unknown>>): RuleFinding | undefined {
  const odd = sops.filter(isOdd);
  if (odd.length === 0) return undefined;
  return { numbers: { work: odd.map(told) }, since: odd.map(({ position }) => position).reduce((min, position) => (position < min ? position : min)), evidence: odd.map(({ eventId }) => eventId) };
}
