import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Boundary } from '../land/boundary';
import { sharesLayer } from '../land/ground';
import type { Layer } from '../land/land.dto';
import { overlapOf } from '../land/land-notes';
import type { Caller } from '../sign-in/caller';

/** One side of an overlap. */
export interface Side {
  /** Code of the organisation. */
  readonly organisation: string;
  readonly land: string;
  readonly name: string;
  readonly layer: Layer;
}

/** The same ground registered by two organisations, in the same layer and year. */
export interface SharedGround {
  readonly sides: readonly [Side, Side];
  readonly overlapM2: number;
}

interface PairRow {
  readonly a: Side & { readonly boundary: Boundary };
  readonly b: Side & { readonly boundary: Boundary };
}

/** Most pairs of rectangles looked into at once; a supervisor of a county has far fewer. */
const PAIRS_MAX = 2000;

/**
 * Ground that two organisations both registered. It is legitimate where their layers differ (trees above, herbs below),
 * or where contracts of both say that the ground is shared; else the same hill may be yielding twice. Only supervisors of
 * the place see it: told to either side, it would tell one organisation of another's land.
 */
@Injectable()
export class SharedGroundService {
  constructor(private readonly dataSource: DataSource) {}

  async list({ organisationId }: Caller): Promise<readonly SharedGround[]> {
    const side = (land: string): string =>
      `json_build_object('organisation', o${land}.code, 'land', ${land}.id, 'name', ${land}.name, 'layer', ${land}.layer, 'boundary', ${land}.boundary)`;
    const shared = (land: string): string =>
      `EXISTS (SELECT FROM land_contract c WHERE c.land @> ARRAY[${land}.id] AND c.organisation_id = ${land}.organisation_id AND c.status = 'active' AND c.state ->> 'sharedGround' = 'true')`;
    const pairs: PairRow[] = await this.dataSource.query(
      `WITH own AS (
         SELECT l.* FROM land l LEFT JOIN land base ON base.id = l.base_id
          WHERE l.kind <> 'base' AND l.status = 'active' AND l.boundary IS NOT NULL AND EXISTS (
            SELECT FROM jurisdiction j WHERE j.organisation_id = $1 AND j.status = 'active' AND j.stage IN ('all', 'planting', 'propagation')
               AND starts_with(COALESCE(l.region, base.region, ''), j.region_prefix)))
       SELECT ${side('a')} AS a, ${side('b')} AS b FROM own a
         JOIN land b ON b.organisation_id <> a.organisation_id AND b.kind <> 'base' AND b.status = 'active' AND b.boundary IS NOT NULL
          AND a.west <= b.east AND a.east >= b.west AND a.south <= b.north AND a.north >= b.south
          AND a.from_year <= COALESCE(b.to_year, 9999) AND COALESCE(a.to_year, 9999) >= b.from_year
          AND (a.id < b.id OR NOT EXISTS (SELECT FROM own WHERE own.id = b.id))
         JOIN organisation oa ON oa.id = a.organisation_id JOIN organisation ob ON ob.id = b.organisation_id
        WHERE NOT (${shared('a')} AND ${shared('b')}) ORDER BY a.id, b.id LIMIT ${PAIRS_MAX}`,
      [organisationId],
    );
    return pairs.filter(({ a, b }) => sharesLayer(a.layer, b.layer)).flatMap(({ a, b }): SharedGround[] => {
      const overlapM2 = overlapOf(a.boundary, b.boundary);
      return overlapM2 === undefined ? [] : [{ sides: [sideOf(a), sideOf(b)], overlapM2 }];
    });
  }
}

const sideOf = ({ organisation, land, name, layer }: Side): Side => ({ organisation, land, name, layer });
