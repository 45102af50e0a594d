/** Whether what is there is more, or less, than the book held. */
export type Direction = 'gain' | 'loss';

interface DifferenceReason {
  readonly zh: string;
  readonly en: string;
  /** The one direction it can explain; absent where it can explain both. */
  readonly only?: Direction;
}

/** Why a weight is not what the book says. The last two say only that nobody knows, and are booked only where somebody says so. */
export const DIFFERENCE_REASONS = {
  'scale-difference': { zh: '磅差', en: 'scales differ' },
  'transit-loss': { zh: '途耗', en: 'lost on the way', only: 'loss' },
  'moisture-regain': { zh: '回潮', en: 'drew moisture', only: 'gain' },
  'drying-loss': { zh: '干耗', en: 'dried out', only: 'loss' },
  'natural-loss': { zh: '自然损耗', en: 'natural loss: dust, crumbs, handling', only: 'loss' },
  'pest-loss': { zh: '虫蛀鼠耗', en: 'eaten by pests', only: 'loss' },
  'entry-error': { zh: '记账差错', en: 'written down wrongly before' },
  'count-surplus': { zh: '盘盈', en: 'surplus, cause not known', only: 'gain' },
  'count-shortage': { zh: '盘亏', en: 'shortage, cause not known', only: 'loss' },
} as const satisfies Readonly<Record<string, DifferenceReason>>;

export type DifferenceReasonName = keyof typeof DIFFERENCE_REASONS;

/** Every reason, as it may be typed. */
export const DIFFERENCE_REASON_NAMES = Object.keys(DIFFERENCE_REASONS) as readonly DifferenceReasonName[];

/** Those that can explain one direction. */
export const reasonsFor = (direction: Direction): readonly DifferenceReasonName[] => DIFFERENCE_REASON_NAMES.filter((name) => explains(name, direction));

/** Whether a reason can be why there is more, or less: nothing grows by drying. */
export function explains(name: string, direction: Direction): boolean {
  const reason: DifferenceReason | undefined = (DIFFERENCE_REASONS as Readonly<Record<string, DifferenceReason>>)[name];
  return reason !== undefined && (reason.only === undefined || reason.only === direction);
}

/** What each is, in both languages. */
export const REASON_MEANINGS: Readonly<Record<string, string>> = meaningsOf(DIFFERENCE_REASON_NAMES);

/** What some of them are. */
export function meaningsOf(names: readonly DifferenceReasonName[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, `${DIFFERENCE_REASONS[name].zh} ${DIFFERENCE_REASONS[name].en}`]));
}
