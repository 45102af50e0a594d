import { Injectable } from '@nestjs/common';
import { notFound } from '@daodi/platform';
import { earliestHarvestOf, loadUses } from '@daodi/quality';
import { type Caller, organisationUrn } from '@daodi/registry';
import { amountOut, bookOf, type BookEntry, type LineUnit, ownCodeOf, readBatchCode, TraceService, uomOf } from '@daodi/trace';
import { DataSource } from 'typeorm';
import { type Facts, findFacts } from '../form/things';
import type { BatchPageQuery, HoldingPageQuery } from './batches.dto';

/** How much an organisation has of a batch, or of a part of it. */
interface Amounts {
  readonly available: number | string;
  readonly rejected: number | string;
  readonly transit: number | string;
  readonly overdrawn: number | string;
  readonly uom?: string;
}

type Json = Readonly<Record<string, unknown>>;

/** What is the issuer's own business: where exactly it grew, from which seed. */
const ISSUERS_OWN = new Set(['plots', 'seedLot', 'crop', 'planting', 'holder', 'papers', 'code', 'uri', 'kind', 'netContentMg']);

interface ListRow {
  readonly identifier: string;
  readonly canonical: string;
  readonly uri: string | null;
  readonly since: string;
}

interface HoldingRow {
  readonly node: string;
  readonly canonical: string;
  readonly state: 'available' | 'rejected' | 'transit' | 'sold' | 'sampled';
  readonly place: string;
  readonly party: string | null;
  readonly quantity: string;
  readonly overdrawn: string;
  readonly unit: LineUnit;
  /** Of a zone: what lies there, which is the state the goods are in. */
  readonly zone: string | null;
}

const HOLDINGS = `
  SELECT h.node::text COLLATE "C" AS node, i.canonical, h.state COLLATE "C" AS state, h.place COLLATE "C" AS place,
         o.code AS party, h.quantity, h.overdrawn, h.unit,
         (SELECT s.state ->> 'zone' FROM site s WHERE h.state = 'available' AND s.identifier = h.place) AS zone
    FROM holding h JOIN node n ON n.id = h.node JOIN identifier i ON i.id = n.identifier
    LEFT JOIN organisation o ON h.state <> 'available' AND o.id::text = h.place
   WHERE h.org = $1`;

/** Reads batches and what the asker's book holds of them. Another's batch answers like one that does not exist. */
@Injectable()
export class Batches {
  constructor(
    private readonly dataSource: DataSource,
    private readonly traces: TraceService,
  ) {}

  /** Codes issued to the caller, and lots it has or had, in the order in which the log came to know of them. */
  async list({ organisationId }: Caller, { limit = 100, cursor }: BatchPageQuery): Promise<Json> {
    const [position = '-1', id = '00000000-0000-0000-0000-000000000000'] = cursor?.split('.') ?? [];
    const rows: ListRow[] = await this.dataSource.query(
      `SELECT found.identifier, i.canonical, b.uri, found.since FROM (
         SELECT identifier, min(since) AS since FROM (
           SELECT n.identifier, r.since_position AS since FROM reader_direct r JOIN node n ON n.id = r.node
            WHERE r.organisation_id = $1 AND (n.kind = 'class' OR EXISTS (SELECT FROM batch b WHERE b.identifier = n.identifier))
           UNION ALL SELECT identifier, position FROM batch WHERE organisation_id = $1
         ) known GROUP BY identifier
       ) found JOIN identifier i ON i.id = found.identifier LEFT JOIN batch b ON b.identifier = found.identifier
        WHERE (found.since, found.identifier) > ($2::bigint, $3::uuid)
        ORDER BY found.since, found.identifier LIMIT $4::int`,
      [organisationId, position, id, limit + 1],
    );
    const page = rows.slice(0, limit);
    const uris = page.map((row) => row.uri ?? row.canonical);
    const book = await bookOf(this.dataSource, organisationId, uris);
    const facts = await this.factsOf([...book.values()]);
    const last = rows.length > page.length ? page.at(-1) : undefined;
    return {
      items: uris.map((uri) => viewOf(uri, book.get(uri) as BookEntry, facts, organisationId)),
      next: last && `${last.since}.${last.identifier}`,
    };
  }

  /** One batch by our code or by its URI. @throws Problem 404 */
  async get({ organisationId }: Caller, reference: string): Promise<Json> {
    const code = readBatchCode(reference);
    const issued = code === undefined ? undefined : (await findFacts({ tx: this.dataSource.manager }, [code])).get(code);
    const uri = issued?.uri ?? reference;
    if (uri.includes('\0') || !uri.includes(':')) throw notFound();
    const entry = (await bookOf(this.dataSource, organisationId, [uri])).get(uri) as BookEntry;
    const facts = await this.factsOf([entry]);
    const about = facts.get(ownCodeOf(entry.canonical) ?? '');
    if (!entry.isHolder && about?.organisationId !== organisationId) throw notFound();
    const spelled = about?.uri ?? uri;
    const holdings: HoldingRow[] = await this.dataSource.query(`${HOLDINGS} AND h.node = $2 ORDER BY 3, 4`, [organisationId, entry.node]);
    const aliases: { scheme: string; value: string }[] = await this.dataSource.query(
      'SELECT scheme, value FROM alias WHERE organisation_id = $1 AND node = $2 ORDER BY position',
      [organisationId, entry.node],
    );
    return {
      ...viewOf(spelled, entry, facts, organisationId),
      ...(about?.kind === 'crop' && about.organisationId === organisationId && { harvest: earliestHarvestOf(await loadUses(this.dataSource, [await this.identifierOf(about.code)])) }),
      holdings: holdings.map(holdingOf),
      aliases,
      links: { trace: `/api/v1/trace?epc=${encodeURIComponent(spelled)}&direction=both`, ...(about && { page: about.uri }) },
    };
  }

