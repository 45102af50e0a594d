import { together } from './judge-standard';
import { type StandardVerdict, type Standing, STANDING_OF_FAMILY, type Verdict } from './verdict';

/** What goods come to under all standards that bind them, side by side. */
export interface FamiliesVerdict {
  /** By standing; absent where no standard of it binds. */
  readonly statutory?: Verdict;
  readonly house?: Verdict;
  readonly other?: Verdict;
  readonly standards: readonly StandardVerdict[];
  /**
   * `unlawful` 不符合法定标准: a statutory fail, final whatever the others say. `rejected-by-firm` 内控不合格: below what the firm
   * or its contract asks, and by itself nothing unlawful ({@link statutory} says what the law's standards come to). `undetermined`: something cannot be said. `passed`: all of it passes, a statutory
   * standard among it. `no-statutory-standard`: all that binds passes, and nothing of it is the law's.
   */
  readonly outcome: 'unlawful' | 'rejected-by-firm' | 'undetermined' | 'no-statutory-standard' | 'passed';
  readonly verdict: Verdict;
}

/** Puts the verdicts of standards side by side. The law comes first, and nothing weighs against it. */
export function judgeFamilies(standards: readonly StandardVerdict[]): FamiliesVerdict {
  const of = (standing: Standing): Verdict | undefined => {
    const verdicts = standards.filter(({ family }) => STANDING_OF_FAMILY[family] === standing).map(({ verdict }) => verdict);
    return verdicts.length === 0 ? undefined : together(verdicts);
  };
  const [statutory, house, other] = [of('statutory'), of('house'), of('other')];
  const outcome = outcomeOf(statutory, [house, other]);
  return {
    ...(statutory !== undefined && { statutory }), ...(house !== undefined && { house }), ...(other !== undefined && { other }), standards, outcome,
    verdict: outcome === 'passed' ? 'pass' : outcome === 'unlawful' || outcome === 'rejected-by-firm' ? 'fail' : 'undetermined',
  };
}

function outcomeOf(statutory: Verdict | undefined, rest: readonly (Verdict | undefined)[]): FamiliesVerdict['outcome'] {
  if (statutory === 'fail') return 'unlawful';
  if (rest.includes('fail')) return 'rejected-by-firm';
  if (statutory === 'undetermined' || rest.includes('undetermined')) return 'undetermined';
  return statutory === undefined ? 'no-statutory-standard' : 'passed';
}
