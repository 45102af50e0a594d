import type { EntityManager } from 'typeorm';
import { type DeliveryFacts, shareKey } from '../rules/facts';

type Db = Pick<EntityManager, 'query'>;

/** What one picker brought to a station on one day, of one herb, in heaps that were closed. */
interface PickerDay {
  readonly organisation: string;
  readonly station: string;
  readonly herb: string;
  readonly year: number;
  readonly picker: string;
  readonly day: string;
  readonly mg: string;
  readonly slips: readonly string[];
}

/**
 * What the hands brought of which these nodes are heaps, beside what everybody brought to that station in that year, and slips
 * whose paper was entered before. Only heaps that were closed count, so it is the same whatever slip came first.
 */
export async function loadDeliveries(db: Db, nodes: readonly string[]): Promise<Map<string, DeliveryFacts>> {
  const heaps: { node: string; org: string; station: string; herb: string; year: number; day: string; slips: string[]; position: string }[] = await db.query(
    `SELECT n.id AS node, h.organisation_id AS org, h.site AS station, h.herb, extract(year FROM h.day)::int AS year, h.day::text AS day, h.slips, h.since_position AS position
       FROM node n JOIN batch b ON b.identifier = n.identifier JOIN judged_heap h ON h.code = b.code AND h.organisation_id = b.organisation_id WHERE n.id = ANY($1::uuid[]) AND h.status = 'closed'`,
    [nodes],
  );
  if (heaps.length === 0) return new Map();
  const days: PickerDay[] = await db.query(
    `SELECT h.organisation_id AS organisation, h.site AS station, h.herb, extract(year FROM h.day)::int AS year, s.picker, h.day::text AS day, sum(s.arrived_mg)::text AS mg, array_agg(s.id ORDER BY s.id) AS slips
       FROM judged_heap h JOIN judged_slip s ON s.id = ANY(h.slips) AND s.status = 'active'
      WHERE h.status = 'closed' AND (h.organisation_id, h.site, h.herb, extract(year FROM h.day)::int) IN (SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[]))
      GROUP BY 1, 2, 3, 4, 5, 6`,
    [heaps.map(({ org }) => org), heaps.map(({ station }) => station), heaps.map(({ herb }) => herb), heaps.map(({ year }) => year)],
  );
  const repeated: { slip: string; first: string; number: string }[] = await db.query(
    `SELECT s.id AS slip, (SELECT o.id FROM judged_slip o WHERE o.organisation_id = s.organisation_id AND o.slip_number = s.slip_number AND o.picker = s.picker AND o.arrived_mg = s.arrived_mg
              AND o.status = 'active' AND (o.day, o.id) < (s.day, s.id) AND extract(year FROM o.day) = extract(year FROM s.day) AND EXISTS (SELECT FROM judged_heap h WHERE h.slips @> ARRAY[o.id] AND h.status = 'closed')
              ORDER BY o.day, o.id LIMIT 1) AS first, s.slip_number AS number
       FROM judged_slip s WHERE s.id = ANY($1::uuid[]) AND s.status = 'active' AND s.slip_number IS NOT NULL ORDER BY s.id`,
    [heaps.flatMap(({ slips }) => slips)],
  );
  return new Map(heaps.map((heap) => {
    const station = days.filter((one) => one.organisation === heap.org && one.station === heap.station && one.herb === heap.herb && one.year === heap.year);
    const own = station.filter(({ day, slips }) => day === heap.day && slips.some((slip) => heap.slips.includes(slip)));
    return [shareKey(heap.node, heap.org), {
      position: BigInt(heap.position),
      pickerDays: own.map((one) => {
        const others = station.filter(({ picker, day }) => picker !== one.picker || day !== one.day).map(({ mg }) => BigInt(mg)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        return { mg: BigInt(one.mg), slips: one.slips, others: others.length, medianMg: others[Math.floor(others.length / 2)] ?? 0n };
      }),
      repeated: repeated.filter(({ slip, first }) => first !== null && heap.slips.includes(slip)),
    }];
  }));
}

/** Batches of all heaps that were closed at the stations of these heaps in their years, and of those that hold a slip of the same paper. */
export async function heapsBesides(db: Db, heaps: readonly string[]): Promise<{ readonly code: string }[]> {
  return db.query(
    `SELECT DISTINCT o.code FROM judged_heap h JOIN judged_heap o ON o.organisation_id = h.organisation_id AND o.site = h.site AND o.herb = h.herb AND extract(year FROM o.day) = extract(year FROM h.day)
      WHERE h.id = ANY($1::uuid[])
     UNION SELECT o.code FROM judged_heap h JOIN judged_slip s ON s.id = ANY(h.slips) JOIN judged_slip t ON t.organisation_id = s.organisation_id AND t.slip_number = s.slip_number
       JOIN judged_heap o ON o.slips @> ARRAY[t.id] WHERE h.id = ANY($1::uuid[])`,
    [heaps],
  );
}

/** Batches of heaps that hold a slip of an organisation with one of these numbers. */
export async function heapsOfPaper(db: Db, organisation: string, numbers: readonly unknown[]): Promise<{ readonly code: string }[]> {
  return db.query(
    `SELECT DISTINCT o.code FROM judged_slip s JOIN judged_heap o ON o.slips @> ARRAY[s.id] WHERE s.organisation_id = $1 AND s.slip_number = ANY($2::text[])`,
    [organisation, numbers.filter((number) => typeof number === 'string')],
  );
}
