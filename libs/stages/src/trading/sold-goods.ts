import { cbvWord, quantityLists, type EpcisEvent } from '@daodi/epcis';
import { type Entry, readEntries } from '@daodi/log';
import type { LineUnit } from '@daodi/trace';
import type { BatchLineDto } from '../form/form-body';
import { findDeclaration } from '../form/own-event';
import { findPortions, findThings, type Portion, type Thing } from '../form/things';
import { amountOfElement } from '../form/units';
import type { Work } from '../form/work';

/** What of a sale may still come back. */
export interface SoldGoods {
  /** As it is named in the return. */
  readonly eventId: string;
  /** Sold and not returned yet, by node of the batch. */
  readonly left: ReadonlyMap<string, bigint>;
  /** All that is left, as a return of the whole would bring it. */
  readonly whole: readonly Portion[];
}

/** Steps by which goods go to whom uses them. */
const SELLING: ReadonlySet<string> = new Set(['retail_selling', 'dispensing']);

/**
 * Finds a sale of the caller's by its event, with what of it has not come back yet. Notes a fault where it is none:
 * another's looks like none. What a registered organisation bought it sends back itself.
 */
export async function findSold(work: Work, eventId: string): Promise<SoldGoods | undefined> {
  const [entry] = eventId.includes('\0') ? [] : await readEntries(work.tx, `e.organisation_id = $1 AND e.event_id = $2 AND e.kind = 'event' AND NOT e.declaration`, [work.caller.organisationId, eventId]);
  const step = entry && cbvWord('bizStep', String(entry.body['bizStep']));
  if (entry === undefined || step === undefined || !(SELLING.has(step) || step === 'shipping')) {
    work.fault('/sale', 'unknown-sale', '没有这笔销售，或它不是本组织的', 'there is no such sale, or it is not your organisation’s');
    return undefined;
  }
  if (step === 'shipping') {
    work.fault('/sale', 'return-by-shipment', '这是发货：买方在平台内的由买方发回，您登记收货；未出库的请撤销发货', 'this is a shipment: a buyer registered here ships it back and you record a receipt; what never left is withdrawn');
    return undefined;
  }
  if ((await findDeclaration(work.tx, work.caller, eventId)) !== undefined) {
    work.fault('/sale', 'sale-corrected', '这笔销售已更正：请填写取代它的事件', 'this sale was corrected: name the event that took its place');
    return undefined;
  }
  return leftOf(work, entry);
}

async function leftOf(work: Work, entry: Entry): Promise<SoldGoods> {
  const elements = quantityLists(entry.body as unknown as EpcisEvent).flatMap(([, list]) => list) as { epcClass: string; quantity: number; uom?: string }[];
  const things = await findThings(work, elements.map(({ epcClass }) => ({ text: epcClass, pointer: '/sale' })));
  const sold = new Map<string, { thing: Thing; unit: LineUnit; amount: bigint }>();
  for (const element of elements) {
    const thing = things.get(element.epcClass);
    if (thing === undefined) continue;
    const known = sold.get(thing.book.node)?.amount ?? 0n;
    sold.set(thing.book.node, { thing, unit: element.uom === undefined ? 'pcs' : 'mg', amount: known + amountOfElement(element) });
  }
  const back = await returnedOf(work, entry.eventId as string, [...sold.keys()]);
  const left = new Map([...sold].map(([node, { amount }]) => [node, amount > (back.get(node) ?? 0n) ? amount - (back.get(node) ?? 0n) : 0n]));
  const whole = [...sold].flatMap(([node, { thing, unit }]) => ((left.get(node) ?? 0n) === 0n ? [] : [{ thing, measured: { amount: left.get(node) as bigint, unit }, pointer: '/sale' }]));
  return { eventId: entry.eventId as string, left, whole };
}

/** What came back of a sale by returns that stand, but for the one that is being corrected. */
async function returnedOf(work: Work, eventId: string, nodes: readonly string[]): Promise<Map<string, bigint>> {
  const rows: { node: string; amount: string }[] = await work.tx.query(
    `SELECT l.node, sum(l.amount) AS amount FROM line l JOIN entry_body b ON b.position = l.position
      WHERE l.node = ANY($1::uuid[]) AND l.org = $2 AND l.role = 'return' AND l.path = '' AND NOT l.void
        AND b.body #>> '{daodi:return,ofEvent}' = $3 AND l.event_id IS DISTINCT FROM $4 GROUP BY 1`,
    [nodes, work.caller.organisationId, eventId, work.replaced?.entry.eventId ?? null],
  );
  return new Map(rows.map(({ node, amount }) => [node, BigInt(amount)]));
}

/** The lines of a return, or all that is left of the sale; notes a fault for what was not part of it. */
export async function comingBack(work: Work, sold: SoldGoods | undefined, lines: readonly BatchLineDto[] | undefined, pointer: string): Promise<readonly Portion[]> {
  if (lines === undefined) {
    if (sold !== undefined && sold.whole.length === 0) work.fault('/sale', 'all-returned', '这笔销售已全部退回', 'all of this sale has come back already');
    return sold?.whole ?? [];
  }
  const portions = await findPortions(work, lines, pointer);
  for (const { thing, pointer: at } of portions) {
    if (sold !== undefined && !sold.left.has(thing.book.node)) work.fault(`${at}/batch`, 'not-of-sale', '该批次不在这笔销售中', 'this batch was no part of that sale');
  }
  return portions;
}

