import { Problem } from '@daodi/platform';
import { amountOut, type LineUnit, uomOf } from '@daodi/trace';
import type { Portion, Thing } from './things';
import type { Work } from './work';

/** More than the book holds, as the answer and the event say it. */
export interface Shortfall {
  readonly epcClass: string;
  readonly wanted: number | string;
  readonly available: number | string;
  readonly missing: number | string;
  readonly uom?: 'KGM';
}

/** What the portions take of each thing beyond what is there. */
export function shortfalls(portions: readonly Portion[], thereOf: (thing: Thing) => bigint): Shortfall[] {
  const sums = new Map<string, { thing: Thing; unit: LineUnit; wanted: bigint }>();
  for (const { thing, measured: { amount, unit } } of portions) {
    const sum = sums.get(thing.book.node);
    sums.set(thing.book.node, { thing, unit, wanted: (sum?.wanted ?? 0n) + amount });
  }
  return [...sums.values()].flatMap(({ thing, unit, wanted }) => {
    const there = thereOf(thing);
    if (wanted <= there) return [];
    const uom = uomOf(unit);
    return [{
      epcClass: thing.uri,
      wanted: amountOut(wanted, unit),
      available: amountOut(there, unit),
      missing: amountOut(wanted - there, unit),
      ...(uom && { uom }),
    }];
  });
}

const OVERDRAWN = {
  slug: 'overdrawn',
  title: { zh: '超出账面库存', en: 'More than the book holds' },
  detail: {
    zh: '确认属实后，请加上 "acceptOverdrawn": true 和 reason 再次提交；超出部分将记为超支，待补录或盘点后自动消除。',
    en: 'If it is true, send it again with "acceptOverdrawn": true and a reason; the excess stands as overdrawn until the missing record or a stock-take arrives.',
  },
};

const RECEIVED_MORE = {
  slug: 'received-more-than-shipped',
  title: { zh: '收到的多于已发的', en: 'More than was shipped to you' },
  detail: {
    zh: '对方的发货记录可能尚未同步。确认属实后，请加上 "acceptOverdrawn": true 和 reason 再次提交。',
    en: 'The sender’s record may not have reached us yet. If it is true, send it again with "acceptOverdrawn": true and a reason.',
  },
};

const RETURNED_MORE = {
  slug: 'returned-more-than-sold',
  title: { zh: '退回的多于售出的', en: 'More comes back than was sold' },
  detail: {
    zh: '确认属实后，请加上 "acceptOverdrawn": true 再次提交；多出部分将记为超退，待补录后自动消除。',
    en: 'If it is true, send it again with "acceptOverdrawn": true; the excess stands as a debt until the missing record arrives.',
  },
};

const WARNINGS = { overdrawn: OVERDRAWN, 'received-more': RECEIVED_MORE, 'returned-more': RETURNED_MORE } as const;

/** What the sender typed about taking more than there is. */
export interface Acceptance {
  readonly acceptOverdrawn?: boolean;
  readonly reason?: string;
}

/**
 * Warns of an overdraw, once: with `acceptOverdrawn` and a reason it is taken, since what happened is recorded. A
 * correction is never held up by what it leaves overdrawn.
 *
 * @param told more members of the problem: what the numbers were compared with
 * @returns members for the event: what was known to be missing, and why it was taken all the same
 * @throws Problem 409 with the numbers
 */
export function acceptShortfalls(work: Work, lines: readonly Shortfall[], body: Acceptance, kind: keyof typeof WARNINGS, told: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  if (lines.length === 0) return {};
  if (body.acceptOverdrawn === true && body.reason === undefined) {
    work.fault('/reason', 'reason-missing', '确认超出库存时须写明原因', 'taking more than the book holds needs a reason');
    return {};
  }
  if (work.replaced === undefined && body.acceptOverdrawn !== true) {
    work.refuseFaults();
    const { slug, title, detail } = WARNINGS[kind];
    throw new Problem(409, slug, title, { detail, members: { lines, ...told } });
  }
  return { 'daodi:acceptedOverdrawn': lines, ...(body.reason !== undefined && { 'daodi:reason': body.reason }) };
}
