import type { RootFacts } from '@daodi/herbal';
import type { EntityManager } from 'typeorm';
import { nodeOfRoot } from './descent-of';

type Db = Pick<EntityManager, 'query'>;

/** What a `batch` record says of where its goods came from, when they were taken in from outside. */
export interface DeclaredOrigin {
  readonly kind: 'declared';
  /** opening-stock, purchase, other-province, import, wild-collection. */
  readonly means: string;
  readonly place?: { readonly regionCode?: string; readonly text?: string };
  /** Year of harvest. */
  readonly year?: number;
}

interface RootRow {
  readonly id: string;
  readonly kind: string | null;
  readonly herb: string | null;
  readonly origin: DeclaredOrigin | null;
  readonly stated: boolean;
  readonly regions: readonly string[] | null;
  readonly certificates: readonly string[] | null;
}

/**
 * What is known of roots: of a crop its county, from the land it stands on, and the certificates of that land; of
 * goods from outside what was declared of them.
 *
 * @param roots keys as `descentOf` makes them
 */
export async function rootFacts(db: Db, roots: Iterable<string>): Promise<Map<string, RootFacts>> {
  const keys = [...roots].filter((root) => !root.endsWith(' claimed'));
  const nodes = [...new Set(keys.map(nodeOfRoot))];
  if (nodes.length === 0) return new Map();
  const rows: RootRow[] = await db.query(
    `SELECT n.id, b.kind, b.herb, b.attributes -> 'origin' AS origin, COALESCE(o.stated, false) AS stated, g.regions, c.certificates
       FROM unnest($1::uuid[]) AS asked(id) CROSS JOIN LATERAL (SELECT n.* FROM node n WHERE n.id = asked.id OFFSET 0) n
       LEFT JOIN LATERAL (SELECT b.* FROM batch b WHERE b.identifier = n.identifier OFFSET 0) b ON true
       LEFT JOIN LATERAL (SELECT true AS stated FROM line l WHERE l.node = n.id AND l.role = 'origin' AND l.held AND NOT l.void LIMIT 1) o ON b.kind IS DISTINCT FROM 'crop'
       LEFT JOIN LATERAL (
         SELECT array_agg(DISTINCT COALESCE(l.region, base.region)) FILTER (WHERE COALESCE(l.region, base.region) IS NOT NULL) AS regions,
                array_agg(l.id) || array_agg(l.base_id) FILTER (WHERE l.base_id IS NOT NULL) AS land
           FROM jsonb_array_elements_text(CASE jsonb_typeof(b.attributes -> 'plots') WHEN 'array' THEN b.attributes -> 'plots' ELSE '[]' END) AS plot
           JOIN land l ON l.id::text = plot AND l.organisation_id = b.organisation_id
           LEFT JOIN land base ON base.id = l.base_id) g ON b.kind = 'crop'
       LEFT JOIN LATERAL (
         SELECT array_agg(c.id::text ORDER BY c.id) AS certificates FROM certificate c
          WHERE c.subject_id = ANY(g.land) AND c.organisation_id = b.organisation_id AND c.status = 'active') c ON g.land IS NOT NULL`,
    [nodes],
  );
  const byNode = new Map(rows.map((row) => [row.id, row]));
  return new Map(keys.flatMap((root) => {
    const row = byNode.get(nodeOfRoot(root));
    return row === undefined ? [] : [[root, factsOf(root, row)] as const];
  }));
}

function factsOf(root: string, { kind, herb, origin, stated, regions, certificates }: RootRow): RootFacts {
  const [, part] = root.split(' ');
  const common = herb === null ? {} : { herb };
  if (kind === 'crop') {
    return { proof: 'proven', places: (regions ?? []).map(toCounty), ...(part !== undefined && { year: Number(part) }), ...common, certificates: certificates ?? [] };
  }
  if (part === 'taken-in') {
    const place = origin?.place?.regionCode;
    return { proof: 'declared', places: place === undefined ? [] : [toCounty(place)], ...(origin?.year !== undefined && { year: origin.year }), ...common };
  }
  // A system that says a batch came to be, and not of what: it is declared, too.
  return { proof: stated ? 'declared' : 'unknown', places: [], ...common };
}

/** Never finer than a county, whatever was registered. */
const toCounty = (code: string): string => code.slice(0, 6);

/** The years that harvests name as theirs, by entry. */
export async function harvestYears(db: Db, positions: readonly string[]): Promise<Map<string, number>> {
  if (positions.length === 0) return new Map();
  const rows: { position: string; day: string | null }[] = await db.query(
    `SELECT p.position, COALESCE(b.body #>> '{ilmd,cbvmda:harvestEndDate}', b.body #>> '{ilmd,cbvmda:harvestStartDate}') AS day
       FROM unnest($1::bigint[]) AS p(position) CROSS JOIN LATERAL (SELECT b.body FROM entry_body b WHERE b.position = p.position OFFSET 0) b`,
    [[...new Set(positions)]],
  );
  return new Map(rows.flatMap(({ position, day }) => (day !== null && /^\d{4}/.test(day) ? [[position, Number(day.slice(0, 4))] as const] : [])));
}

/** What one piece of things holds in milligrams; only of those whose product says it in mass. */
export async function netContents(db: Db, nodes: readonly string[]): Promise<Map<string, bigint>> {
  if (nodes.length === 0) return new Map();
  const rows: { id: string; mg: string }[] = await db.query(
    `SELECT n.id, b.net_content_mg AS mg FROM node n JOIN batch b ON b.identifier = n.identifier WHERE n.id = ANY($1::uuid[]) AND b.net_content_mg IS NOT NULL`,
    [[...new Set(nodes)]],
  );
  return new Map(rows.map(({ id, mg }) => [id, BigInt(mg)]));
}
