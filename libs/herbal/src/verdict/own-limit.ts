import { judgeLines } from './judge-item';
import { type LimitDirection, readLimit } from './read-limit';
import type { ReportedItem } from './verdict';

/** Directions a printed limit may have; words say nothing that a number could be outside of. */
const DIRECTIONS: readonly LimitDirection[] = ['max', 'min', 'range'];
/** A bare number does not say which way it binds. */
const SAYS_WHICH_WAY = /^(?:应|不|≤|≦|≥|≧|[<>]|小于|低于|大于|高于|nmt|nlt|not )|[~～–—至-]/iu;

/**
 * Whether a report's result lies outside the limit the report itself prints for it: `620` beside 不得过 400. Only where both
 * are plain and in one unit; what cannot be read is no contradiction, and no pass either.
 *
 * @param limitText as printed; its unit may stand in it or beside the result
 */
export function isOutsideOwnLimit(item: ReportedItem, limitText: string | undefined): boolean {
  if (limitText === undefined || !SAYS_WHICH_WAY.test(limitText.normalize('NFKC').trim())) return false;
  return DIRECTIONS.some((direction) => {
    const unit = [undefined, item.unit].find((one) => readLimit(limitText, direction, one).kind === 'numeric');
    if (readLimit(limitText, direction, unit).kind !== 'numeric') return false;
    const { stated: _s, ...line } = item;
    return judgeLines({ id: 'printed', test: item.test, direction, limitText, unit, confirmed: false }, [line], undefined).reason === 'outside-limit';
  });
}
