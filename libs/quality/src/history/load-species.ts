import type { EntityManager } from 'typeorm';
import { shareKey, type SpeciesFacts } from '../rules/facts';
import { groupBy } from './group-by';

interface SpeciesRow {
  readonly node: string;
  readonly org: string;
  readonly stated: string;
  readonly herb: string;
  readonly accepted: readonly { readonly latin: string; readonly verified: boolean }[] | null;
  readonly eventId: string;
  readonly position: string;
  readonly harvest: string | null;
}

/** SQL over a batch `b`: seed and planting material, from which a crop is raised. */
export const PROPAGULES = `b.attributes ->> 'form' IN ('seed', 'seedling', 'plantlet', 'cutting', 'division', 'scion', 'bulbil', 'rhizome', 'spawn')`;

/**
 * The plants that accessions and identifications name for what these crops, and what was harvested from them, were raised
 * from, however many years and nurseries back. Only of herbs of which accepted species are on record.
 */
export async function loadSpecies(db: Pick<EntityManager, 'query'>, nodes: readonly string[]): Promise<Map<string, SpeciesFacts[]>> {
  const rows: SpeciesRow[] = await db.query(
    `WITH RECURSIVE up(node, org, herb, harvest, at) AS (
       SELECT DISTINCT l.node, l.org, b.herb, NULL::text, l.identifier FROM line l JOIN batch b ON b.identifier = l.identifier AND (b.kind = 'crop' OR ${PROPAGULES})
        WHERE l.node = ANY($1::uuid[]) AND l.role IN ('origin', 'output') AND l.held AND NOT l.void
       UNION
       SELECT DISTINCT o.node, o.org, b.herb, o.event_id, i.identifier FROM line o JOIN batch b ON b.identifier = o.identifier AND b.kind <> 'crop'
         JOIN line i ON i.hub = o.hub AND i.role = 'input' AND i.held AND NOT i.void JOIN batch c ON c.identifier = i.identifier AND c.kind = 'crop'
        WHERE o.node = ANY($1::uuid[]) AND o.role = 'output' AND o.held AND NOT o.void
       UNION
       SELECT u.node, u.org, u.herb, u.harvest, i.identifier FROM up u
         JOIN line o ON o.identifier = u.at AND o.role = 'output' AND o.held AND NOT o.void
         JOIN line i ON i.hub = o.hub AND i.role = 'input' AND i.held AND NOT i.void
         JOIN batch b ON b.identifier = i.identifier AND (b.kind = 'crop' OR ${PROPAGULES})
     ), said AS (
       SELECT u.node, u.org, u.herb, u.harvest, COALESCE(y.body #>> '{ilmd,daodi:accession,species}', y.body #>> '{daodi:propagule,identification,species}') AS stated, l.event_id, l.position
         FROM up u JOIN line l ON l.identifier = u.at AND l.role IN ('origin', 'output', 'observe') AND l.held AND NOT l.void AND l.path = '' JOIN entry_body y ON y.position = l.position
     ) SELECT DISTINCT s.node, s.org, s.stated, s.herb, h.state -> 'species' AS accepted, s.event_id AS "eventId", s.position, s.harvest
         FROM said s JOIN herb h ON h.code = s.herb WHERE s.stated IS NOT NULL AND jsonb_array_length(COALESCE(h.state -> 'species', '[]')) > 0
        ORDER BY s.node, s.org, s.position, s.stated, s.harvest`,
    [nodes],
  );
  return new Map([...groupBy(rows, (row) => shareKey(row.node, row.org))].map(([key, own]) => [key, own.map(({ stated, herb, accepted, eventId, position, harvest }): SpeciesFacts => ({
    stated, herb, accepted: (accepted ?? []).map(({ latin }) => latin), verified: (accepted ?? []).every(({ verified }) => verified), eventId, position: BigInt(position), ...(harvest !== null && { harvest }),
  }))]));
}
