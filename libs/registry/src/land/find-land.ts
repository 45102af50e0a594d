import type { EntityManager } from 'typeorm';
import type { LandKind } from '../projection/land.projection';

/** Land as other libs need it; its boundary stays here. */
export interface Land {
  readonly id: string;
  readonly organisationId: string;
  readonly kind: LandKind;
  /** The base a plot or tending area belongs to. */
  readonly baseId?: string;
  readonly name: string;
  /** GB/T 2260, six digits; a plot without one has that of its base. */
  readonly region?: string;
  /** 行政村. */
  readonly village?: string;
  /** Square metres inside the boundary, seen from above. */
  readonly areaM2?: bigint;
  /** Square metres along the slope, where a slope is on record. */
  readonly groundAreaM2?: bigint;
  /** As declared, exact. */
  readonly declaredMu?: string;
  readonly version: number;
}

/** Base, plot or tending area by id (uuid). Whose it is, the caller compares. */
export async function findLand(db: Pick<EntityManager, 'query'>, id: string): Promise<Land | undefined> {
  const [row] = await db.query(
    `SELECT l.id, l.organisation_id, l.kind, l.base_id, l.name, COALESCE(l.region, b.region) AS region,
            COALESCE(l.village, b.village) AS village, l.area_m2, l.state ->> 'groundAreaM2' AS ground_m2, l.declared_mu, l.version
       FROM land l LEFT JOIN land b ON b.id = l.base_id WHERE l.id = $1`,
    [id],
  );
  return row && {
    id: row.id,
    organisationId: row.organisation_id,
    kind: row.kind,
    baseId: row.base_id ?? undefined,
    name: row.name,
    region: row.region ?? undefined,
    village: row.village ?? undefined,
    areaM2: row.area_m2 === null ? undefined : BigInt(row.area_m2),
    groundAreaM2: row.ground_m2 === null ? undefined : BigInt(row.ground_m2),
    declaredMu: row.declared_mu ?? undefined,
    version: row.version,
  };
}
