import type { Entry, RecordBody } from '@daodi/log';
import { heapsBesides, heapsOfPaper } from '../deliveries/load-deliveries';
import { groundsOf } from '../history/load-grounds';
import { underTheSameSign } from '../history/load-gi-uses';
import { madeOnTheSameDay } from '../history/load-plant-days';
import { PROPAGULES } from '../history/load-species';
import { HIDES_PICKING } from '../history/load-steps';
import { readUses } from '../inputs/read-uses';
import { identifierId, ownCanonical } from '@daodi/trace';
import type { EntityManager } from 'typeorm';

/**
 * Identifiers whose shares may be judged differently because of these entries: what their lines name, what their
 * containers hold (however deep), the lot of a serial, whatever was made from any of it, and what records are about.
 * Rather one too many: judging again is a function of the history and changes nothing that still holds.
 */
export async function touchedIdentifiers(tx: EntityManager, entries: readonly Entry[]): Promise<Set<string>> {
  const touched = new Set<string>();
  const add = (rows: readonly { identifier: string }[]): void => rows.forEach(({ identifier }) => touched.add(identifier));
  add(await identifiersOfEvents(tx, entries));
  // Another use of a lot may be more than was bought of it, which is a question of every crop it was used on.
  const users = entries.filter(({ kind, body }) => kind === 'event' && readUses(body['daodi:inputsUsed']).some(({ lot }) => lot !== undefined)).map(({ organisationId }) => organisationId);
  if (users.length > 0) add(await cropsWithInputs(tx, users));
  for (const entry of entries) {
    if (entry.kind === 'record') add(await identifiersOfRecord(tx, entry));
  }
  for (let frontier = [...touched]; frontier.length > 0; ) {
    const found: { identifier: string }[] = await tx.query(
      // What was packed stays a question of what was declared in error, too: its lines stand, void.
      `SELECT f.identifier FROM line n JOIN line f ON f.position = n.position AND f.role IN ('packed', 'unpacked')
        WHERE n.identifier = ANY($1::uuid[]) AND n.role IN ('container-pack', 'container-unpack')
       UNION SELECT l.identifier FROM line s JOIN line l ON l.hub = s.hub AND l.role = 'serial-lot'
        WHERE s.identifier = ANY($1::uuid[]) AND s.role = 'serial'`,
      [frontier],
    );
    frontier = found.map(({ identifier }) => identifier).filter((identifier) => !touched.has(identifier));
    for (const identifier of frontier) touched.add(identifier);
  }
  add(await downThroughUnstated(tx, [...touched]));
  add(await tx.query(
    `SELECT DISTINCT o.identifier FROM line i JOIN line o ON o.hub = i.hub AND o.role = 'output' WHERE i.identifier = ANY($1::uuid[]) AND i.hub IS NOT NULL`,
    [[...touched]],
  ));
  add(await onTheSameGround(tx, [...touched]));
  add(await underTheSameSign(tx, [...touched]));
  add(await madeOnTheSameDay(tx, await positionsOf(tx, entries)));
  add(await behindBookings(tx, [...touched]));
  return touched;
}

/** Of events, and of those declared in error. */
async function positionsOf(tx: EntityManager, entries: readonly Entry[]): Promise<string[]> {
  const declarations = entries.filter(({ kind, declaration }) => kind === 'event' && declaration);
  const declared: { position: string }[] = declarations.length === 0 ? [] : await tx.query(
    'SELECT DISTINCT l.position FROM line l JOIN unnest($1::uuid[], $2::text[]) AS d(org, event_id) USING (org, event_id)',
    [declarations.map(({ organisationId }) => organisationId), declarations.map(({ eventId }) => eventId)],
  );
  return [...entries.filter(({ kind }) => kind === 'event').map(({ position }) => position.toString()), ...declared.map(({ position }) => position)];
}

