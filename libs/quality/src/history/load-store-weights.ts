import { type DryingPart, massResolution } from '@daodi/herbal';
import { massToMilligrams } from '@daodi/epcis';
import { moistureOf } from '@daodi/trace';
import type { EntityManager } from 'typeorm';
import { shareKey, type StoreWeights } from '../rules/facts';
import { groupBy } from './group-by';

interface Row {
  readonly node: string;
  readonly org: string;
  readonly event_id: string;
  readonly position: string;
  readonly element: Readonly<Record<string, unknown>>;
}

/** Where goods lay and moisture was measured at both ends, such as re-dried or regained: each time with what it weighed. */
export async function loadStoreWeights(db: Pick<EntityManager, 'query'>, nodes: readonly string[]): Promise<Map<string, StoreWeights[]>> {
  const rows: Row[] = await db.query(
    `SELECT DISTINCT ON (l.node, l.org, l.position, c.ordinality) l.node, l.org, l.event_id, l.position, c.element
       FROM line l JOIN entry_body y ON y.position = l.position JOIN identifier i ON i.id = l.identifier LEFT JOIN batch b ON b.identifier = l.identifier
      CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(y.body -> 'daodi:counts') WHEN 'array' THEN y.body -> 'daodi:counts' ELSE '[]' END) WITH ORDINALITY AS c(element, ordinality)
      WHERE l.node = ANY($1::uuid[]) AND l.role IN ('gain', 'loss') AND l.path = '' AND l.held AND NOT l.void AND l.unit = 'mg'
        AND c.element ? 'moistureBefore' AND c.element ? 'moisture' AND c.element ->> 'epcClass' IN (i.canonical, b.uri)
      ORDER BY l.node, l.org, l.position, c.ordinality`,
    [nodes],
  );
  const shares = groupBy(rows, (row) => shareKey(row.node, row.org));
  return new Map([...shares].map(([key, group]) => [key, group.flatMap(weightsOf)]));
}

function weightsOf({ event_id, position, element }: Row): StoreWeights[] {
  const [before, after] = [partOf(element['book'], element['moistureBefore']), partOf(element['counted'], element['moisture'])];
  return before === undefined || after === undefined ? [] : [{ eventId: event_id, position: BigInt(position), before, after }];
}

function partOf(kilograms: unknown, stated: unknown): DryingPart | undefined {
  const massMg = typeof kilograms === 'number' || typeof kilograms === 'string' ? massToMilligrams(kilograms, 'KGM') : undefined;
  const moisture = moistureOf(stated);
  return massMg === undefined || massMg < 0n || moisture === undefined ? undefined : { massMg, uncertaintyMg: massResolution(massMg), moisture };
}
