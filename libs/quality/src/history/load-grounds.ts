import { areaOnce, type CommonGround } from '@daodi/herbal';
import { commonGround } from '@daodi/registry';
import type { EntityManager } from 'typeorm';
import { type GroundFacts, shareKey } from '../rules/facts';
import { groupBy } from './group-by';

type Db = Pick<EntityManager, 'query'>;

/** Most harvests a finding names as its evidence, the largest first. */
const EVENTS_NAMED_MAX = 50;

/** Ground on which crops of one herb of one organisation stand: all land they share or that overlaps, each piece counted once. */
interface Ground {
  readonly herb: string;
  /** How it is grown, where that is the same for all. */
  readonly mode?: string;
  readonly crops: readonly string[];
  /** Absent where the area of a piece of land is on record nowhere. */
  readonly areaM2?: bigint;
}

/** A day by China Standard Time, from which the year of a harvest is told. */
const IN_CHINA = `AT TIME ZONE 'UTC' + interval '8 hours'`;

/** Outputs (`o`) of harvests of crops (`i`); seed and cuttings taken from a crop are none. */
const HARVEST_LINES = `line i JOIN line o ON o.position = i.position AND o.role = 'output' AND o.held AND NOT o.void AND o.path = ''
   LEFT JOIN entry_body y ON y.position = o.position`;
const IS_HARVEST = `i.role = 'input' AND i.held AND NOT i.void AND COALESCE(y.body ->> 'daodi:step', 'harvest') = 'harvest'`;

/**
 * What the ground gave in each year in which these nodes were harvested from it: all harvests of all crops of that herb on it,
 * so that neither many small harvests nor one ground under two names says less than it is.
 */
export async function loadGrounds(db: Db, nodes: readonly string[]): Promise<Map<string, GroundFacts[]>> {
  const harvested: { node: string; org: string; crop: string; year: number }[] = await db.query(
    `SELECT DISTINCT o.node, o.org, i.identifier AS crop, extract(year FROM o.event_time ${IN_CHINA})::int AS year
       FROM ${HARVEST_LINES} JOIN batch c ON c.identifier = i.identifier AND c.kind = 'crop' WHERE o.node = ANY($1::uuid[]) AND ${IS_HARVEST}`,
    [nodes],
  );
  if (harvested.length === 0) return new Map();
  const grounds = await groundsOf(db, harvested.map(({ crop }) => crop));
  const sums = await sumsOf(db, [...new Set([...grounds.values()].flatMap(({ crops }) => crops))]);
  return new Map([...groupBy(harvested, (row) => shareKey(row.node, row.org))].map(([key, own]) => {
    const years = new Map(own.flatMap(({ crop, year }) => {
      const ground = grounds.get(crop);
      return ground === undefined ? [] : [[`${ground.crops.join(' ')} ${year}`, { ground, year }] as const];
    }));
    return [key, [...years].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, { ground, year }]) => factsOf(ground, year, sums))];
  }));
}

function factsOf({ herb, mode, crops, areaM2 }: Ground, year: number, sums: readonly HarvestRow[]): GroundFacts[] {
  const own = sums.filter((row) => row.year === year && crops.includes(row.crop));
  if (areaM2 === undefined || own.length === 0) return [];
  const largest = [...own].sort((a, b) => (BigInt(b.mg) > BigInt(a.mg) ? 1 : BigInt(b.mg) < BigInt(a.mg) ? -1 : a.eventId < b.eventId ? -1 : 1));
  return [{
    herb, ...(mode !== undefined && { mode }), year, areaM2, harvests: own.length, freshMg: own.reduce((sum, { mg }) => sum + BigInt(mg), 0n),
    eventIds: largest.slice(0, EVENTS_NAMED_MAX).map(({ eventId }) => eventId), position: own.map(({ position }) => BigInt(position)).reduce((max, one) => (one > max ? one : max)),
  }];
}

interface HarvestRow {
  readonly crop: string;
  readonly year: number;
  readonly eventId: string;
  readonly mg: string;
  readonly position: string;
}