  private async identifierOf(code: string): Promise<string> {
    const [row] = await this.dataSource.query('SELECT identifier FROM batch WHERE code = $1', [code]);
    return row.identifier;
  }

  /** What one batch consists of, as the caller may see it. @throws Problem 404 */
  async composition(caller: Caller, reference: string): Promise<Json> {
    const { uri, code } = await this.get(caller, reference);
    const { composition } = await this.traces.trace(caller.organisationId, uri as string, 'back');
    if (composition === undefined) throw notFound();
    return present({ code, uri, ...composition });
  }

  /** Every holding of the caller's. */
  async holdings({ organisationId }: Caller, { limit = 100, cursor }: HoldingPageQuery): Promise<Json> {
    const [node = '', state = '', place = ''] = cursor === undefined ? [] : Buffer.from(cursor, 'base64url').toString('utf8').replaceAll('\0', '').split(' ');
    const rows: HoldingRow[] = await this.dataSource.query(
      `SELECT * FROM (${HOLDINGS}) listed WHERE (node, state, place) > ($2 COLLATE "C", $3 COLLATE "C", $4 COLLATE "C") ORDER BY node, state, place LIMIT $5::int`,
      [organisationId, node, state, place, limit + 1],
    );
    const page = rows.slice(0, limit);
    const facts = await this.factsOf(page);
    const last = rows.length > page.length ? page.at(-1) : undefined;
    return {
      items: page.map((row) => {
        const about = facts.get(ownCodeOf(row.canonical) ?? '');
        const { code, herb, grade, lotNumber } = about ?? {};
        return present({ batch: about?.uri ?? row.canonical, code, herb, grade, lotNumber, ...holdingOf(row) });
      }),
      next: last && Buffer.from(`${last.node} ${last.state} ${last.place}`, 'utf8').toString('base64url'),
    };
  }

  private factsOf(of: readonly { readonly canonical: string }[]): Promise<Map<string, Facts>> {
    return findFacts({ tx: this.dataSource.manager }, of.flatMap(({ canonical }) => ownCodeOf(canonical) ?? []));
  }
}

function viewOf(uri: string, entry: BookEntry, facts: ReadonlyMap<string, Facts>, asker: string): Json {
  const about = facts.get(ownCodeOf(entry.canonical) ?? '');
  const isIssuer = about?.organisationId === asker;
  const attributes = Object.entries(about?.attributes ?? {}).filter(([name]) => !ISSUERS_OWN.has(name)).map(([name, value]) => [name, isIssuer ? value : toCounty(name, value)] as const);
  const own = isIssuer ? ['plots', 'seedLot', 'crop', 'planting', 'holder', 'papers'].map((name) => [name, about.attributes[name]] as const) : [];
  return present({
    code: about?.code,
    uri,
    kind: about?.kind ?? 'batch',
    issuedByYou: isIssuer,
    ...Object.fromEntries([...attributes, ...own]),
    netContent: about?.netContentMg === undefined ? undefined : { quantity: amountOut(about.netContentMg, 'mg'), uom: 'KGM' },
    book: amountsOf(entry),
  });
}

/** Of a declared origin others get the county, not what its taker wrote in words. */
function toCounty(name: string, value: unknown): unknown {
  if (name !== 'origin' || typeof value !== 'object' || value === null) return value;
  const { place, ...rest } = value as { readonly place?: { readonly regionCode?: string } };
  return place?.regionCode === undefined ? rest : { ...rest, place: { regionCode: place.regionCode } };
}

function amountsOf({ unit, available, rejected, transit, overdrawn }: BookEntry): Amounts | undefined {
  if (unit === undefined) return undefined;
  const uom = uomOf(unit);
  const out = (amount: bigint) => amountOut(amount, unit);
  return { available: out(available), rejected: out(rejected), transit: out(transit), overdrawn: out(overdrawn), ...(uom && { uom }) };
}

/** `place` is a site of what is on hand, and from whom it comes of what is on its way or rejected. */
function holdingOf({ state, place, party, quantity, overdrawn, unit, zone }: HoldingRow): Json {
  const from = party === null ? undefined : organisationUrn(party);
  return present({
    state,
    site: state === 'available' && place !== '' ? place : undefined,
    zone: zone ?? undefined,
    from: state === 'available' ? undefined : from,
    quantity: amountOut(BigInt(quantity), unit),
    overdrawn: overdrawn === '0' ? undefined : amountOut(BigInt(overdrawn), unit),
    uom: uomOf(unit),
  });
}

const present = (view: Json): Json => Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
