import type { EntityManager } from 'typeorm';
import { type HarvestFacts, type LandFacts, type OpeningFacts, shareKey } from '../rules/facts';
import { isoTime } from '@daodi/log';
import { type CropUse, loadUses } from '../inputs/load-uses';
import { groupBy } from './group-by';

type Db = Pick<EntityManager, 'query'>;

interface HarvestRow {
  readonly node: string;
  readonly org: string;
  readonly position: string;
  readonly day: string;
  readonly herb: string | null;
  readonly grade: string | null;
  /** Land named by the harvest itself, else all that the crop stands on. */
  readonly plots: string[] | null;
  readonly named: boolean;
  readonly owner: string;
  readonly eventId: string;
  readonly time: string;
  readonly crop: string;
  readonly claimed: string | null;
  readonly since: string | null;
}

/**
 * The harvests by which organisations made these nodes, with the land they came from and what was on record about it.
 * Seed, cuttings and seedlings taken from a crop are none; an event of another system that turns a crop into a batch is.
 */
export async function loadHarvests(db: Db, nodes: readonly string[]): Promise<Map<string, HarvestFacts[]>> {
  const rows: HarvestRow[] = await db.query(
    `SELECT DISTINCT o.node, o.org, o.position, c.organisation_id AS owner, b.herb, b.grade, o.event_id AS "eventId", ${isoTime('o.event_time')} AS time, c.identifier AS crop,
            y.body #>> '{ilmd,daodi:growthYears}' AS claimed, c.attributes ->> 'since' AS since,
            COALESCE(y.body #>> '{ilmd,cbvmda:harvestStartDate}', to_char(o.event_time AT TIME ZONE 'UTC' + interval '8 hours', 'YYYY-MM-DD')) AS day,
            jsonb_typeof(b.attributes -> 'plots') = 'array' AS named,
            CASE WHEN jsonb_typeof(b.attributes -> 'plots') = 'array' THEN b.attributes -> 'plots' ELSE c.attributes -> 'plots' END AS plots
       FROM line o JOIN line i ON i.hub = o.hub AND i.role = 'input' AND NOT i.void
       JOIN batch c ON c.identifier = i.identifier AND c.kind = 'crop'
       JOIN batch b ON b.identifier = o.identifier AND b.kind <> 'crop'
       LEFT JOIN entry_body y ON y.position = o.position
      WHERE o.node = ANY($1::uuid[]) AND o.role = 'output' AND o.held AND NOT o.void AND COALESCE(y.body ->> 'daodi:step', 'harvest') = 'harvest'
      ORDER BY o.node, o.org, o.position`,
    [nodes],
  );
  if (rows.length === 0) return new Map();
  const land = await landOf(db, rows);
  const uses = groupBy(await loadUses(db, rows.map(({ crop }) => crop)), ({ crop }) => crop);
  const openings = await openingsOf(db, rows, [...new Set([...land.values()].flatMap(({ region }) => region ?? []))]);
  return new Map([...groupBy(rows, (row) => shareKey(row.node, row.org))].map(([key, own]) => [key, own.map((row): HarvestFacts => {
    const plots = listOf(row.plots).flatMap((id) => land.get(`${row.owner} ${id.toLowerCase()}`) ?? []);
    const regions = new Set(plots.map(({ region }) => region));
    return {
      position: BigInt(row.position), eventId: row.eventId, day: row.day, plots, named: row.named,
      uses: usesBefore(row, uses.get(row.crop) ?? []),
      ...(row.claimed !== null && Number.isInteger(Number(row.claimed)) && { claimedYears: Number(row.claimed) }), ...(row.since !== null && { since: row.since }),
      openings: openings.filter(({ org, herb, grade, region, bySupervisor }) =>
        (bySupervisor || org === row.org) && herb === row.herb && (grade === null || grade === row.grade) && regions.has(region)),
    };
  })]));
}

/** What was used before, on land the harvest may have come from. Ids in forms stand as they were typed. */
function usesBefore({ time, plots }: HarvestRow, uses: readonly CropUse[]): Omit<CropUse, 'crop' | 'organisation'>[] {
  const picked = new Set(listOf(plots).map((id) => id.toLowerCase()));
  return uses
    .filter((use) => use.time <= time && (use.plots === undefined || picked.size === 0 || use.plots.some((id) => picked.has(id))))
    .map(({ crop: _c, organisation: _o, ...use }) => use);
}

const listOf = (plots: unknown): string[] => (Array.isArray(plots) ? plots.filter((id): id is string => typeof id === 'string') : []);

/** Land by its owner and id: a crop stands on its issuer's own land only. */
async function landOf(db: Db, rows: readonly HarvestRow[]): Promise<Map<string, LandFacts>> {
  const ids = [...new Set(rows.flatMap(({ plots }) => listOf(plots)))];
  const found: { id: string; org: string; region: string | null; resting: { year: number; position: string }[]; contracts: { from: string; to: string; position: string }[] }[] = await db.query(
    `SELECT l.id, l.organisation_id AS org, COALESCE(l.region, base.region) AS region,
            (SELECT COALESCE(json_agg(json_build_object('year', p.year, 'position', p.since_position::text) ORDER BY p.since_position), '[]') FROM rotation_plan p
              WHERE p.resting @> ARRAY[l.id] AND p.organisation_id = l.organisation_id AND p.status = 'active') AS resting,
            (SELECT COALESCE(json_agg(json_build_object('from', c.from_day, 'to', c.to_day, 'position', c.since_position::text) ORDER BY c.since_position), '[]') FROM land_contract c
              WHERE c.land @> ARRAY[l.id] AND c.organisation_id = l.organisation_id AND c.status = 'active') AS contracts
       FROM land l LEFT JOIN land base ON base.id = l.base_id WHERE l.id::text = ANY($1)`,
    [ids.map((id) => id.toLowerCase())],
  );
  return new Map(found.map(({ id, org, region, resting, contracts }) => [`${org} ${id}`, {
    id, region: region ?? undefined,
    resting: resting.map(({ year, position }) => ({ year, position: BigInt(position) })),
    contracts: contracts.map(({ from, to, position }) => ({ from, to, position: BigInt(position) })),
  }]));
}

interface Opening extends OpeningFacts {
  readonly org: string;
  readonly herb: string;
  readonly grade: string | null;
  readonly bySupervisor: boolean;
}

async function openingsOf(db: Db, rows: readonly HarvestRow[], regions: readonly string[]): Promise<Opening[]> {
  const herbs = [...new Set(rows.flatMap(({ herb }) => herb ?? []))];
  if (herbs.length === 0 || regions.length === 0) return [];
  const found: (Omit<Opening, 'position'> & { position: string })[] = await db.query(
    `SELECT n.organisation_id AS org, n.herb, n.grade, n.region, n.from_day::text AS "from", n.state ->> 'number' AS number, n.since_position AS position,
            o.type = 'supervisor' AS "bySupervisor"
       FROM opening_notice n JOIN organisation o ON o.id = n.organisation_id
      WHERE n.herb = ANY($1) AND n.region = ANY($2) AND n.status = 'active' ORDER BY n.since_position`,
    [herbs, regions],
  );
  return found.map((row) => ({ ...row, position: BigInt(row.position) }));
}