async function sumsOf(db: Db, crops: readonly string[]): Promise<HarvestRow[]> {
  return db.query(
    `SELECT i.identifier AS crop, extract(year FROM o.event_time ${IN_CHINA})::int AS year, o.event_id AS "eventId", sum(o.amount)::text AS mg, o.position
       FROM ${HARVEST_LINES} WHERE i.identifier = ANY($1::uuid[]) AND ${IS_HARVEST} AND o.unit = 'mg' AND o.amount IS NOT NULL GROUP BY 1, 2, 3, 5`,
    [crops],
  );
}

interface CropRow {
  readonly crop: string;
  readonly org: string;
  readonly herb: string;
  readonly mode: string | null;
  readonly plots: readonly string[] | null;
}

/** The ground each of these crops stands on, with all other crops of the same herb and organisation that stand on any of it. */
export async function groundsOf(db: Db, crops: readonly string[]): Promise<Map<string, Ground>> {
  const rows: CropRow[] = await db.query(
    `SELECT c.identifier AS crop, c.organisation_id AS org, c.herb, c.attributes ->> 'mode' AS mode, CASE WHEN jsonb_typeof(c.attributes -> 'plots') = 'array' THEN c.attributes -> 'plots' END AS plots
       FROM batch c WHERE c.kind = 'crop' AND (c.organisation_id, c.herb) IN (SELECT organisation_id, herb FROM batch WHERE identifier = ANY($1::uuid[]) AND kind = 'crop')`,
    [[...new Set(crops)]],
  );
  const standing = rows.map((row) => ({ ...row, plots: (row.plots ?? []).map((id) => id.toLowerCase()) }));
  const ids = [...new Set(standing.flatMap(({ plots }) => plots))];
  const land: { id: string; areaM2: string | null }[] = await db.query(
    `SELECT id, greatest(area_m2, (state ->> 'groundAreaM2')::numeric, ceil(declared_mu::numeric * 10000 / 15))::bigint AS "areaM2" FROM land WHERE id::text = ANY($1)`, [ids]);
  const overlaps = await commonGround(db, land.map(({ id }) => id));
  const areas = new Map(land.map(({ id, areaM2 }) => [id, areaM2 === null ? undefined : BigInt(areaM2)]));
  const found = new Map<string, Ground>();
  for (const group of groupBy(standing, ({ org, herb }) => `${org} ${herb}`).values()) {
    for (const part of connected(group, overlaps)) for (const { crop } of part) found.set(crop, groundOf(part, areas, overlaps));
  }
  return found;
}

type Standing = Omit<CropRow, 'plots'> & { readonly plots: readonly string[] };

/** Crops in groups that share land, or stand on land that overlaps. */
function connected(crops: readonly Standing[], overlaps: readonly CommonGround[]): Standing[][] {
  const groupOf = new Map<string, string>();
  const find = (one: string): string => {
    const next = groupOf.get(one) ?? one;
    return next === one ? one : find(next);
  };
  const join = (a: string, b: string): void => void groupOf.set(find(a), find(b));
  for (const { crop, plots } of crops) for (const plot of plots) join(crop, plot);
  for (const { a, b } of overlaps) join(a, b);
  return [...groupBy(crops, ({ crop }) => find(crop)).values()];
}

function groundOf(crops: readonly Standing[], areas: ReadonlyMap<string, bigint | undefined>, overlaps: readonly CommonGround[]): Ground {
  const plots = new Set(crops.flatMap((crop) => crop.plots));
  const [first] = crops as [Standing, ...Standing[]];
  const modes = new Set(crops.map(({ mode }) => mode));
  const known = new Map([...plots].flatMap((plot) => {
    const area = areas.get(plot);
    return area === undefined ? [] : [[plot, area] as const];
  }));
  return {
    herb: first.herb, crops: crops.map(({ crop }) => crop).sort(), ...(modes.size === 1 && first.mode !== null && { mode: first.mode }),
    ...(plots.size > 0 && known.size === plots.size && { areaM2: areaOnce(known, overlaps) }),
  };
}
