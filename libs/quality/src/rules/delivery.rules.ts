import { amountOut } from '@daodi/trace';
import type { ShareFacts } from './facts';
import type { Rule } from './finding';

/** Fewer picker-days than these say nothing of what is usual at a station. */
const OTHERS_LEAST = 7n;
/** How many times the median of the station a picker may bring on a day: families deliver under one name, and some are quick. Our own measure. */
const TIMES_MEDIAN = 8n;

/** One picker brought many times what is usual at that station in that year: bought elsewhere, or written down wrongly. */
export const pickerDayUnusual: Rule = {
  name: 'picker-day-unusual',
  version: 1,
  severity: 'warning',
  title: { zh: '一人一日交售量远超该收购点常量', en: 'One picker brought many times what is usual at the station on a day' },
  judge: ({ deliveries }) => {
    const odd = (deliveries?.pickerDays ?? []).filter(({ mg, others, medianMg }) => BigInt(others) >= OTHERS_LEAST && mg > medianMg * TIMES_MEDIAN);
    if (deliveries === undefined || odd.length === 0) return undefined;
    return {
      numbers: { pickerDays: odd.map(({ mg, slips, others, medianMg }) => ({ brought: amountOut(mg, 'mg'), slips: slips.length, usual: amountOut(medianMg, 'mg'), of: others, uom: 'KGM' })) },
      since: deliveries.position, evidence: odd.flatMap(({ slips }) => slips),
    };
  },
};

/** The same paper, of the same picker and weight, was entered before in that year: what it stands for came once. */
export const slipRepeated: Rule = {
  name: 'slip-entered-twice',
  version: 1,
  severity: 'warning',
  title: { zh: '同一张过磅单重复录入', en: 'One weighing slip was entered twice' },
  judge: ({ deliveries }: ShareFacts) => {
    const repeated = deliveries?.repeated ?? [];
    if (deliveries === undefined || repeated.length === 0) return undefined;
    return { numbers: { slips: repeated.map(({ number }) => number) }, since: deliveries.position, evidence: repeated.flatMap(({ slip, first }) => [slip, first]) };
  },
};
