import { isoTime } from '@daodi/log';

/** Which way a genealogy is followed. */
export type Direction = 'back' | 'forward';

const ROLES = {
  back: { thing: 'output', serial: 'serial', farThing: 'input', farSerial: 'serial-lot', pack: 'container-pack', packed: 'packed' },
  forward: { thing: 'input', serial: 'serial-lot', farThing: 'output', farSerial: 'serial', pack: 'packed', packed: 'container-pack' },
} as const;

/** Whether its sayer owns what it says it made, though it does not hold it. */
const ownerMade = `l.role = 'output' AND NOT l.held AND EXISTS (SELECT FROM node o WHERE o.id = l.node AND o.owner = l.org)`;
/** Whether what was packed, or packed into, is a container. */
const isBox = `l.role IN ('packed', 'container-pack') AND EXISTS (SELECT FROM node b WHERE b.id = l.node AND b.kind = 'container')`;
/** Lines the asker may see: all that are held, its own, and what the owner says it made. */
const seen = `(l.held OR l.org = $2 OR (${ownerMade}))`;

/** A line as text. */
const lineText = `l.node || ' ' || l.ordinal || ' ' || l.role || CASE WHEN l.held THEN ' t' ELSE ' f' END || CASE l.kind WHEN 'class' THEN 't' ELSE 'f' END
  || CASE WHEN ${isBox} THEN 't' ELSE 'f' END || CASE WHEN ${ownerMade} THEN 't ' ELSE 'f ' END || COALESCE(l.amount::text, '') || ' ' || COALESCE(l.unit, '') || ' '
  || CASE WHEN l.until IS NULL THEN '' ELSE ${isoTime('l.until')} END`;

/** A condition on lines: no more than what a transformation, or serials and their lot, consist of. */
const whole = (direction: Direction): string =>
  `NOT l.void AND l.node IS NOT NULL AND l.role IN ('input', 'output', 'serial-lot', '${ROLES[direction].farSerial}')`;

/** Whether one may go on to what a line `l` at the far end speaks of. Back, whoever may read a thing may read what it was made of. */
const readable = (direction: Direction): string =>
  direction === 'back'
    ? 'l.held'
    : `(EXISTS (SELECT FROM reader_direct r WHERE r.organisation_id = $2 AND r.node = l.node) OR EXISTS (SELECT FROM reader_history r WHERE r.organisation_id = $2 AND r.node = l.node))`;

/**
 * One node, `d.id`, from one look at its lines: what it is part of and may be followed through (`next`: hubs; `packs`),
 * what else it is part of (`shut`), whether lines of its own are to be told with it (`lone`), and what they say of it.
 * Back, through what those say who hold or own it.
 */
function aboutNode(direction: Direction): string {
  const { thing, serial, pack } = ROLES[direction];
  const near = `l.role IN ('${thing}', '${serial}')`;
  const open = direction === 'back' ? `(l.held OR (${ownerMade}))` : 'true';
  return `
    SELECT false AS is_hub, d.id, array_agg(l.hub) FILTER (WHERE ${near} AND ${open}) AS next, array_agg(l.hub) FILTER (WHERE ${near} AND NOT ${open}) AS shut,
           array_agg(l.position) FILTER (WHERE l.role = '${pack}' AND l.path = '' AND ${open}) AS packs,
           COALESCE(bool_or(l.role IN ('${pack}', 'serial')), false) AS lone, NULL::bigint AS position, NULL::uuid AS org,
           min(l.spelled) FILTER (WHERE l.path = '' AND ${seen}) AS one, max(l.spelled) FILTER (WHERE l.path = '' AND ${seen}) AS other,
           concat_ws(' ', COALESCE(bool_or(l.role = 'origin' AND l.held AND l.path = ''), false), string_agg(l.position::text, ',') FILTER (WHERE ${seen}),
             string_agg(l.org || ' ' || l.dest_org, ' ') FILTER (WHERE l.role = 'ship' AND l.held AND l.dest_org <> l.org)) AS text
      FROM line l WHERE l.node = d.id AND NOT l.void`;
}

