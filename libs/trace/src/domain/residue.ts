import { DIFFERENCE_REASONS, WEIGHING_NOTES } from '@daodi/herbal';
import { isWeighedAs, moistureOf } from './measures-of-event';

type Json = Readonly<Record<string, unknown>>;

/** Fields of an event on which lines, holdings and genealogy rest. */
const KEPT = [
  'type', 'eventID', 'eventTime', 'eventTimeZoneOffset', 'action', 'bizStep', 'disposition', 'parentID', 'transformationID', 'epcList',
  'childEPCs', 'inputEPCList', 'outputEPCList', 'daodi:adjustment', 'daodi:stockChange',
] as const;

/** Lists of objects, and which of their members lines rest on; anything else in them is somebody's extension. */
const KEPT_LISTS: Readonly<Record<string, readonly string[]>> = {
  quantityList: ['epcClass', 'quantity', 'uom'],
  childQuantityList: ['epcClass', 'quantity', 'uom'],
  inputQuantityList: ['epcClass', 'quantity', 'uom'],
  outputQuantityList: ['epcClass', 'quantity', 'uom'],
  sourceList: ['type', 'source'],
  destinationList: ['type', 'destination'],
  'daodi:counts': ['epcClass', 'counted', 'book', 'uom', 'reason', 'moisture', 'moistureBefore', 'dryMatter'],
  'daodi:losses': ['quantity', 'uom', 'stays'],
  'daodi:auxiliaries': ['quantity', 'uom', 'stays'],
};

/**
 * What the erasure of an event keeps: identifiers, roles, quantities, parties and sites by their identifiers, so that
 * the same lines follow from it. Free text, people, prices, coordinates, master data and extensions are gone.
 */
export function residueOf(event: Json): Json {
  const kept: Record<string, unknown> = {};
  for (const field of KEPT) if (event[field] !== undefined) kept[field] = event[field];
  for (const [list, members] of Object.entries(KEPT_LISTS)) if (Array.isArray(event[list])) kept[list] = pruned(event[list], members);
  for (const place of ['readPoint', 'bizLocation']) {
    if (isObject(event[place])) kept[place] = { id: event[place]['id'] };
  }
  const receipt = event['daodi:receipt'];
  if (isObject(receipt)) {
    kept['daodi:receipt'] = Object.fromEntries(
      ['accepted', 'rejected', 'short', 'gained'].flatMap((outcome) =>
        Array.isArray(receipt[outcome]) ? [[outcome, pruned(receipt[outcome], ['epcClass', 'quantity', 'uom'])]] : []),
    );
  }
  for (const list of ['daodi:agreement', 'daodi:counts']) if (Array.isArray(event[list])) kept[list] = differences(event[list]);
  if (Array.isArray(event['daodi:weighing'])) kept['daodi:weighing'] = weighings(event['daodi:weighing']);
  const ilmd = event['ilmd'];
  if (isObject(ilmd)) {
    const lot = Object.fromEntries(['daodi:ofBatch', 'cbvmda:lotNumber', 'lotNumber'].flatMap((f) => (ilmd[f] === undefined ? [] : [[f, ilmd[f]]])));
    if (Object.keys(lot).length > 0) kept['ilmd'] = lot;
  }
  const declared = event['errorDeclaration'];
  if (isObject(declared)) kept['errorDeclaration'] = { declarationTime: declared['declarationTime'] };
  return JSON.parse(JSON.stringify(kept)) as Json;
}

/** Why differences were booked, in the words of our own list; anybody else's reason is free text. */
const differences = (list: readonly unknown[]): Json[] =>
  pruned(list, ['epcClass', 'shipped', 'book', 'tolerance', 'reason']).filter(({ reason }) => DIFFERENCE_REASONS.some((known) => known === reason));

/** How lines were weighed: numbers and words of our own lists. */
const weighings = (list: readonly unknown[]): Json[] =>
  list.filter(isObject).map((element) => {
    const [moisture, notes] = [moistureOf(element['moisture']), element['notes']];
    const numbers = Object.entries(element).filter(([name, value]) => WEIGHED_NUMBERS.includes(name) && typeof value === 'number');
    return { epcClass: element['epcClass'], ...(isWeighedAs(element['of']) && { of: element['of'] }), ...Object.fromEntries(numbers), ...(moisture && { moisture }), ...(Array.isArray(notes) && { notes: WEIGHING_NOTES.filter((note) => notes.includes(note)) }) };
  });

const WEIGHED_NUMBERS: readonly string[] = ['net', 'readings', 'division', 'resolution'];

const pruned = (list: readonly unknown[], members: readonly string[]): Json[] =>
  list.filter(isObject).map((item) => Object.fromEntries(members.flatMap((member) => (item[member] === undefined ? [] : [[member, item[member]]]))));

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