/** What was harvested from ground from which any of this was: how much that ground gave is a question of all of it. */
async function onTheSameGround(tx: EntityManager, identifiers: readonly string[]): Promise<{ identifier: string }[]> {
  const crops: { identifier: string }[] = await tx.query(
    `SELECT identifier FROM batch WHERE identifier = ANY($1::uuid[]) AND kind = 'crop'
     UNION SELECT i.identifier FROM line o JOIN line i ON i.position = o.position AND i.role = 'input' JOIN batch c ON c.identifier = i.identifier AND c.kind = 'crop'
      WHERE o.identifier = ANY($1::uuid[]) AND o.role = 'output'`,
    [identifiers],
  );
  if (crops.length === 0) return [];
  const grounds = await groundsOf(tx, crops.map(({ identifier }) => identifier));
  const sharing = new Set(crops.flatMap(({ identifier }) => grounds.get(identifier)?.crops ?? []));
  return tx.query(
    `SELECT DISTINCT o.identifier FROM line i JOIN line o ON o.position = i.position AND o.role = 'output' WHERE i.identifier = ANY($1::uuid[]) AND i.role = 'input'`, [[...sharing]]);
}

/**
 * What was made of what was touched, through batches of which nobody said a herb: they have that of what went in, whenever it
 * came; through those that do not say how they were picked; and through seed, seedlings and crops, which are of the plant they
 * were raised from.
 */
function downThroughUnstated(tx: EntityManager, identifiers: readonly string[]): Promise<{ identifier: string }[]> {
  return tx.query(
    `WITH RECURSIVE down(identifier) AS (
       SELECT unnest($1::uuid[])
       UNION SELECT o.identifier FROM down d JOIN line i ON i.identifier = d.identifier AND i.role = 'input' AND i.hub IS NOT NULL
        JOIN line o ON o.hub = i.hub AND o.role = 'output' LEFT JOIN batch b ON b.identifier = o.identifier LEFT JOIN entry_body y ON y.position = o.position
       WHERE CASE WHEN b.identifier IS NULL THEN y.body #>> '{ilmd,daodi:herb}' IS NULL ELSE NOT b.attributes ? 'herb' OR b.kind = 'crop' OR ${PROPAGULES} END OR ${HIDES_PICKING})
     SELECT identifier FROM down`,
    [identifiers],
  );
}

/**
 * What was made, however far down, of what was touched: differences booked on the way of a batch are judged together,
 * so a booking, or a step or shipment that joins chains, may change what holds of all that came of it; and what was made of
 * what failed, failed. Nothing while no two bookings and no failed report are on record. What is touched late seldom has much that came of it.
 */
async function behindBookings(tx: EntityManager, identifiers: readonly string[]): Promise<{ identifier: string }[]> {
  const bookings: unknown[] = await tx.query('SELECT FROM booked_difference WHERE tolerance IS NOT NULL LIMIT 2');
  const failed: unknown[] = await tx.query(`SELECT FROM test_report WHERE status = 'approved' AND state ->> 'verdict' = 'fail' LIMIT 1`);
  if ((bookings.length < 2 && failed.length === 0) || identifiers.length === 0) return [];
  return tx.query(
    `WITH RECURSIVE down(identifier) AS (
       SELECT unnest($1::uuid[])
       UNION SELECT o.identifier FROM down d JOIN line i ON i.identifier = d.identifier AND i.role = 'input' AND i.hub IS NOT NULL
        JOIN line o ON o.hub = i.hub AND o.role = 'output')
     SELECT identifier FROM down`,
    [identifiers],
  );
}

function identifiersOfEvents(tx: EntityManager, entries: readonly Entry[]): Promise<{ identifier: string }[]> {
  const events = entries.filter((entry) => entry.kind === 'event');
  const declarations = events.filter((entry) => entry.declaration);
  return tx.query(
    `SELECT identifier FROM line WHERE position = ANY($1::bigint[])
     UNION SELECT l.identifier FROM line l JOIN unnest($2::uuid[], $3::text[]) AS d(org, event_id) USING (org, event_id)`,
    [events.map((e) => e.position.toString()), declarations.map((d) => d.organisationId), declarations.map((d) => d.eventId)],
  );
}

