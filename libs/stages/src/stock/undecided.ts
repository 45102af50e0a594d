import { Problem } from '@daodi/platform';
import { findSite, type Site } from '@daodi/registry';
import { type Acceptance, shortfalls } from '../form/overdraw';
import type { Portion } from '../form/things';
import { amountOfElement } from '../form/units';
import type { Work } from '../form/work';
import { headedFor, placesOf, UNRELEASED_ZONES } from './zones';

type PlacedAt = Pick<Site, 'identifier' | 'zone'>;

/** Whether what lies at a place was not found fit: nobody has decided on it, or it was found unfit. */
const isUndecided = ({ zone }: Pick<Site, 'zone'>): boolean => zone !== undefined && UNRELEASED_ZONES.includes(zone);

/**
 * Notes a fault where goods would leave 待验, 不合格 or 退货 for a place where they count as fit. That is a decision of
 * the head of quality, and there is a form for it. What the named place lacks the book takes from others, so those
 * count as well.
 *
 * @param from the place they come from, where it is named
 */
export async function refuseUndecided(work: Work, portions: readonly Portion[], to: PlacedAt, from?: PlacedAt): Promise<void> {
  if (isUndecided(to)) return;
  const isFromUndecided = (from !== undefined && isUndecided(from)) || (await wasPutUndecided(work));
  const drawn = await drawnUndecided(work, portions, { from: from?.identifier, to: to.identifier });
  const seen = new Set<string>();
  for (const { thing: { book }, pointer } of portions) {
    if (!(isFromUndecided || drawn.has(book.node)) || seen.has(book.node)) continue;
    seen.add(book.node);
    work.fault(
      `${pointer}/batch`, 'decision-needed', '货物在待验、不合格或退货区：移到别处须由质量负责人判定（/zone-decisions）',
      'it would come out of a zone for what is undecided, rejected or returned: that is a decision of the head of quality (/zone-decisions)',
    );
  }
}

/** Whether what is corrected put goods where nobody has found them fit: only a head of quality says that they never lay there. */
async function wasPutUndecided({ tx, caller, replaced }: Work): Promise<boolean> {
  const place = (replaced?.entry.body['bizLocation'] as { id?: unknown } | undefined)?.id;
  if (typeof place !== 'string' || (caller.personId !== undefined && caller.roles.includes('quality-head'))) return false;
  const known = (await placesOf(tx, [place])).get(headedFor(place) ?? place);
  return known !== undefined && isUndecided(known);
}

/** What its sender typed about goods nobody has found fit. */
export interface UndecidedAcceptance extends Pick<Acceptance, 'reason'> {
  readonly acceptUndecided?: boolean;
}

/**
 * Warns, once, where what leaves the house lies in 待验, 不合格 or 退货: with `acceptUndecided` and a reason it is taken,
 * for it may go back to whom it came from. A correction is never held up.
 *
 * @param site from where it leaves (uuid), where that is named; else the book draws as it always does
 * @returns members for the event
 * @throws Problem 409 `undecided` with the numbers
 */
export async function acceptUndecided(work: Work, portions: readonly Portion[], site: string | undefined, body: UndecidedAcceptance): Promise<Readonly<Record<string, unknown>>> {
  const from = site === undefined ? undefined : (await findSite(work.tx, site))?.identifier;
  const drawn = await drawnUndecided(work, portions, { from });
  const touched = portions.filter(({ thing }) => drawn.has(thing.book.node));
  const lines = shortfalls(touched, ({ book }) => sumOf(touched, book.node) - (drawn.get(book.node) ?? 0n));
  if (lines.length === 0) return {};
  if (body.acceptUndecided === true && body.reason === undefined) {
    work.fault('/reason', 'reason-missing', '发出待验、不合格或退货区的货物须写明原因', 'sending what nobody has found fit needs a reason');
    return {};
  }
  if (work.replaced === undefined && body.acceptUndecided !== true) {
    work.refuseFaults();
    throw new Problem(409, 'undecided', TITLE, { detail: DETAIL, members: { lines } });
  }
  return { 'daodi:acceptedUndecided': lines, ...(body.reason !== undefined && { 'daodi:reason': body.reason }) };
}

/**
 * How much the book would draw from places where nobody has found goods fit, by node; nodes of which it draws none are
 * left out. The order is that of the fold: the named place, then the others by name.
 */
async function drawnUndecided(work: Work, portions: readonly Portion[], { from, to }: { readonly from?: string; readonly to?: string }): Promise<Map<string, bigint>> {
  const places = await placesOf(work.tx, portions.flatMap(({ thing }) => [...thing.book.availableAt.keys()]));
  const found = new Map<string, bigint>();
  for (const { thing: { book, uri } } of portions) {
    const order = [...book.availableAt].filter(([urn]) => urn !== to).sort(([a], [b]) => (a === from ? -1 : b === from ? 1 : a < b ? -1 : 1));
    // What a correction takes the place of is on hand again.
    let left = sumOf(portions, book.node) - replacedAmount(work, uri);
    let undecided = 0n;
    for (const [urn, amount] of order) {
      if (left <= 0n) break;
      const taken = amount < left ? amount : left;
      const place = places.get(headedFor(urn) ?? urn);
      if (taken > 0n && place !== undefined && isUndecided(place)) undecided += taken;
      left -= taken > 0n ? taken : 0n;
    }
    if (undecided > 0n) found.set(book.node, undecided);
  }
  return found;
}

const sumOf = (portions: readonly Portion[], node: string): bigint =>
  portions.reduce((sum, { thing, measured }) => (thing.book.node === node ? sum + measured.amount : sum), 0n);

function replacedAmount({ replaced }: Work, uri: string): bigint {
  const list = (replaced?.entry.body['quantityList'] ?? []) as { epcClass: string; quantity: number; uom?: string }[];
  return list.reduce((sum, element) => (element.epcClass === uri ? sum + amountOfElement(element) : sum), 0n);
}

const TITLE = { zh: '货物尚未判定合格', en: 'Nobody has found these goods fit' };
const DETAIL = {
  zh: '账面将从待验、不合格或退货区出货。合格的货在别处时，请填写 site；否则应先由质量负责人判定。确需发出（如退回供货方）的，请加上 "acceptUndecided": true 和 reason 再次提交。',
  en: 'The book would take them from a zone for what is undecided, rejected or returned. Where what is fit lies elsewhere, name that place as site; else the head of quality decides first. If they leave all the same, such as back to whom they came from, send it again with "acceptUndecided": true and a reason.',
};
