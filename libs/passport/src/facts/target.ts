import { canonicalIdentifier, explainNote } from '@daodi/gs1';
import { identifierId, ownSerialCanonical, readBatchCode } from '@daodi/trace';
import type { EntityManager } from 'typeorm';
import type { Words } from '../domain/region';
import type { Subject } from '../domain/passport-facts';

type Db = Pick<EntityManager, 'query'>;

/** A public path that can be read: what it names, canonically, and how its page is addressed. */
export type PublicName =
  | { readonly kind: 'code'; readonly code: string; readonly path: string }
  | { readonly kind: 'serial-code'; readonly code: string; readonly serial: string; readonly path: string }
  | { readonly kind: 'gs1'; readonly ai: string; readonly canonical: string; readonly lotCanonical?: string; readonly gtin?: string; readonly lot?: string; readonly serial?: string; readonly path: string }
  | { readonly kind: 'malformed'; readonly why: Words };

const CHECK_CHARACTER: Words = {
  zh: '编码的末位校验字符对不上，或位数不对。请对照包装上的字逐个检查。',
  en: 'The check character at the end does not match, or the length is wrong. Compare it with the print, character by character.',
};
const NOT_A_CODE: Words = { zh: '这不是本平台的编码，也不是 GS1 编码。', en: 'This is neither one of our codes nor a GS1 code.' };

/**
 * Reads the path of a code: `/b/{code}`, `/b/{code}/s/{serial}`, or a GS1 Digital Link. A trailing slash does not
 * matter; `%2F` inside a value is part of the value.
 *
 * @param path as it was sent, percent-encoded, without the query
 * @param query as it was sent, without the question mark: a lot or serial there would be lost and is refused
 */
export function readPublicPath(path: string, query = ''): PublicName {
  const bare = path.replace(/\/+$/, '');
  const own = /^\/b\/([^/]+)(?:\/s\/([^/]+))?$/.exec(bare);
  if (own !== null) return readOwn(decoded(own[1] as string), own[2] === undefined ? undefined : decoded(own[2]));
  const key = /^\/(00|01|414)\//.exec(bare)?.[1];
  if (key === undefined) return { kind: 'malformed', why: NOT_A_CODE };
  const read = canonicalIdentifier(`https://id.gs1.org${bare}${query === '' ? '' : `?${query}`}`);
  // A path may hold several keys, of which the last counts; what we serve begins with the one that counts.
  if (read.note !== undefined) return { kind: 'malformed', why: explainNote(read.note) };
  if (read.kind === 'opaque' || !read.canonical.startsWith(`https://id.gs1.org/${key}/`)) return { kind: 'malformed', why: NOT_A_CODE };
  const lot = /^\/01\/[^/]+(?:\/22\/[^/]+)?\/10\/([^/]+)/.exec(bare)?.[1];
  const serial = /\/21\/([^/]+)$/.exec(bare)?.[1];
  const gtin = key === '01' ? /\/01\/(\d{14})/.exec(read.canonical)?.[1] : undefined;
  const lotLink = lot === undefined ? undefined : canonicalIdentifier(`https://id.gs1.org/01/${gtin}/10/${lot}`);
  return {
    kind: 'gs1', ai: key, canonical: read.canonical, lotCanonical: lotLink?.canonical, gtin,
    lot: lot === undefined ? undefined : decoded(lot), serial: serial === undefined ? undefined : decoded(serial), path: bare,
  };
}

function readOwn(typed: string | undefined, typedSerial: string | undefined): PublicName {
  const code = typed === undefined ? undefined : readBatchCode(typed);
  if (code === undefined) return { kind: 'malformed', why: CHECK_CHARACTER };
  if (typedSerial === undefined) return { kind: 'code', code, path: `/b/${code}` };
  const serial = typedSerial.toUpperCase();
  if (!/^[0-9A-Z]{1,32}$/.test(serial)) return { kind: 'malformed', why: CHECK_CHARACTER };
  return { kind: 'serial-code', code, serial, path: `/b/${code}/s/${serial}` };
}

/** The text a segment stands for; nothing where its encoding is broken. */
function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** What a readable code turned out to stand for. */
export type Target =
  | { readonly kind: 'never-issued'; readonly level: 'code' | 'serial' | 'lot' | 'product' | 'unit' | 'place' }
  | { readonly kind: 'withdrawn'; readonly name: Extract<PublicName, { readonly path: string }> }
  | { readonly kind: 'product'; readonly name: string; readonly herbs: readonly string[]; readonly gtin: string }
  | { readonly kind: 'place'; readonly siteKind: string; readonly region: string; readonly organisation: string }
  | FoundTarget;

/** A thing with a page. */
export interface FoundTarget {
  readonly kind: 'thing';
  readonly subject: Subject;
  /** Absent where a code was issued and nothing was ever said of it. */
  readonly node?: string;
  /** Who owns the name, for what has no node yet. */
  readonly owner: string;
  readonly isReserved: boolean;
}

interface BatchRow {
  readonly identifier: string;
  readonly code: string;
  readonly organisation_id: string;
  readonly kind: Subject['kind'];
  readonly lot_number: string | null;
  readonly gtin: string | null;
  readonly withdrawn: string | null;
  readonly is_reserved: boolean;
  readonly node: string | null;
}

/** Looks a code up. Claims by others make nothing exist: a name counts only where its owner issued or made it. */
export async function findTarget(db: Db, name: Exclude<PublicName, { readonly kind: 'malformed' }>): Promise<Target> {
  switch (name.kind) {
    case 'code': {
      const batch = await findBatch(db, 'b.code = $1', [name.code]);
      return batch === undefined ? { kind: 'never-issued', level: 'code' } : ofBatch(batch, name);
    }
    case 'serial-code':
      return findOwnSerial(db, name);
    case 'gs1':
      return findGs1(db, name);
  }
}

