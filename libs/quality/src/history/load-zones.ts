import type { LineRole } from '@daodi/trace';
import type { EntityManager } from 'typeorm';
import { shareKey, type ZoneFacts } from '../rules/facts';
import { groupBy } from './group-by';

type Db = Pick<EntityManager, 'query'>;

interface LineRow {
  readonly node: string;
  readonly org: string;
  readonly position: string;
  readonly event_id: string;
  readonly role: LineRole;
  readonly moved: string;
  readonly zone: string | null;
  readonly from_zone: string | null;
  readonly dest_org: string | null;
  readonly source_org: string | null;
}

interface HeldRow {
  readonly node: string;
  readonly org: string;
  readonly zone: string | null;
  readonly quantity: string;
}

const UNDECIDED: readonly string[] = ['quarantine', 'returned'];
const REJECTED: readonly string[] = ['rejected'];

/** By which goods come to lie somewhere. */
const COMES: readonly LineRole[] = ['store', 'receive', 'output', 'take-in', 'origin', 'return', 'sample-return', 'gain'];
/** By which they leave the house or are used. */
const LEAVES: readonly LineRole[] = ['ship', 'sell', 'input'];
/** What becomes of goods nobody found fit. */
const ENDS: readonly LineRole[] = ['destroy', 'sample', 'loss'];

/** The zone a place is, or is on the way to. */
const zoneAt = (place: string): string => `(SELECT z.zone FROM site z WHERE z.identifier = regexp_replace(${place}, ':on-the-way$', '') AND z.organisation_id = l.org)`;

/**
 * Of shares that ever lay in zones for what is undecided or unfit: how much lies there, and how much left from there
 * otherwise than it may. A form that names the zone says so itself; where it names none, what came in, less what was
 * moved, ended or still lies there, must have been drawn by what left.
 */
export async function loadZones(db: Db, nodes: readonly string[]): Promise<Map<string, ZoneFacts>> {
  const rows: LineRow[] = await db.query(
    `WITH l AS (
       SELECT l.node, l.org, l.position, l.event_id, l.role, l.moved, l.event_time, l.ordinal, l.path, l.dest_org, l.source_org,
              ${zoneAt('l.site')} AS zone, ${zoneAt('l.from_site')} AS from_zone
         FROM line l WHERE l.node = ANY($1::uuid[]) AND l.held AND NOT l.void AND l.moved > 0)
     SELECT * FROM l WHERE (node, org) IN (SELECT node, org FROM l WHERE zone = ANY($2) OR from_zone = ANY($2)) ORDER BY node, org, event_time, position, ordinal, path`,
    [nodes, [...UNDECIDED, ...REJECTED]],
  );
  if (rows.length === 0) return new Map();
  const held: HeldRow[] = await db.query(
    `SELECT l.node, l.org, ${zoneAt('l.place')} AS zone, l.quantity FROM holding l WHERE l.node = ANY($1::uuid[]) AND l.state = 'available' AND l.quantity > 0`,
    [[...new Set(rows.map(({ node }) => node))]],
  );
  const heldBy = groupBy(held, ({ node, org }) => shareKey(node, org));
  return new Map([...groupBy(rows, ({ node, org }) => shareKey(node, org))].map(([key, lines]) => [key, factsOf(lines, heldBy.get(key) ?? [])]));
}

function factsOf(lines: readonly LineRow[], held: readonly HeldRow[]): ZoneFacts {
  const senders = new Set(lines.filter(({ role }) => role === 'receive').map(({ source_org }) => source_org));
  const isBack = ({ role, dest_org }: LineRow): boolean => role === 'ship' && dest_org !== null && senders.has(dest_org);
  const leaving = lines.filter((line) => LEAVES.includes(line.role) && !isBack(line));
  return {
    onHand: sum(held.map(({ quantity }) => quantity)),
    hasLeft: leaving.length > 0,
    rejected: zoneOf(lines, held, leaving, isBack, REJECTED),
    undecided: zoneOf(lines, held, leaving, isBack, UNDECIDED),
  };
}

function zoneOf(lines: readonly LineRow[], held: readonly HeldRow[], leaving: readonly LineRow[], isBack: (line: LineRow) => boolean, kinds: readonly string[]): ZoneFacts['rejected'] {
  const isIn = (zone: string | null): boolean => zone !== null && kinds.includes(zone);
  const put = lines.filter(({ role, zone, from_zone }) => COMES.includes(role) && isIn(zone) && !(role === 'store' && isIn(from_zone)));
  const moved = lines.filter(({ role, zone, from_zone }) => role === 'store' && isIn(from_zone) && !isIn(zone));
  const ended = lines.filter((line) => ENDS.includes(line.role) || isBack(line));
  const here = sum(held.filter(({ zone }) => isIn(zone)).map(({ quantity }) => quantity));
  // No more can have been drawn by what left than left at all.
  const drawn = min(amountOf(put) - amountOf(moved) - amountOf(ended) - here, amountOf(leaving));
  const named = leaving.filter(({ zone }) => isIn(zone));
  const left = amountOf(named) > drawn ? amountOf(named) : drawn > 0n ? drawn : 0n;
  const by = left === 0n ? [] : named.length > 0 ? named : leaving;
  return {
    here, left,
    firstPosition: firstOf(put), putBy: eventsOf(put),
    leftSince: firstOf(by.length > 0 ? by : put), leftBy: eventsOf(by),
  };
}

const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const sum = (amounts: readonly string[]): bigint => amounts.reduce((total, amount) => total + BigInt(amount), 0n);
const amountOf = (lines: readonly LineRow[]): bigint => sum(lines.map(({ moved }) => moved));
const eventsOf = (lines: readonly LineRow[]): string[] => [...new Set(lines.map(({ event_id }) => event_id))].sort();
const firstOf = (lines: readonly LineRow[]): bigint => lines.map(({ position }) => BigInt(position)).reduce((min, position) => (min === 0n || position < min ? position : min), 0n);
