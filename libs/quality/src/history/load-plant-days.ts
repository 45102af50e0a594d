import { PROCESSING_STEPS } from '@daodi/herbal';
import type { EntityManager } from 'typeorm';
import { type PlantDayFacts, shareKey } from '../rules/facts';
import { groupBy } from './group-by';

type Db = Pick<EntityManager, 'query'>;

/** What only sorts out whose batch is whose takes no machine. */
const NO_MACHINE: ReadonlySet<string> = new Set(['grading', 'blending', 'splitting']);
const MACHINE_STEPS = PROCESSING_STEPS.filter((step) => !NO_MACHINE.has(step));

/** Most steps a finding names as its evidence, the largest first. */
const EVENTS_NAMED_MAX = 50;

/** Sites (`s`) that say what they can take, where a line (`l`) of their own organisation happened. */
const AT_SITE = 's.organisation_id = l.org AND l.site IN (s.identifier, s.sgln) AND s.daily_capacity_kg IS NOT NULL';
const DAY = `(l.event_time AT TIME ZONE INTERVAL '08:00')::date::text`;

/**
 * What the workshops in which these nodes were made took in on those days: all that went into the same step there, whoever's
 * batch became of it. Each step is counted for itself, for the same kilograms are washed, cut and dried on one day.
 */
export async function loadPlantDays(db: Db, nodes: readonly string[]): Promise<Map<string, PlantDayFacts[]>> {
  const made: { node: string; org: string; site: string; place: string; day: string; step: string; capacity: string }[] = await db.query(
    `SELECT DISTINCT l.node, l.org, s.id AS site, l.site AS place, ${DAY} AS day, y.body ->> 'daodi:step' AS step, trunc(s.daily_capacity_kg * 1000000)::text AS capacity
       FROM line l JOIN site s ON ${AT_SITE} JOIN entry_body y ON y.position = l.position
      WHERE l.node = ANY($1::uuid[]) AND l.role = 'output' AND l.path = '' AND l.held AND NOT l.void AND y.body ->> 'daodi:step' = ANY($2)`,
    [nodes, MACHINE_STEPS],
  );
  if (made.length === 0) return new Map();
  const days = [...new Map(made.map(({ place, day }) => [`${place} ${day}`, { place, day }])).values()];
  const took: { site: string; day: string; step: string; eventId: string; mg: string; position: string }[] = await db.query(
    `SELECT s.id AS site, w.day, y.body ->> 'daodi:step' AS step, l.event_id AS "eventId", sum(l.amount)::text AS mg, l.position
       FROM unnest($1::text[], $2::text[]) AS w(place, day)
       JOIN line l ON l.site = w.place AND l.role = 'input' AND l.event_time >= w.day::timestamp AT TIME ZONE INTERVAL '08:00' AND l.event_time < (w.day::date + 1)::timestamp AT TIME ZONE INTERVAL '08:00'
       JOIN site s ON ${AT_SITE} JOIN entry_body y ON y.position = l.position
      WHERE l.path = '' AND l.held AND NOT l.void AND l.unit = 'mg' AND l.amount IS NOT NULL AND y.body ->> 'daodi:step' = ANY($3) GROUP BY 1, 2, 3, 4, 6`,
    [days.map(({ place }) => place), days.map(({ day }) => day), MACHINE_STEPS],
  );
  return new Map([...groupBy(made, (row) => shareKey(row.node, row.org))].map(([key, own]) => {
    const workdays = [...new Map(own.map((row) => [`${row.day} ${row.site} ${row.step}`, row])).entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    return [key, workdays.flatMap(([, { site, day, step, capacity }]) => {
      const all = took.filter((row) => row.site === site && row.day === day && row.step === step);
      const largest = [...all].sort((a, b) => (BigInt(b.mg) > BigInt(a.mg) ? 1 : BigInt(b.mg) < BigInt(a.mg) ? -1 : a.eventId < b.eventId ? -1 : 1));
      return all.length === 0 ? [] : [{
        site, day, step, capacityMg: BigInt(capacity), tookMg: all.reduce((sum, { mg }) => sum + BigInt(mg), 0n),
        eventIds: largest.slice(0, EVENTS_NAMED_MAX).map(({ eventId }) => eventId), position: all.map(({ position }) => BigInt(position)).reduce((max, one) => (one > max ? one : max)),
      }];
    })] as const;
  }));
}

/** Whatever was made at workshops that say what they can take, on a day on which something of these entries happened there. */
export async function madeOnTheSameDay(db: Db, positions: readonly string[]): Promise<{ identifier: string }[]> {
  return db.query(
    `WITH days AS (SELECT DISTINCT s.id, l.site, ${DAY} AS day FROM line l JOIN site s ON ${AT_SITE} WHERE l.position = ANY($1::bigint[]) AND l.role = 'input')
     SELECT DISTINCT o.identifier FROM days d JOIN line l ON l.site = d.site AND l.role = 'input'
        AND l.event_time >= d.day::timestamp AT TIME ZONE INTERVAL '08:00' AND l.event_time < (d.day::date + 1)::timestamp AT TIME ZONE INTERVAL '08:00'
       JOIN line o ON o.position = l.position AND o.role = 'output'`,
    [positions],
  );
}
