type Json = Readonly<Record<string, unknown>>;

/** Fields of an event on which lines, holdings and genealogy rest. */
const KEPT = [
  'type', 'eventID', 'eventTime', 'eventTimeZoneOffset', 'action', 'bizStep', 'disposition', 'parentID', 'transformationID', 'epcList',
  'childEPCs', 'inputEPCList', 'outputEPCList', 'daodi:adjustment',
] as const;

/** Lists of objects, and which of their members lines rest on; anything else in them is somebody's extension. */
const KEPT_LISTS: Readonly<Record<string, readonly string[]>> = {
  quantityList: ['epcClass', 'quantity', 'uom'],
  childQuantityList: ['epcClass', 'quantity', 'uom'],
  inputQuantityList: ['epcClass', 'quantity', 'uom'],
  outputQuantityList: ['epcClass', 'quantity', 'uom'],
  sourceList: ['type', 'source'],
  destinationList: ['type', 'destination'],
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
      ['accepted', 'rejected', 'short'].flatMap((outcome) =>
        Array.isArray(receipt[outcome]) ? [[outcome, pruned(receipt[outcome], ['epcClass', 'quantity', 'uom'])]] : []),
    );
  }
  const ilmd = event['ilmd'];
  if (isObject(ilmd)) {
    const lot = Object.fromEntries(['daodi:ofBatch', 'cbvmda:lotNumber', 'lotNumber'].flatMap((f) => (ilmd[f] === undefined ? [] : [[f, ilmd[f]]])));
    if (Object.keys(lot).length > 0) kept['ilmd'] = lot;
  }
  const declared = event['errorDeclaration'];
  if (isObject(declared)) kept['errorDeclaration'] = { declarationTime: declared['declarationTime'] };
  return JSON.parse(JSON.stringify(kept)) as Json;
}

const pruned = (list: readonly unknown[], members: readonly string[]): Json[] =>
  list.filter(isObject).map((item) => Object.fromEntries(members.flatMap((member) => (item[member] === undefined ? [] : [[member, item[member]]]))));

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
