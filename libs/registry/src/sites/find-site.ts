import type { EntityManager } from 'typeorm';
import { siteUrn } from '../projection/things.projection';
import type { ZoneKind } from './zone.dto';

/** A site as other libs need it; its address and exact place stay here. */
export interface Site {
  readonly id: string;
  readonly organisationId: string;
  /** `urn:daodi:site:{id}`. */
  readonly identifier: string;
  /** Canonical Digital Link of its SGLN. */
  readonly sgln?: string;
  readonly kind: string;
  readonly name: string;
  /** GB/T 2260, six digits. */
  readonly region: string;
  /** Of a zone: what it is for, and the site it is a part of (uuid). */
  readonly zone?: ZoneKind;
  readonly within?: string;
}

/** A site by its id (uuid), its URN or its canonical SGLN. Whose it is, the caller compares. */
export async function findSite(db: Pick<EntityManager, 'query'>, idOrIdentifier: string): Promise<Site | undefined> {
  const [row] = await db.query(
    `SELECT id, organisation_id, identifier, sgln, kind, name, region, state ->> 'zone' AS zone, state ->> 'within' AS within FROM site
      WHERE identifier = ANY(ARRAY[$1, $2]) OR sgln = $1 ORDER BY since_position LIMIT 1`,
    [idOrIdentifier, siteUrn(idOrIdentifier.toLowerCase())],
  );
  return row && {
    id: row.id,
    organisationId: row.organisation_id,
    identifier: row.identifier,
    sgln: row.sgln ?? undefined,
    kind: row.kind,
    name: row.name,
    region: row.region,
    zone: row.zone ?? undefined,
    within: row.within ?? undefined,
  };
}
