type Json = Readonly<Record<string, unknown>>;

/** Fields of an event on which lines, holdings and genealogy rest. */
const KEPT = [
  'type', 'eventID', 'eventTime', 'eventTimeZoneOffset', 'action', 'bizStep', 'disposition', 'parentID', 'transformationID', 'epcList',
  'childEPCs', 'inputEPCList', 'outputEPCList', 'quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList',
  'sourceList', 'destinationList', 'readPoint', 'bizLocation', 'daodi:receipt', 'daodi:adjustment',
] as const;

/**
 * What the erasure of an event keeps: identifiers, roles, quantities, parties and sites by their identifiers, so that
 * the same lines follow from it. Free text, people, prices, coordinates, master data and extensions are gone.
 */
export function residueOf(event: Json): Json {
  const kept: Record<string, unknown> = {};
  for (const field of KEPT) if (event[field] !== undefined) kept[field] = event[field];
  for (const place of ['readPoint', 'bizLocation']) {
    if (isObject(kept[place])) kept[place] = { id: kept[place]['id'] };
  }
  for (const list of ['daodi:losses', 'daodi:auxiliaries']) {
    if (Array.isArray(event[list])) kept[list] = (event[list] as unknown[]).filter(isObject).map(({ quantity, uom, stays }) => ({ quantity, uom, stays }));
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

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
