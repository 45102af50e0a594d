import type { EntityManager } from 'typeorm';
import type { Boundary } from './boundary';
import { sharesLayer } from './ground';
import type { Layer } from './land.dto';
import { overlapOf } from './land-notes';

/**
 * Which of these plots and tending areas lie over each other in the same layer, and by how many square metres. Unlike the
 * notes of a survey it speaks of land that was given up, too, and of whatever years: a piece that was ended and registered
 * anew is the same ground.
 *
 * @param ids in small letters
 */
export async function commonGround(db: Pick<EntityManager, 'query'>, ids: readonly string[]): Promise<{ readonly a: string; readonly b: string; readonly m2: bigint }[]> {
  const noted: { a: string; b: string; m2: string }[] = await db.query(
    `SELECT least(land_id::text, other_id) AS a, greatest(land_id::text, other_id) AS b, max(floor((detail ->> 'overlapM2')::numeric)::bigint)::text AS m2
       FROM land_note WHERE rule = 'overlap' AND land_id = ANY($1::uuid[]) AND other_id = ANY($1::text[]) GROUP BY 1, 2`, [ids]);
  const known = new Set(noted.map(({ a, b }) => `${a} ${b}`));
  // A survey noted whatever was active in the same years.
  const near: { a: string; b: string; layers: [Layer, Layer]; boundaries: [Boundary, Boundary] }[] = await db.query(
    `SELECT a.id::text AS a, b.id::text AS b, jsonb_build_array(a.layer, b.layer) AS layers, jsonb_build_array(a.boundary, b.boundary) AS boundaries
       FROM land a JOIN land b ON b.organisation_id = a.organisation_id AND b.id = ANY($1::uuid[]) AND b.id::text > a.id::text
        AND b.west <= a.east AND b.east >= a.west AND b.south <= a.north AND b.north >= a.south
      WHERE a.id = ANY($1::uuid[]) AND a.boundary IS NOT NULL AND b.boundary IS NOT NULL
        AND (a.status <> 'active' OR b.status <> 'active' OR COALESCE(a.to_year, 9999) < b.from_year OR COALESCE(b.to_year, 9999) < a.from_year)`, [ids]);
  const others = near.filter(({ a, b, layers }) => !known.has(`${a} ${b}`) && sharesLayer(...layers)).flatMap(({ a, b, boundaries }) => {
    const common = overlapOf(...boundaries);
    return common === undefined ? [] : [{ a, b, m2: BigInt(common) }];
  });
  return [...noted.map(({ a, b, m2 }) => ({ a, b, m2: BigInt(m2) })), ...others].sort((x, y) => (`${x.a} ${x.b}` < `${y.a} ${y.b}` ? -1 : 1));
}
