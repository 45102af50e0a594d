import { Injectable } from '@nestjs/common';
import type { Caller } from '@daodi/registry';
import { amountOut } from '@daodi/trace';
import { DataSource } from 'typeorm';

/** What one crop gave in one year, and what struck its land. */
export interface YieldOfYear {
  /** URI of the crop. */
  readonly crop: string;
  readonly herb?: string;
  readonly grade?: string;
  readonly harvests: number;
  /** As harvested, fresh. */
  readonly quantity: number | string;
  readonly uom: 'KGM';
  /** Land harvested from, in mu seen from above; absent where some of it has no area. */
  readonly areaMu?: number;
  /** The same along the slope; absent where some of it has no slope. */
  readonly groundMu?: number;
  /** Kilograms for each mu of projection, and of ground. */
  readonly kgPerMu?: number;
  readonly kgPerGroundMu?: number;
  readonly disasters: readonly object[];
}

interface Row {
  readonly uri: string;
  readonly herb: string | null;
  readonly grade: string | null;
  readonly harvests: string;
  readonly mg: string;
  readonly area_mu: string | null;
  readonly ground_mu: string | null;
  readonly disasters: object[];
}

/** Most crops one answer tells of. */
const CROPS_MAX = 1000;

/**
 * Fresh yields of the caller's crops in a year of China. The area is that of the land its harvests name, where each of
 * them does, else of all land of the crop: inside its boundary, else as declared. Lots harvested in pieces are left out,
 * and so are seed and seedlings.
 */
@Injectable()
export class Yields {
  constructor(private readonly dataSource: DataSource) {}

  async of({ organisationId }: Caller, year: number): Promise<readonly YieldOfYear[]> {
    const rows: Row[] = await this.dataSource.query(
      `WITH picked AS (
         SELECT c.identifier, c.uri, c.herb, c.grade, c.attributes -> 'plots' AS plots, b.attributes -> 'plots' AS named, o.position, o.amount
           FROM batch c JOIN line i ON i.identifier = c.identifier AND i.role = 'input' AND NOT i.void AND i.org = $1
           JOIN line o ON o.hub = i.hub AND o.role = 'output' AND o.held AND NOT o.void AND o.unit = 'mg'
           LEFT JOIN batch b ON b.identifier = o.identifier LEFT JOIN entry_body y ON y.position = o.position
          WHERE c.organisation_id = $1 AND c.kind = 'crop' AND COALESCE(y.body ->> 'daodi:step', 'harvest') = 'harvest'
            AND o.event_time >= make_timestamptz($2, 1, 1, 0, 0, 0, 'Asia/Shanghai') AND o.event_time < make_timestamptz($2 + 1, 1, 1, 0, 0, 0, 'Asia/Shanghai')),
       summed AS (
         SELECT p.identifier, p.uri, p.herb, p.grade, count(DISTINCT p.position) AS harvests, sum(p.amount) AS mg, p.plots, bool_and(jsonb_typeof(p.named) = 'array') IS TRUE AS all_named
           FROM picked p GROUP BY 1, 2, 3, 4, p.plots)
       SELECT s.uri, s.herb, s.grade, s.harvests, s.mg, a.area_mu, a.ground_mu, COALESCE(d.disasters, '[]') AS disasters
         FROM summed s
         CROSS JOIN LATERAL (
           SELECT array_agg(DISTINCT lower(one)::text) AS ids
             FROM jsonb_array_elements_text(CASE WHEN s.all_named THEN '[]' WHEN jsonb_typeof(s.plots) = 'array' THEN s.plots ELSE '[]' END) AS one
             WHERE NOT s.all_named) whole
         CROSS JOIN LATERAL (
           SELECT array_agg(DISTINCT lower(one)::text) AS ids FROM picked p, jsonb_array_elements_text(CASE WHEN s.all_named THEN p.named ELSE '[]' END) AS one
            WHERE p.identifier = s.identifier) parts
         CROSS JOIN LATERAL (
           SELECT CASE WHEN bool_and(m.mu IS NOT NULL) THEN sum(m.mu) END AS area_mu, CASE WHEN bool_and(m.ground IS NOT NULL) THEN sum(m.ground) END AS ground_mu, array_agg(m.id) AS ids
             FROM (SELECT l.id, COALESCE(l.area_m2 * 3 / 2000.0, l.declared_mu::numeric) AS mu, (l.state ->> 'groundAreaM2')::numeric * 3 / 2000.0 AS ground
                     FROM land l WHERE l.organisation_id = $1 AND l.id::text = ANY(COALESCE(parts.ids, whole.ids))) m) a
         LEFT JOIN LATERAL (
           SELECT json_agg(json_build_object('kind', x.state -> 'kind', 'from', x.state -> 'from', 'to', x.state -> 'to', 'affectedMu', x.state -> 'affectedMu',
                    'lossPercent', x.state -> 'lossPercent', 'evidence', jsonb_array_length(COALESCE(x.state -> 'evidence', '[]'))) ORDER BY x.from_day, x.since_position) AS disasters
             FROM disaster x WHERE x.organisation_id = $1 AND x.status = 'active' AND x.land && a.ids AND extract(year FROM x.from_day) = $2) d ON true
        ORDER BY s.uri LIMIT ${CROPS_MAX}`,
      [organisationId, year],
    );
    return rows.map(yieldOf);
  }
}

function yieldOf({ uri, herb, grade, harvests, mg, area_mu, ground_mu, disasters }: Row): YieldOfYear {
  const [areaMu, groundMu] = [area_mu, ground_mu].map((mu) => (mu === null ? undefined : Number(mu)));
  const kg = Number(mg) / 1_000_000;
  const perMu = (mu: number | undefined): number | undefined => (mu === undefined || mu === 0 ? undefined : round(kg / mu));
  return {
    crop: uri,
    ...(herb !== null && { herb }),
    ...(grade !== null && { grade }),
    harvests: Number(harvests),
    quantity: amountOut(BigInt(mg), 'mg'),
    uom: 'KGM',
    ...(areaMu !== undefined && { areaMu: round(areaMu), kgPerMu: perMu(areaMu) }),
    ...(groundMu !== undefined && { groundMu: round(groundMu), kgPerGroundMu: perMu(groundMu) }),
    disasters: disasters.map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null))),
  };
}

const round = (number: number): number => Math.round(number * 1000) / 1000;
