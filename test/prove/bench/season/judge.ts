import assert from 'node:assert/strict';
import { isGuilty } from './cast';
import type { Found } from './findings';
import type { Severity, Story } from './story';

const WEIGHT: Readonly<Record<Severity, number>> = { note: 0, warning: 1, blocking: 2 };

/** Notes that say how something is known and not that it is wrong: they find no cheat. */
const SAYS_NOTHING_OF_FRAUD = new Set(['written-late']);

/**
 * A cheat is found: a finding that is heavy enough, by an entry of a guilty act, against the guilty organisation.
 * @param entriesOf names of the entries an act left @throws AssertionError saying what came instead
 */
export function isFound({ name, guilt }: Story, found: readonly Found[], entriesOf: (act: string) => readonly string[]): void {
  if (guilt === undefined || guilt.inPlaceOfAFinding !== undefined) return;
  const about = found.filter(({ batch }) => batch.startsWith(`${name}/`));
  const entries = new Set(guilt.acts.flatMap(entriesOf));
  const shows = ({ evidence }: Found): boolean => evidence.some((entry) => entries.has(entry));
  const fits = found.some((one) => !SAYS_NOTHING_OF_FRAUD.has(one.rule) && WEIGHT[one.severity] >= WEIGHT[guilt.atLeast ?? 'warning'] && one.accused === guilt.org && shows(one));
  assert.ok(fits, `not found: ${guilt.org} by ${guilt.acts.slice(0, 4).join(', ')}, ${guilt.atLeast ?? 'warning'} or more. What came:\n${linesOf(about)}`);
}

/** Nothing above a note stands against whoever is honest; and where a story has no cheat, nothing above a note at all. @throws AssertionError */
export function isLeftAlone({ name, guilt, acts, stands = [] }: Story, found: readonly Found[]): void {
  const about = found.filter(({ batch }) => batch.startsWith(`${name}/`));
  const isAllHonest = guilt === undefined && !acts.some(({ org }) => isGuilty(org));
  const isWrong = ({ rule, accused }: Found): boolean => (accused === 'nobody' ? isAllHonest && !stands.includes(rule) : isAllHonest || !isGuilty(accused));
  const wrong = about.filter((one) => one.severity !== 'note' && isWrong(one));
  assert.equal(wrong.length, 0, `above a note against the honest:\n${linesOf(wrong)}`);
}

export const linesOf = (found: readonly Found[]): string => found.map(({ rule, severity, batch, organisation, accused, numbers, evidence }) => `  ${severity} ${rule} ${batch} of ${organisation}, accused ${accused}, ${JSON.stringify(numbers)}, by ${evidence.join(' ')}`).join('\n') || '  nothing';
