import { canonicalIdentifier } from '@daodi/gs1';
import { cbvWord, massToMilligrams } from '@daodi/epcis';
import type { Canonicalise, IdentifierKind, LineRole, LineUnit, StatedEvent, StatedLine } from './line';

type Json = Readonly<Record<string, unknown>>;


/**
 * What an EPCIS event states about identifiers. Pure: the same event always gives the same lines.
 *
 * - ObjectEvent ADD makes; DELETE and OBSERVE mean what their bizStep says (CBV 2.0 §7.1).
 * - OBSERVE with `daodi:intake` in a step by which nothing leaves takes goods in from outside; receiving with `daodi:return` and sampling with
 *   `daodi:sampleReturn` bring back what had been sold or drawn.
 * - TransformationEvent consumes inputs and makes outputs; an input without quantity (a crop) is not consumed.
 * - AggregationEvent packs and unpacks; it moves nothing. Associations and transactions are observations.
 */
export function linesOfEvent(event: Json, canonicalise: Canonicalise = canonicalOf): StatedEvent {
  const collect = new Lines(canonicalise);
  switch (event['type']) {
    case 'ObjectEvent':
      objectLines(event, collect);
      break;
    case 'TransformationEvent':
      collect.epcs(event['inputEPCList'], 'input');
      collect.quantities(event['inputQuantityList'], 'input');
      collect.epcs(event['outputEPCList'], 'output');
      collect.quantities(event['outputQuantityList'], 'output');
      break;
    case 'AggregationEvent':
      aggregationLines(event, collect);
      break;
    default:
      for (const list of ['epcList', 'childEPCs']) collect.epcs(event[list], 'observe');
      for (const list of ['quantityList', 'childQuantityList']) collect.quantities(event[list], 'observe');
      if (typeof event['parentID'] === 'string') collect.add(event['parentID'], 'observe', 'container');
  }
  const transformationId = event['transformationID'];
  return {
    lines: collect.lines,
    sourceParties: parties(event['sourceList'], 'source', canonicalise),
    destinationParties: parties(event['destinationList'], 'destination', canonicalise),
    site: siteOf(event, canonicalise),
    fromSite: sourceLocation(event['sourceList'], canonicalise),
    lostMg: massOf(event['daodi:losses'], () => true),
    addedMg: massOf(event['daodi:auxiliaries'], (auxiliary) => auxiliary['stays'] === true),
    transformationId: typeof transformationId === 'string' && transformationId !== '' ? transformationId : undefined,
  };
}

/** The canonical spelling of a URI. */
export const canonicalOf: Canonicalise = (uri) => canonicalIdentifier(uri).canonical;

/** What an ObjectEvent that is not ADD means for its lines, by bizStep. */
const STEP_ROLES: Readonly<Record<string, LineRole>> = {
  shipping: 'ship',
  receiving: 'receive',
  accepting: 'receive',
  void_shipping: 'void-ship',
  retail_selling: 'sell',
  dispensing: 'sell',
  destroying: 'destroy',
  sampling: 'sample',
  storing: 'store',
  stocking: 'store',
};

/** What DELETE means where the step does not say: it is gone. */
const gone = (role: LineRole | undefined): LineRole => role ?? 'destroy';

function objectLines(event: Json, collect: Lines): void {
  const step = typeof event['bizStep'] === 'string' ? cbvWord('bizStep', event['bizStep']) : undefined;
  if (event['action'] === 'ADD') {
    if (step === 'stock_taking') return adjustmentLines(event, collect);
    const lot = lotOfSerials(event, collect.canonicalise);
    if (lot !== undefined) collect.add(lot, 'serial-lot', 'class');
    collect.epcs(event['epcList'], lot === undefined ? 'origin' : 'serial');
    collect.quantities(event['quantityList'], 'origin');
    return;
  }
  if (isTakenIn(event, step)) return collect.quantities(event['quantityList'], 'take-in');
  if (step === 'stock_taking') return adjustmentLines(event, collect);
  const byStep = step === undefined ? undefined : STEP_ROLES[step];
  const role = event['action'] === 'DELETE' ? gone(byStep) : (comesBack(event, byStep) ?? byStep ?? 'observe');
  const receipt = event['daodi:receipt'];
  if (role === 'receive' && isObject(receipt)) {
    for (const [field, as] of [['accepted', 'receive'], ['rejected', 'reject'], ['short', 'short'], ['gained', 'gain']] as const) {
      collect.quantities(receipt[field], as);
    }
  } else {
    collect.quantities(event['quantityList'], role);
  }
  collect.epcs(event['epcList'], role);
}

/** Goods from outside: looked at in a step by which nothing leaves. What is shipped, sold or destroyed is that, whatever is put to it. */
function isTakenIn(event: Json, step: string | undefined): boolean {
  const byStep = step === undefined ? undefined : STEP_ROLES[step];
  return event['action'] === 'OBSERVE' && isObject(event['daodi:intake']) && (byStep === undefined || byStep === 'receive');
}

/** Goods received that had been sold, and samples that come back. */
function comesBack(event: Json, byStep: LineRole | undefined): LineRole | undefined {
  if (byStep === 'receive' && isObject(event['daodi:return'])) return 'return';
  return byStep === 'sample' && isObject(event['daodi:sampleReturn']) ? 'sample-return' : undefined;
}

/** Stock-take: `daodi:adjustment` says whether the quantities are more or less than the book held. */
function adjustmentLines(event: Json, collect: Lines): void {
  const direction = event['daodi:adjustment'];
  const role = direction === 'gain' ? 'gain' : direction === 'loss' ? 'loss' : 'observe';
  collect.quantities(event['quantityList'], role);
  collect.epcs(event['epcList'], 'observe');
}