async function identifiersOfRecord(tx: EntityManager, entry: Entry): Promise<{ identifier: string }[]> {
  const body = entry.body as unknown as RecordBody;
  switch (entry.type) {
    case 'batch':
      // A crop that moved leaves the ground it shared with others.
      return [{ identifier: identifierId(ownCanonical(body.subject)) }, ...(hasMoved(body) ? await harvestedLike(tx, `b.code = $1`, body.subject) : [])];
    case 'hold':
    case 'hold-lifted':
    case 'release':
    case 'test-report':
      // What was made of it where it failed, and other goods reported by the same sample.
      return tx.query(
        `WITH RECURSIVE down(identifier) AS (
           SELECT $1::uuid
           UNION SELECT o.identifier FROM down d JOIN line i ON i.identifier = d.identifier AND i.role = 'input' AND i.hub IS NOT NULL JOIN line o ON o.hub = i.hub AND o.role = 'output' WHERE $4::boolean)
         SELECT identifier FROM down UNION SELECT identifier FROM test_report WHERE organisation_id = $2 AND state ->> 'sampleNumber' = $3`,
        [identifierId(String(body.new.canonical)), entry.organisationId, body.new['sampleNumber'] ?? null, body.new['verdict'] === 'fail'],
      );
    case 'test-commission':
      return [{ identifier: identifierId(String(body.new.canonical)) }];
    case 'accreditation':
      // What reports with a mark may say.
      return tx.query(`SELECT DISTINCT identifier FROM test_report WHERE organisation_id = $1 AND status = 'approved' AND jsonb_array_length(COALESCE(state -> 'marks', '[]')) > 0`, [body.new['laboratoryId']]);
    case 'product':
      return tx.query('SELECT identifier FROM batch WHERE product_id = $1', [body.subject]);
    case 'organisation':
      // A prefix makes it the owner of names; its type decides whether shipments to it are samples.
      return tx.query(
        `SELECT identifier FROM node WHERE owner = $1 UNION SELECT identifier FROM test_report WHERE organisation_id = $1`,
        [body.subject],
      );
    case 'erasure':
      return tx.query('SELECT identifier FROM line WHERE position = $1', [body.new.position]);
    case 'opening-notice':
      return tx.query(`${HARVESTED} AND b.herb = ANY($1)`, [[body.new['herb'], body.old?.['herb']].filter((herb) => herb !== undefined)]);
    case 'rotation-plan':
      return harvestedFrom(tx, [body.new['resting'], body.old?.['resting']]);
    case 'land-contract':
      return harvestedFrom(tx, [body.new['land'], body.old?.['land']]);
    case 'input-product':
    case 'input-allowance':
    case 'input-lot':
    case 'input-count':
      return cropsWithInputs(tx, [entry.organisationId]);
    case 'rule-strictness':
      // Whether a rule finds something is no matter of how strict it is.
      return tx.query('SELECT identifier FROM finding WHERE rule = $1 AND organisation_id = $2', [body.new['rule'], entry.organisationId]);
    case 'slip':
      // Only one that was corrected can be in a closed heap: what repeated the paper it was may repeat nothing now.
      return body.change === 'created' ? [] : (await heapsOfPaper(tx, entry.organisationId, [body.old?.['slipNumber'], body.new['slipNumber']])).map(({ code }) => ({ identifier: identifierId(ownCanonical(code)) }));
    case 'heap':
      return (await heapsBesides(tx, [body.subject])).map(({ code }) => ({ identifier: identifierId(ownCanonical(code)) }));
    case 'herb':
      // Which plants are accepted as it.
      return body.change === 'created' ? [] : tx.query(`SELECT identifier FROM batch b WHERE b.herb = $1 AND (b.kind = 'crop' OR ${PROPAGULES}) UNION ${HARVESTED} AND b.herb = $1`, [body.subject]);
    case 'sop':
      return tx.query(
        `SELECT DISTINCT l.identifier FROM line l JOIN entry_body y ON y.position = l.position WHERE l.org = $1 AND l.role IN ('observe', 'output') AND y.body -> 'daodi:sop' ->> 'code' = $2`,
        [entry.organisationId, body.new['code']],
      );
    case 'base':
      return body.change === 'created' ? [] : tx.query(`${HARVESTED} AND c.attributes -> 'plots' ?| ARRAY(SELECT id::text FROM land WHERE base_id = $1)`, [body.subject]);
    case 'gi-quota':
      return tx.query(`SELECT b.identifier FROM product p JOIN batch b ON b.product_id = p.id WHERE p.organisation_id = $1 AND p.state ->> 'giName' = $2`, [body.new['holderId'], body.new['name']]);
    case 'site':
      // What its workshop can take.
      return body.new['dailyCapacityKg'] === undefined && body.old?.['dailyCapacityKg'] === undefined ? [] : tx.query(
        `SELECT DISTINCT o.identifier FROM site s JOIN line i ON i.site IN (s.identifier, s.sgln) AND i.role = 'input' JOIN line o ON o.position = i.position AND o.role = 'output' WHERE s.id = $1`, [body.subject]);
    case 'plot':
    case 'tending-area':
      // Land that is new has not been harvested from. What is changed or given up may fall apart from ground it lay over.
      return body.change === 'created' ? [] : [
        ...(await harvestedFrom(tx, [[body.subject]])), ...(await harvestedLike(tx, `lower((b.attributes -> 'plots')::text)::jsonb ? $1`, body.subject)),
      ];
    default:
      return [];
  }
}

