import type { EntityManager } from 'typeorm';
import type { LandKind, LandNote } from '../projection/land.projection';
import { areaM2, type Boundary, boxOf, muToM2, overlapM2 } from './boundary';
import { groundM2, sharesLayer } from './ground';
import type { Layer } from './land.dto';

/** What land says of itself that can be compared. */
export interface Surveyed {
  readonly boundary?: Boundary;
  readonly declaredMu?: string;
  readonly layer?: Layer;
  readonly fromYear?: number;
  readonly toYear?: number;
  readonly slopeDegrees?: number;
  /** What the declared mu measure; projection unless said. */
  readonly muMeasure?: string;
}

/** Permille by which the declared mu may differ from the boundary before it is noted: slopes alone make 150. */
const AREA_DIFFERS_PERMILLE = 150;
/** An overlap below this share of the smaller land, or this area, is how well a phone knows where it is. */
const OVERLAP_PERMILLE = 10;
const OVERLAP_M2 = 10;

/** Notes on the declared area: above 15 % apart from what the boundary encloses. */
export function areaNotes({ boundary, declaredMu, muMeasure, slopeDegrees }: Surveyed): LandNote[] {
  if (boundary === undefined || declaredMu === undefined) return [];
  const [declaredM2, projectedM2] = [muToM2(Number(declaredMu)), areaM2(boundary)];
  const measuredM2 = muMeasure === 'ground' && slopeDegrees !== undefined ? groundM2(projectedM2, slopeDegrees) : projectedM2;
  const permille = Math.round((Math.abs(declaredM2 - measuredM2) / measuredM2) * 1000);
  if (permille <= AREA_DIFFERS_PERMILLE) return [];
  return [{ rule: 'area-differs', detail: { declaredMu, measuredM2: Math.round(measuredM2), differencePermille: permille } }];
}

/**
 * Notes on other land of the same organisation and kind that this one overlaps in the same layer and year. Land of
 * others is not compared here: the note would tell one organisation of another's.
 */
export async function overlapNotes(
  tx: EntityManager,
  organisationId: string,
  id: string,
  kind: LandKind,
  land: Surveyed,
): Promise<LandNote[]> {
  if (kind === 'base' || land.boundary === undefined) return [];
  const [west, south, east, north] = boxOf(land.boundary);
  const near: { id: string; name: string; layer: Layer; boundary: Boundary }[] = await tx.query(
    `SELECT id, name, layer, boundary FROM land
      WHERE organisation_id = $1 AND id <> $2 AND kind IN ('plot', 'tending-area') AND status = 'active'
        AND from_year <= COALESCE($4::int, 9999) AND COALESCE(to_year, 9999) >= $3::int
        AND west <= $7 AND east >= $5 AND south <= $8 AND north >= $6
      ORDER BY since_position`,
    [organisationId, id, land.fromYear, land.toYear ?? null, west, south, east, north],
  );
  return near.filter(({ layer }) => sharesLayer(layer, land.layer)).flatMap(({ id: other, name, boundary }): LandNote[] => {
    const common = overlapOf(land.boundary as Boundary, boundary);
    if (common === undefined) return [];
    return [{ rule: 'overlap', other, detail: { name, overlapM2: common, layer: land.layer } }];
  });
}

/** Square metres two boundaries have in common; nothing where that is no more than a phone's error in where it is. */
export function overlapOf(a: Boundary, b: Boundary): number | undefined {
  const common = overlapM2(a, b);
  const smaller = Math.min(areaM2(a), areaM2(b));
  return common < OVERLAP_M2 || common * 1000 < smaller * OVERLAP_PERMILLE ? undefined : Math.round(common);
}
