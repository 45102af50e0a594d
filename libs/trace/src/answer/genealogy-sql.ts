import { isoTime } from '@daodi/log';

/** Which way a genealogy is followed. */
export type Direction = 'back' | 'forward';

const ROLES = {
  back: { near: ['output', 'serial', 'container-pack'], farSerial: 'serial-lot', pack: 'container-pack', packed: 'packed' },
  forward: { near: ['input', 'serial-lot', 'packed'], farSerial: 'serial', pack: 'packed', packed: 'container-pack' },
} as const;

const list = (roles: readonly string[]): string => roles.map((role) => `'${role}'`).join(', ');

/** The other ends, as lines `f`, of what a node is part of by its line `n`: one look at the lines of the node. */
const far = (direction: Direction, node: string, condition: string): string => {
  const { near, pack, packed } = ROLES[direction];
  const [thing, serial] = direction === 'back' ? ['output', 'serial'] : ['input', 'serial-lot'];
  const [farThing, farSerial] = direction === 'back' ? ['input', 'serial-lot'] : ['output', 'serial'];
  return `
    SELECT f.node FROM line n CROSS JOIN LATERAL (
      SELECT f.node, f.held FROM line f WHERE n.role <> '${pack}' AND f.hub = n.hub AND f.role = CASE n.role WHEN '${thing}' THEN '${farThing}' WHEN '${serial}' THEN '${farSerial}' END
         AND NOT f.void AND f.node IS NOT NULL
      UNION ALL
      SELECT f.node, f.held FROM line f WHERE n.role = '${pack}' AND n.path = '' AND f.position = n.position AND f.path = '' AND f.role = '${packed}'
         AND NOT f.void AND f.node IS NOT NULL) f
     WHERE n.node = ${node} AND n.role IN (${list(near)}) AND NOT n.void AND ${condition}`;
};

/**
 * What can be reached over lines on record, as far as who asks may read on. It only says what is worth fetching in one
 * question: `walk` decides what is part of the answer, and asks for what it misses.
 *
 * Back, whoever may read a thing may read what it was made of; forward, what came of it has to be readable itself.
 */
const onRecord = (direction: Direction): string => {
  const owners = `(n.held OR (n.role = 'output' AND EXISTS (SELECT FROM node o WHERE o.id = n.node AND o.owner = n.org)))`;
  const readable = `(EXISTS (SELECT FROM reader_direct d WHERE d.organisation_id = $2 AND d.node = f.node)
    OR EXISTS (SELECT FROM reader_history h WHERE h.organisation_id = $2 AND h.node = f.node))`;
  const condition = direction === 'back' ? `f.held AND ${owners}` : readable;
  return `
    WITH RECURSIVE reached(node) AS (
      SELECT unnest($1::uuid[])
      UNION SELECT e.node FROM reached r CROSS JOIN LATERAL (${far(direction, 'r.node', condition)}) e)`;
};

/**
 * Everything nodes are part of in one direction: a row for each event with its lines, whole transformations with
 * everything that went in and came out; the last row names the nodes this is all of.
 *
 * `$1` nodes; forward and deep, `$2` who asks. A line as text: what `Genealogy` reads.
 *
 * @param isDeep also of all that is reached from these nodes
 */
export function genealogySql(direction: Direction, isDeep: boolean): string {
  const { near, farSerial, pack, packed } = ROLES[direction];
  const start = isDeep ? onRecord(direction) : 'WITH reached(node) AS (SELECT unnest($1::uuid[]))';
  return `${start},
    near AS MATERIALIZED (
      SELECT n.* FROM reached r JOIN line n ON n.node = r.node AND n.role IN (${list(near)}) AND NOT n.void),
    part AS (
      SELECT l.* FROM (SELECT DISTINCT hub FROM near WHERE hub IS NOT NULL) h
        JOIN line l ON l.hub = h.hub AND NOT l.void AND l.node IS NOT NULL AND l.role IN ('input', 'output', 'serial-lot', '${farSerial}')
      ${farSerial === 'serial' ? '' : `UNION ALL SELECT * FROM near WHERE role = 'serial'`}
      UNION ALL SELECT * FROM near WHERE role = '${pack}' AND path = ''
      UNION ALL SELECT l.* FROM (SELECT DISTINCT position FROM near WHERE role = '${pack}' AND path = '') p
        JOIN line l ON l.position = p.position AND l.path = '' AND l.role = '${packed}' AND NOT l.void AND l.node IS NOT NULL)
    SELECT l.position, l.hub, l.org, l.event_id AS "eventId", ${isoTime('l.event_time')} AS time,
           string_agg(concat(l.node, ' ', l.ordinal, ' ', l.role, ' ', l.held, l.kind = 'class', ${isBox}, ${ownerMade}, ' ', l.amount, ' ', l.unit, ' ',
             CASE WHEN l.until IS NOT NULL THEN ${isoTime('l.until')} END), ';') AS lines
      FROM part l GROUP BY l.position, l.hub, l.org, l.event_id, l.event_time
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL, string_agg(node::text, ' ') FROM reached`;
}

/** Whether its sayer owns what it says it made, though it does not hold it. */
const ownerMade = `l.role = 'output' AND NOT l.held AND EXISTS (SELECT FROM node o WHERE o.id = l.node AND o.owner = l.org)`;
/** Whether what was packed, or packed into, is a container. */
const isBox = `l.role IN ('packed', 'container-pack') AND EXISTS (SELECT FROM node b WHERE b.id = l.node AND b.kind = 'container')`;