/** Crops of organisations on which inputs were used; what was harvested from them follows as what was made of them. */
function cropsWithInputs(tx: EntityManager, organisations: readonly string[]): Promise<{ identifier: string }[]> {
  return tx.query(
    `SELECT DISTINCT b.identifier FROM batch b JOIN line l ON l.identifier = b.identifier AND l.role = 'observe' JOIN entry_body y ON y.position = l.position
      WHERE b.kind = 'crop' AND b.organisation_id = ANY($1::uuid[]) AND jsonb_typeof(y.body -> 'daodi:inputsUsed') = 'array'`,
    [[...new Set(organisations)]],
  );
}

/** What was harvested from crops (`c`), and how its record (`b`) calls it. */
const HARVESTED = `SELECT DISTINCT o.identifier FROM batch c JOIN line i ON i.identifier = c.identifier AND i.role = 'input'
   JOIN line o ON o.hub = i.hub AND o.role = 'output' JOIN batch b ON b.identifier = o.identifier WHERE c.kind = 'crop'`;

/** Whether a crop stood on other land by its earlier record. */
const hasMoved = ({ old, new: now }: RecordBody): boolean => old?.['plots'] !== undefined && JSON.stringify(old['plots']) !== JSON.stringify(now['plots']);

/** Whatever was harvested from crops of the herb and the organisation of these crops (`b`). */
function harvestedLike(tx: EntityManager, which: string, value: string): Promise<{ identifier: string }[]> {
  return tx.query(`${HARVESTED} AND (c.organisation_id, c.herb) IN (SELECT b.organisation_id, b.herb FROM batch b WHERE b.kind = 'crop' AND ${which})`, [value]);
}

/** Whatever was harvested from crops on this land. Ids stand in records in small letters, in forms as they were typed. */
function harvestedFrom(tx: EntityManager, lists: readonly unknown[]): Promise<{ identifier: string }[]> {
  const ids = lists.flatMap((list) => (Array.isArray(list) ? (list as string[]) : []));
  return tx.query(`${HARVESTED} AND lower((c.attributes -> 'plots')::text)::jsonb ?| $1::text[]`, [ids]);
}
