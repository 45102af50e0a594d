import { isoTime } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import { type ReadingFacts, shareKey } from '../rules/facts';
import { groupBy } from './group-by';

/** Temperature and humidity read where these nodes lay, as upkeep 养护 recorded them, in the order of time. */
export async function loadReadings(db: Pick<EntityManager, 'query'>, nodes: readonly string[]): Promise<Map<string, ReadingFacts[]>> {
  const rows: { node: string; org: string; eventId: string; position: string; happened: string; written: string; source: string | null; values: string; provenance: string }[] = await db.query(
    `SELECT DISTINCT l.node, l.org, l.event_id AS "eventId", l.position, ${isoTime('e.event_time')} AS happened, ${isoTime('e.captured_time')} AS written, e.provenance,
            s.element #>> '{sensorMetadata,daodi:source}' AS source, (SELECT string_agg(concat_ws(' ', r ->> 'type', r ->> 'value'), ', ' ORDER BY r ->> 'type') FROM jsonb_array_elements(s.element -> 'sensorReport') r) AS values
       FROM line l JOIN entry e ON e.position = l.position JOIN entry_body y ON y.position = l.position
      CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(y.body -> 'sensorElementList') WHEN 'array' THEN y.body -> 'sensorElementList' ELSE '[]' END) AS s(element)
      WHERE l.node = ANY($1::uuid[]) AND l.role = 'observe' AND NOT l.void AND l.path = '' AND jsonb_typeof(s.element -> 'sensorReport') = 'array'
      ORDER BY 1, 2, 5, 3`,
    [nodes],
  );
  return new Map([...groupBy(rows, (row) => shareKey(row.node, row.org))].map(([key, own]) => [key, own.map(({ eventId, position, happened, written, source, values, provenance }): ReadingFacts => ({
    eventId, position: BigInt(position), happened, written, values, isOfDevice: source === 'device', byDevice: provenance === 'device',
  }))]));
}