function aggregationLines(event: Json, collect: Lines): void {
  const parent = event['parentID'];
  const action = event['action'];
  const [container, content]: [LineRole, LineRole] =
    action === 'ADD' ? ['container-pack', 'packed'] : action === 'DELETE' ? ['container-unpack', 'unpacked'] : ['observe', 'observe'];
  if (typeof parent === 'string') collect.add(parent, container, 'container');
  collect.epcs(event['childEPCs'], content);
  collect.quantities(event['childQuantityList'], content);
}

/** The lot that serials commissioned here belong to: named outright, or by GTIN and lot number (CBV `lotNumber`). */
function lotOfSerials(event: Json, canonicalise: Canonicalise): string | undefined {
  const ilmd = event['ilmd'];
  if (!isObject(ilmd)) return undefined;
  const named = ilmd['daodi:ofBatch'];
  if (typeof named === 'string') return named;
  const lot = ilmd['cbvmda:lotNumber'] ?? ilmd['lotNumber'];
  const epcs = event['epcList'];
  const first = Array.isArray(epcs) ? (epcs as unknown[])[0] : undefined;
  if (typeof lot !== 'string' || typeof first !== 'string') return undefined;
  const gtin = /^https:\/\/id\.gs1\.org\/01\/(\d{14})\/21\//.exec(canonicalise(first))?.[1];
  return gtin === undefined ? undefined : `https://id.gs1.org/01/${gtin}/10/${encodeURIComponent(lot)}`;
}

/** The mass of the elements of an extension list that count. */
function massOf(list: unknown, counts: (element: Json) => boolean): bigint {
  if (!Array.isArray(list)) return 0n;
  let sum = 0n;
  for (const element of list as unknown[]) {
    if (!isObject(element) || !counts(element)) continue;
    const measure = measureOf(element);
    if (measure.unit === 'mg') sum += measure.amount ?? 0n;
  }
  return sum;
}

/** Parties of a source or destination list: who possesses before who owns; locations are no parties. */
function parties(list: unknown, field: 'source' | 'destination', canonicalise: Canonicalise): string[] {
  if (!Array.isArray(list)) return [];
  const found = { possessing_party: [] as string[], owning_party: [] as string[] };
  for (const item of list as unknown[]) {
    if (!isObject(item)) continue;
    const party = item[field];
    if (typeof party !== 'string' || typeof item['type'] !== 'string') continue;
    const type = cbvWord('sourceOrDestinationType', item['type']);
    if (type !== 'possessing_party' && type !== 'owning_party') continue;
    found[type].push(canonicalise(party));
  }
  return [...found.possessing_party, ...found.owning_party];
}

/** Where it was before, where a source list says so (CBV 2.0 section 7.4.1, type `location`). */
function sourceLocation(list: unknown, canonicalise: Canonicalise): string | undefined {
  if (!Array.isArray(list)) return undefined;
  const found = (list as unknown[]).find((item): item is Json & { source: string } =>
    isObject(item) && typeof item['source'] === 'string' && typeof item['type'] === 'string' && cbvWord('sourceOrDestinationType', item['type']) === 'location');
  return found && canonicalise(found.source);
}

function siteOf(event: Json, canonicalise: Canonicalise): string | undefined {
  for (const field of ['bizLocation', 'readPoint']) {
    const place = event[field];
    if (isObject(place) && typeof place['id'] === 'string') return canonicalise(place['id']);
  }
  return undefined;
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Gathers lines in the order the event states them. */
class Lines {
  readonly lines: StatedLine[] = [];

  constructor(readonly canonicalise: Canonicalise) {}

  add(uri: string, role: LineRole, kind: IdentifierKind, measure: Measure = {}): void {
    const identifier = this.canonicalise(uri);
    this.lines.push({ ordinal: this.lines.length, identifier, spelled: uri, kind, role, ...measure });
  }

  epcs(list: unknown, role: LineRole): void {
    if (!Array.isArray(list)) return;
    for (const epc of list as unknown[]) {
      if (typeof epc === 'string') this.add(epc, role, isContainer(this.canonicalise(epc)) ? 'container' : 'instance');
    }
  }

  quantities(list: unknown, role: LineRole): void {
    if (!Array.isArray(list)) return;
    for (const element of list as unknown[]) {
      if (isObject(element) && typeof element['epcClass'] === 'string') {
        this.add(element['epcClass'], role, 'class', measureOf(element));
      }
    }
  }
}

interface Measure {
  readonly amount?: bigint;
  readonly unit?: LineUnit;
  readonly unreadable?: string;
}

/** The amount of a quantity element in base units. `uom` absent means pieces (EPCIS 2.0 §7.3.3.3). */
function measureOf(element: Json): Measure {
  const { quantity, uom } = element;
  if (quantity === undefined) return {};
  if (typeof quantity !== 'number') return { unreadable: 'quantity' };
  if (uom === undefined) {
    return Number.isSafeInteger(quantity) && quantity >= 0
      ? { amount: BigInt(quantity), unit: 'pcs' }
      : { unreadable: 'pieces that are no whole number' };
  }
  const amount = typeof uom === 'string' ? massToMilligrams(quantity, uom) : undefined;
  return amount === undefined || amount < 0n ? { unreadable: `uom ${String(uom)}` } : { amount, unit: 'mg' };
}

/** SSCC, GRAI and GIAI name things that hold others (logistic units, returnable assets, vehicles). */
const isContainer = (canonical: string): boolean => /^https:\/\/id\.gs1\.org\/(00|8003|8004)\//.test(canonical);