type Readable<Kind> = Extract<PublicName, { readonly kind: Kind }>;

async function findBatch(db: Db, where: string, parameters: readonly unknown[]): Promise<BatchRow | undefined> {
  const [row] = await db.query(
    `SELECT b.identifier, b.code, b.organisation_id, b.kind, b.lot_number, p.gtin, b.withdrawn, b.attributes ->> 'state' = 'reserved' IS TRUE AS is_reserved, n.id AS node
       FROM batch b LEFT JOIN node n ON n.identifier = b.identifier AND n.scope IS NULL
       LEFT JOIN product p ON p.id = b.product_id AND p.organisation_id = b.organisation_id
      WHERE ${where} ORDER BY b.withdrawn IS NOT NULL, b.position LIMIT 1`,
    [...parameters],
  );
  return row;
}

function ofBatch(batch: BatchRow, name: Exclude<PublicName, { readonly kind: 'malformed' }>): Target {
  if (batch.withdrawn !== null) return { kind: 'withdrawn', name };
  const subject: Subject = {
    kind: batch.kind, path: name.path, code: batch.code, gtin: batch.gtin ?? undefined, lotNumber: batch.lot_number ?? undefined,
  };
  return { kind: 'thing', subject, node: batch.node ?? undefined, owner: batch.organisation_id, isReserved: batch.is_reserved };
}

async function findOwnSerial(db: Db, name: Readable<'serial-code'>): Promise<Target> {
  const batch = await findBatch(db, 'b.code = $1', [name.code]);
  if (batch === undefined) return { kind: 'never-issued', level: 'code' };
  if (batch.withdrawn !== null) return { kind: 'withdrawn', name };
  const made = await findMade(db, ownSerialCanonical(name.code, name.serial));
  if (made === undefined) return { kind: 'never-issued', level: 'serial' };
  const subject: Subject = {
    kind: 'serial', path: name.path, code: batch.code, gtin: batch.gtin ?? undefined, lotNumber: batch.lot_number ?? undefined, serial: name.serial,
  };
  return { kind: 'thing', subject, node: made.node, owner: made.owner, isReserved: false };
}

async function findGs1(db: Db, name: Readable<'gs1'>): Promise<Target> {
  if (name.ai === '414') return findPlace(db, name.canonical);
  if (name.ai === '00') {
    const unit = await findMade(db, name.canonical);
    if (unit === undefined) return { kind: 'never-issued', level: 'unit' };
    const subject: Subject = { kind: 'container', path: name.path, sscc: /\/00\/(\d{18})/.exec(name.canonical)?.[1] };
    return { kind: 'thing', subject, node: unit.node, owner: unit.owner, isReserved: false };
  }
  if (name.serial !== undefined) return findGs1Serial(db, name);
  if (name.lotCanonical !== undefined) return findLot(db, name);
  const [product] = await db.query(`SELECT name, herbs FROM product WHERE gtin = $1 AND status = 'active'`, [name.gtin]);
  if (product === undefined) return { kind: 'never-issued', level: 'product' };
  return { kind: 'product', name: product.name, herbs: product.herbs, gtin: name.gtin as string };
}

/** A lot by GTIN and lot number: a batch of ours whose product carries the GTIN, else a lot its owner's system speaks of. */
async function findLot(db: Db, name: Readable<'gs1'>): Promise<Target> {
  const batch = await findBatch(db, 'p.gtin = $1 AND b.lot_number = $2', [name.gtin, name.lot]);
  if (batch !== undefined) return ofBatch(batch, name);
  const made = await findMade(db, name.lotCanonical as string);
  if (made === undefined) return { kind: 'never-issued', level: 'lot' };
  const subject: Subject = { kind: 'batch', path: name.path, gtin: name.gtin, lotNumber: name.lot };
  return { kind: 'thing', subject, node: made.node, owner: made.owner, isReserved: false };
}

async function findGs1Serial(db: Db, name: Readable<'gs1'>): Promise<Target> {
  const made = await findMade(db, name.canonical);
  if (made === undefined) return { kind: 'never-issued', level: 'serial' };
  const subject: Subject = { kind: 'serial', path: name.path, gtin: name.gtin, lotNumber: name.lot, serial: name.serial };
  return { kind: 'thing', subject, node: made.node, owner: made.owner, isReserved: false };
}

/** A thing that its owner made or packed on record. */
async function findMade(db: Db, canonical: string): Promise<{ readonly node: string; readonly owner: string } | undefined> {
  const [row] = await db.query(
    `SELECT n.id AS node, n.owner FROM node n
      WHERE n.identifier = $1 AND n.scope IS NULL AND n.owner IS NOT NULL AND EXISTS (
        SELECT FROM line l WHERE l.node = n.id AND l.org = n.owner AND NOT l.void AND l.role IN ('origin', 'output', 'serial', 'container-pack'))`,
    [identifierId(canonical)],
  );
  return row;
}

async function findPlace(db: Db, canonical: string): Promise<Target> {
  const [site] = await db.query(
    `SELECT s.kind, s.region, o.name FROM site s JOIN organisation o ON o.id = s.organisation_id WHERE s.sgln = $1 AND s.status = 'active'`,
    [canonical],
  );
  if (site === undefined) return { kind: 'never-issued', level: 'place' };
  return { kind: 'place', siteKind: site.kind, region: site.region, organisation: site.name };
}