/** What one hub, `d.id`, ties together, from one look at its lines; `lone` where several events tell it. */
function aboutHub(direction: Direction): string {
  const { farThing, farSerial } = ROLES[direction];
  return `
    SELECT true, d.id, array_agg(l.node) FILTER (WHERE l.role IN ('${farThing}', '${farSerial}') AND ${readable(direction)}), NULL, NULL,
           min(l.position) <> max(l.position), min(l.position), any_value(l.org), any_value(l.event_id), ${isoTime('min(l.event_time)')}, string_agg(${lineText}, ';')
      FROM line l WHERE l.hub = d.id AND ${whole(direction)}`;
}

/** Lines by event. */
const told = (lines: string): string => `
  SELECT l.position, l.hub, l.org, l.event_id, ${isoTime('l.event_time')}, string_agg(${lineText}, ';')
    FROM ${lines} GROUP BY l.position, l.hub, l.org, l.event_id, l.event_time`;

/**
 * Everything nodes are part of in one direction: a row for each event with its lines, whole transformations with
 * everything that went in and came out; and a row for each node, without a position, with what its lines say of it.
 *
 * Deep, from nodes to hubs and from hubs to nodes in turn, each looked at once. It only says what is worth fetching in
 * one question: `walk` decides what is part of the answer, and asks for what it misses.
 *
 * `$1` nodes, `$2` who asks. A line, and what lines say of a node, as text: what `Genealogy` reads.
 *
 * @param isDeep also of all that is reached from these nodes
 */
export function genealogySql(direction: Direction, isDeep: boolean): string {
  const { pack, packed } = ROLES[direction];
  const further = `
    UNION
    SELECT x.* FROM (
      SELECT DISTINCT w.is_hub, w.id FROM reached r CROSS JOIN LATERAL (
        SELECT NOT r.is_hub AS is_hub, unnest(r.next) AS id
        UNION ALL
        SELECT false, l.node FROM unnest(r.packs) AS p(position)
          JOIN line l ON l.position = p.position AND l.path = '' AND l.role = '${packed}' AND NOT l.void AND l.node IS NOT NULL WHERE ${readable(direction)}) w) d
     CROSS JOIN LATERAL (${aboutNode(direction)} HAVING NOT d.is_hub UNION ALL ${aboutHub(direction)} HAVING d.is_hub) x`;
  const untold = isDeep
    ? 'SELECT unnest(r.shut) FROM reached r UNION SELECT r.id FROM reached r WHERE r.is_hub AND r.lone'
    : 'SELECT DISTINCT unnest(r.next || r.shut) FROM reached r';
  return `
    WITH RECURSIVE reached AS (
      SELECT x.* FROM unnest($1::uuid[]) AS d(id) CROSS JOIN LATERAL (${aboutNode(direction)}) x ${isDeep ? further : ''}),
    lone AS (
      SELECT l.* FROM reached r CROSS JOIN LATERAL (
        SELECT l.* FROM line l WHERE l.node = r.id AND l.role IN (${direction === 'back' ? `'serial', ` : ''}'${pack}') AND l.path = '' AND NOT l.void OFFSET 0) l
       WHERE r.lone AND NOT r.is_hub)
    SELECT r.position, r.id AS hub, r.org, r.one AS "eventId", r.other AS time, r.text AS lines FROM reached r WHERE NOT (r.is_hub AND r.lone)
    UNION ALL
    SELECT e.* FROM (${untold}) AS u(hub) CROSS JOIN LATERAL (${told(`line l WHERE l.hub = u.hub AND ${whole(direction)}`)}) e
    UNION ALL
    SELECT e.* FROM (${told(`(
      SELECT * FROM lone
      UNION ALL SELECT l.* FROM (SELECT DISTINCT position FROM lone WHERE role = '${pack}') p
        JOIN line l ON l.position = p.position AND l.path = '' AND l.role = '${packed}' AND NOT l.void AND l.node IS NOT NULL) l`)}) e`;
}
