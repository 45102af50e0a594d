import type { EntityManager } from 'typeorm';
import type { HerbFact, NodeFact } from '../domain/passport-facts';
import type { Scope } from './lineage-query';

type Db = Pick<EntityManager, 'query'>;

interface NodeRow {
  readonly id: string;
  readonly owner: string;
  readonly identifier_kind: 'class' | 'instance' | 'container';
  readonly batch_kind: 'crop' | 'batch' | 'retail' | 'container' | null;
  readonly unit: 'mg' | 'pcs' | null;
  readonly made: string;
  readonly grade: string | null;
  readonly herb: HerbFact | null;
  readonly product: { name: string; form: string; specification: string | null } | null;
  readonly mixed: boolean;
  readonly unmeasured: boolean;
  readonly ambiguous: boolean;
  readonly overdrawn: string;
  readonly regions: readonly string[];
  readonly land: readonly string[];
}

/**
 * Facts of the things of a lineage. A crop's counties are those of the land its owner registered it on; what is owed
 * to the books counts where it is owed by those who had the thing on its way here.
 */
export async function nodesOf(db: Db, nodes: readonly string[], scopes: readonly Scope[]): Promise<NodeFact[]> {
  const rows: NodeRow[] = await db.query(
    `SELECT n.id, n.owner, n.unit, n.made, n.mixed, n.unmeasured, n.ambiguous, n.kind AS identifier_kind, b.kind AS batch_kind, b.grade,
            CASE WHEN h.code IS NOT NULL THEN jsonb_build_object('code', h.code, 'name', h.name, 'pinyin', h.pinyin, 'latin', h.latin, 'part', h.part, 'verified', h.verified, 'areas', h.state -> 'areas') END AS herb,
            CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('name', p.name, 'form', p.form, 'specification', p.specification) END AS product,
            COALESCE(d.owed, 0) AS overdrawn, COALESCE(g.regions, '{}') AS regions, COALESCE(g.land, '{}')::text[] AS land
       FROM node n
       LEFT JOIN batch b ON b.identifier = n.identifier
       LEFT JOIN herb h ON h.code = b.herb
       LEFT JOIN product p ON p.id = b.product_id AND p.organisation_id = b.organisation_id
       LEFT JOIN LATERAL (
         SELECT sum(o.overdrawn) AS owed FROM holding o
          WHERE o.node = n.id AND o.overdrawn > 0
            AND EXISTS (SELECT FROM unnest($2::uuid[], $3::uuid[]) AS s(node, org) WHERE s.node = n.id AND (s.org IS NULL OR s.org = o.org))) d ON true
       LEFT JOIN LATERAL (
         SELECT array_agg(DISTINCT COALESCE(l.region, base.region)) FILTER (WHERE COALESCE(l.region, base.region) IS NOT NULL) AS regions,
                array_agg(l.id) || array_agg(l.base_id) FILTER (WHERE l.base_id IS NOT NULL) AS land
           FROM jsonb_array_elements_text(CASE jsonb_typeof(b.attributes -> 'plots') WHEN 'array' THEN b.attributes -> 'plots' ELSE '[]' END) AS plot
           JOIN land l ON l.id::text = plot AND l.organisation_id = b.organisation_id
           LEFT JOIN land base ON base.id = l.base_id) g ON b.kind = 'crop'
      WHERE n.id = ANY($1::uuid[])`,
    [nodes, scopes.map(({ node }) => node), scopes.map(({ org }) => org ?? null)],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return nodes.flatMap((id) => {
    const row = byId.get(id);
    return row === undefined ? [] : [nodeOf(row)];
  });
}

function nodeOf(row: NodeRow): NodeFact {
  return {
    id: row.id,
    owner: row.owner,
    kind: row.batch_kind ?? (row.identifier_kind === 'class' ? 'batch' : row.identifier_kind === 'container' ? 'container' : 'serial'),
    unit: row.unit ?? undefined,
    made: BigInt(row.made),
    grade: row.grade ?? undefined,
    herb: row.herb === null ? undefined : { ...row.herb, areas: row.herb.areas ?? [] },
    product: row.product === null ? undefined : { ...row.product, specification: row.product.specification ?? undefined },
    regions: row.regions,
    land: row.land,
    mixed: row.mixed,
    unmeasured: row.unmeasured,
    ambiguous: row.ambiguous,
    overdrawn: BigInt(row.overdrawn),
  };
}
