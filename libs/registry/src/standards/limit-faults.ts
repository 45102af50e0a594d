import { itemCode as codeOf, readLimit } from '@daodi/herbal';
import type { Fault } from '@daodi/platform';
import { halfWidth, plain, type StandardLimit, type TypedLimit } from './limit';

/** The number alone: what stands around it in print, 不得过 and the unit, has places of its own. */
const DECIMAL = /^\d+(\.\d+)?$/;
const RANGE = /^(\d+(?:\.\d+)?)[~～—–-](\d+(?:\.\d+)?)$/;
/** Whether the kernel reads it; in which unit is another matter. */
const isRead = (text: string, direction: TypedLimit['direction']): boolean => readLimit(text, direction, '%').kind === 'numeric';

/** What is wrong with the limits of a standard, a fault each. @param at JSON pointer of the list */
export function limitFaults(limits: readonly TypedLimit[], at = '/limits'): Fault[] {
  const seen = new Map<string, number>();
  return limits.flatMap((limit, i) => {
    const faults = faultsOf(limit).map(({ member, ...fault }): Fault => ({ pointer: `${at}/${i}/${member}`, ...fault }));
    const same = [limit.item, limit.analytes?.join('+') ?? '', limit.unit ?? '', limit.direction].map(plain).join('|');
    const first = seen.get(same);
    if (first !== undefined) {
      faults.push({ pointer: `${at}/${i}/item`, rule: 'limit-twice', detail: { zh: `与第 ${first + 1} 项是同一限度`, en: `It is the same limit as number ${first + 1}` } });
    }
    seen.set(same, first ?? i);
    return faults;
  });
}

interface MemberFault {
  readonly member: string;
  readonly rule: string;
  readonly detail: { readonly zh: string; readonly en: string };
}

function faultsOf({ direction, limitText, unit }: TypedLimit): MemberFault[] {
  const text = plain(limitText);
  const faults: MemberFault[] = [];
  const say = (member: string, rule: string, zh: string, en: string): void => void faults.push({ member, rule, detail: { zh, en } });
  const isMeasured = direction === 'max' || direction === 'min' || direction === 'range';
  if ((direction === 'max' || direction === 'min') && !(DECIMAL.test(text) && isRead(text, direction))) {
    say('limitText', 'limit-number', '应只写一个数，如 10.0；“不得过”写在方向里', 'It must be one number such as 10.0; “not more than” is the direction');
  }
  if (direction === 'range') {
    const [, low, high] = RANGE.exec(text) ?? [];
    if (low === undefined || high === undefined || low === high || !isRead(`${low}~${high}`, direction)) {
      say('limitText', 'limit-range', '应写作 下限~上限，如 4.0~6.0，下限小于上限', 'It must be lower~upper such as 4.0~6.0, the lower below the upper');
    }
  }
  if (isMeasured && unit === undefined) say('unit', 'unit-missing', '有数值的限度应有单位', 'A limit with a number needs its unit');
  return faults;
}

/** The limits as they are kept, numbered in their order. They have no faults. */
export function keptLimits(limits: readonly TypedLimit[]): StandardLimit[] {
  return limits.map(({ item, itemCode, analytes, limitText, unit, direction, verified, ...rest }, i) => {
    const isMeasured = direction === 'max' || direction === 'min' || direction === 'range';
    return withoutAbsent({
      id: `L${i + 1}`, item: item.trim(), itemCode: itemCode ?? codeOf(item), analytes: analytes?.map((one) => one.trim()),
      limitText: isMeasured ? plain(limitText).replace(/[～—–-]/u, '~') : halfWidth(limitText), unit: unit === undefined ? undefined : halfWidth(unit), direction,
      ...rest, verified: verified ?? false,
    });
  });
}

const withoutAbsent = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
