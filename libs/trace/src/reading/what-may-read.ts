import type { Canonicalise } from '../domain/line';

/**
 * The rule of readership, as one pure function. An event is readable whole by who said it and by the parties it
 * names; cut by who may read something it moved or made; by nobody else.
 */
export interface ReadQuestion {
  readonly asker: string;
  readonly sayer: string;
  /** Registered organisations the event names as source or destination. */
  readonly namedParties: readonly string[];
  /** Its lines: what each speaks of, whether its sayer holds that, and whether the asker may read it. */
  readonly lines: readonly { readonly held: boolean; readonly readable: boolean }[];
}

export type MayRead = 'whole' | 'cut' | 'nothing';

/** What an organisation may read of an event. A claim gives nobody but its sayer and the named anything to read. */
export function whatMayRead({ asker, sayer, namedParties, lines }: ReadQuestion): MayRead {
  if (asker === sayer || namedParties.includes(asker)) return 'whole';
  return lines.some((line) => line.held && line.readable) ? 'cut' : 'nothing';
}

type Json = Readonly<Record<string, unknown>>;

/** Fields a cut event keeps as they are: what, when, which step, how it was judged. */
const KEPT = [
  '@context', 'type', 'eventID', 'eventTime', 'eventTimeZoneOffset', 'recordTime', 'action', 'bizStep', 'disposition',
  'persistentDisposition', 'transformationID', 'certificationInfo', 'daodi:region', 'daodi:provenance', 'daodi:step', 'daodi:losses', 'daodi:propagule', 'daodi:culture',
] as const;

const EPC_LISTS = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'] as const;
const QUANTITY_LISTS = ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'] as const;

/**
 * What a reader of some of its identifiers sees of an event: the kept fields, the lines it may read, how many it may
 * not, and the whole event's digest. Counterparties, exact places, prices and free extensions are left out.
 *
 * @param mayRead canonical identifiers the asker may read
 * @param digest of the whole entry, so that a cut event can be matched with the whole one
 */
export function cutEvent(event: Json, mayRead: ReadonlySet<string>, canonicalise: Canonicalise, digest: Buffer): Json {
  const cut: Record<string, unknown> = {};
  for (const field of KEPT) if (event[field] !== undefined) cut[field] = event[field];
  let withheld = 0;
  const keep = (list: string, items: readonly unknown[], uriOf: (item: unknown) => unknown): void => {
    const readable = items.filter((item) => mayReadUri(uriOf(item)));
    withheld += items.length - readable.length;
    if (readable.length > 0) cut[list] = readable;
  };
  const mayReadUri = (uri: unknown): boolean => typeof uri === 'string' && mayRead.has(canonicalise(uri));
  for (const list of EPC_LISTS) if (Array.isArray(event[list])) keep(list, event[list] as unknown[], (item) => item);
  for (const list of QUANTITY_LISTS) {
    if (Array.isArray(event[list])) keep(list, event[list] as unknown[], (item) => (item as Json)['epcClass']);
  }
  const weighed = weighingsFor(event['daodi:weighing'], mayReadUri);
  if (weighed.length > 0) cut['daodi:weighing'] = weighed;
  if (mayReadUri(event['parentID'])) cut['parentID'] = event['parentID'];
  else if (event['parentID'] !== undefined) withheld += 1;
  if (event['errorDeclaration'] !== undefined) cut['errorDeclaration'] = cutDeclaration(event['errorDeclaration'] as Json);
  const intake = event['daodi:intake'];
  // That goods came from outside is told; from whom, with which papers, is not.
  if (typeof intake === 'object' && intake !== null) cut['daodi:intake'] = { means: (intake as Json)['means'] };
  cut['daodi:cut'] = { withheld, digest: digest.toString('hex') };
  return cut;
}

/** What was measured of the lines one may read: mass and moisture; not on which scale, nor in how many packages. */
function weighingsFor(list: unknown, mayReadUri: (uri: unknown) => boolean): Json[] {
  const readable = (Array.isArray(list) ? (list as unknown[]) : []).filter((one): one is Json => typeof one === 'object' && one !== null && mayReadUri((one as Json)['epcClass']));
  return readable.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => MEASURED.includes(name))));
}

const MEASURED: readonly string[] = ['epcClass', 'of', 'net', 'uom', 'moisture'];

/**
 * What a party named in an event sees of it: the whole of what was said, without what its sayer typed for itself
 * (carrier, price, buyer, remarks; units in their own words).
 */
export function eventForNamed({ 'daodi:typed': _typed, ...said }: Json): Json {
  return said;
}

/** When and why in the standard's words; not the free text. */
const cutDeclaration = ({ declarationTime, reason, correctiveEventIDs }: Json): Json => ({
  declarationTime,
  ...(reason !== undefined && { reason }),
  ...(correctiveEventIDs !== undefined && { correctiveEventIDs }),
});
