import { bookOf, type BookEntry, lotsOfSerials, ownCodeOf, ownSerialOf, readBatchCode } from '@daodi/trace';
import type { Measured } from './units';
import type { Steps, Work } from './work';

/** What we recorded when a code was issued. */
export interface Facts {
  readonly code: string;
  readonly uri: string;
  readonly organisationId: string;
  readonly kind: 'crop' | 'batch' | 'retail' | 'container';
  readonly herb?: string;
  readonly grade?: string;
  readonly lotNumber?: string;
  readonly netContentMg?: bigint;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A batch, serial or container a form names, with what the caller's book says of it. */
export interface Thing {
  /** As events spell it: as issued, or as typed. */
  readonly uri: string;
  readonly book: BookEntry;
  /** Absent for what others' systems named. */
  readonly facts?: Facts;
  /** URI of the lot a serial is a piece of. */
  readonly lot?: string;
}

/** A reference and where it was typed. */
export interface Reference {
  readonly text: string;
  readonly pointer: Steps;
}

/** References by their index in a list. */
export const references = (texts: readonly string[] | undefined, pointer: Steps): Reference[] =>
  (texts ?? []).map((text, i) => ({ text, pointer: `${pointer}/${i}` }));

/**
 * Finds what a form names. What does not exist, what is malformed and what is another's all get the same fault.
 *
 * @param strangers true where the form may name what nobody has told us the caller holds (a receipt before its shipment)
 * @returns by text; without those that got a fault
 */
export async function findThings(work: Work, wanted: readonly Reference[], strangers = false): Promise<Map<string, Thing>> {
  const codes = new Map(wanted.flatMap(({ text }) => (readBatchCode(text) === undefined ? [] : [[text, readBatchCode(text) as string]])));
  const issued = await findFacts(work, [...codes.values()]);
  const uris = new Map(wanted.flatMap(({ text }) => {
    const code = codes.get(text);
    const uri = code === undefined ? text : (issued.get(code)?.uri ?? codeUri(work, code));
    return isUri(uri) ? [[text, uri]] : [];
  }));
  const book = await bookOf(work.tx, work.caller.organisationId, [...new Set(uris.values())]);
  const lots = await lotsOf(work, book);
  const facts = await findFacts(work, [...book.values()].flatMap(({ canonical }) => ownCodeOf(canonical) ?? []));
  const found = new Map<string, Thing>();
  for (const { text, pointer } of wanted) {
    const entry = book.get(uris.get(text) ?? '');
    const about = entry === undefined ? undefined : facts.get(ownCodeOf(entry.canonical) ?? '');
    const isOwn = about?.organisationId === work.caller.organisationId;
    const lot = lots.get(entry?.uri ?? '');
    const isKnown = entry !== undefined && (entry.isHolder || isOwn || lot?.isHolder === true);
    if (isKnown) found.set(text, { uri: about?.uri ?? entry.uri, book: entry, facts: about, lot: lot?.uri });
    else if (entry === undefined || !strangers) work.unknown(pointer);
    // Of a stranger's batch the caller learns nothing: it is spelled as if it had never been issued.
    else found.set(text, { uri: isUri(text) ? text : codeUri(work, codes.get(text) ?? text), book: entry });
  }
  return found;
}

/** The URI under which a code is printed and spelled in events. */
export const codeUri = ({ means }: Pick<Work, 'means'>, code: string): string => `${means.publicUrl}/b/${code}`;

/** The lots of the serials among these, with the caller's book of them. */
async function lotsOf(work: Work, book: ReadonlyMap<string, BookEntry>): Promise<Map<string, BookEntry>> {
  const lots = new Map(await lotsOfSerials(work.tx, [...book.keys()]));
  for (const [uri, { canonical }] of book) {
    const own = ownSerialOf(canonical);
    if (own !== undefined) lots.set(uri, uri.slice(0, uri.toLowerCase().lastIndexOf('/s/')));
  }
  if (lots.size === 0) return new Map();
  const entries = await bookOf(work.tx, work.caller.organisationId, [...new Set(lots.values())]);
  return new Map([...lots].map(([uri, lot]) => [uri, entries.get(lot) as BookEntry]));
}

const isUri = (text: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/u.test(text);

interface FactsRow {
  code: string;
  uri: string;
  organisation_id: string;
  kind: Facts['kind'];
  herb: string | null;
  grade: string | null;
  lot_number: string | null;
  net_content_mg: string | null;
  attributes: Record<string, unknown>;
}

/** What was recorded of these codes. */
export async function findFacts(work: Pick<Work, 'tx'>, codes: readonly string[]): Promise<Map<string, Facts>> {
  if (codes.length === 0) return new Map();
  const rows: FactsRow[] = await work.tx.query(
    'SELECT code, uri, organisation_id, kind, herb, grade, lot_number, net_content_mg, attributes FROM batch WHERE code = ANY($1)',
    [[...new Set(codes)]],
  );
  return new Map(rows.map((row) => [row.code, {
    code: row.code,
    uri: row.uri,
    organisationId: row.organisation_id,
    kind: row.kind,
    herb: row.herb ?? undefined,
    grade: row.grade ?? undefined,
    lotNumber: row.lot_number ?? undefined,
    netContentMg: row.net_content_mg === null ? undefined : BigInt(row.net_content_mg),
    attributes: row.attributes,
  }]));
}

/** How much of a thing, typed where. */
export interface Portion {
  readonly thing: Thing;
  readonly measured: Measured;
  readonly pointer: Steps;
}

/** The portions of lines that name a batch and a quantity; what is wrong with a line is noted and the line left out. */
export async function findPortions(
  work: Work,
  lines: readonly { readonly batch: string; readonly quantity: string | number; readonly unit: string }[],
  pointer: Steps,
  strangers = false,
): Promise<Portion[]> {
  const things = await findThings(work, lines.map(({ batch }, i) => ({ text: batch, pointer: `${pointer}/${i}/batch` })), strangers);
  return lines.flatMap((line, i) => {
    const at = `${pointer}/${i}`;
    const measured = work.measured(line, at);
    const thing = things.get(line.batch);
    if (thing === undefined || measured === undefined) return [];
    return hasMeasure(work, thing, measured, at) ? [{ thing, measured, pointer: at }] : [];
  });
}

/** Whether an amount is in the dimension the batch is kept in; else notes why not. */
export function hasMeasure(work: Work, { book, facts }: Thing, { unit }: Measured, pointer: Steps): boolean {
  if (facts?.kind === 'crop' || facts?.kind === 'container') {
    work.fault(`${pointer}/batch`, 'no-lot', '种植批和容器没有数量', 'a crop or container has no quantity of its own');
    return false;
  }
  const kept = book.unit ?? (facts?.kind === 'retail' ? 'pcs' : undefined);
  if (kept === undefined || kept === unit) return true;
  if (kept === 'mg') work.fault(`${pointer}/unit`, 'unit-dimension', '该批次按重量记账', 'this batch is kept by mass');
  else work.fault(`${pointer}/unit`, 'unit-dimension', '该批次按件数记账', 'this batch is kept by pieces');
  return false;
}

