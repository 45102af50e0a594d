import { isoTime } from '@daodi/log';
import type { LineRole, LineUnit } from '@daodi/trace';
import type { EntityManager } from 'typeorm';
import { countedReports } from '../reports/counted-reports';
import type { ReportState } from '../reports/report-state';
import { loadCircumstances, loadFailedParts } from '../reports/load-circumstances';
import { type Debt, type Lines, type RoleFacts, shareKey, type ShareFacts } from '../rules/facts';
import { WRITTEN_LATE_DAYS } from '../rules/time.rules';
import { groupBy } from './group-by';
import { loadDeliveries } from '../deliveries/load-deliveries';
import { loadInputLots } from '../inputs/load-input-lots';
import { loadUses } from '../inputs/load-uses';
import { loadGrounds } from './load-grounds';
import { loadFormUses } from './load-form-uses';
import { loadForbidden } from './load-forbidden';
import { loadHarvests } from './load-harvests';
import { loadIntakes } from './load-intakes';
import { loadLeftAnyway } from './load-left-anyway';
import { loadGiUses } from './load-gi-uses';
import { loadPlantDays } from './load-plant-days';
import { loadReturns } from './load-returns';
import { loadReadings } from './load-readings';
import { loadSteps } from './load-steps';
import { loadSops } from './load-sops';
import { loadSpecies } from './load-species';
import { cameInOf, loadRegains, loadSurpluses } from './load-surpluses';
import { loadStoreWeights } from './load-store-weights';
import { loadZones } from './load-zones';
import { loadChains, loadCustodyWeights } from './load-weights';

type Db = Pick<EntityManager, 'query'>;

/** Roles whose lines move an amount of a lot: without one the book stays open. */
const MOVING: readonly LineRole[] = [
  'origin', 'take-in', 'output', 'input', 'sample', 'sample-return', 'ship', 'receive', 'reject', 'short', 'void-ship', 'sell', 'return', 'destroy', 'gain', 'loss',
];
/** Roles by which an account of each state can come to owe. */
const OWING: Readonly<Record<Debt['state'], readonly LineRole[]>> = {
  available: ['ship', 'input', 'sample', 'sell', 'destroy', 'loss'],
  transit: ['receive', 'reject', 'short'],
  sold: ['return'],
  sampled: ['sample-return'],
};
/** Most events a finding names; how many there are it says as well. */
const EVENTS_NAMED_MAX = 20;

/**
 * The facts of every organisation's share of these nodes, from what stands on record and is held. What somebody only
 * claims is in nobody's share. Set-based: totals by role, so that a lot sold in ten thousand packs is as cheap as one.
 */
export async function loadShares(db: Db, nodes: readonly string[]): Promise<Map<string, ShareFacts>> {
  const wanted = [...new Set(nodes)];
  if (wanted.length === 0) return new Map();
  const about = await nodeRows(db, wanted);
  const roles = await rolesOf(db, wanted);
  const [unreadable, mixed, late] = [await unreadableLines(db, wanted), await mixedLines(db, wanted), await lateLines(db, wanted)];
  const debts = await debtsOf(db, wanted);
  const [shippedHere, receivedHere] = [await shipmentsHere(db, wanted), await receiptsHere(db, wanted)];
  const back = await takenBack(db, wanted);
  const steps = await loadSteps(db, wanted);
  const harvests = await loadHarvests(db, wanted);
  const inputLots = await loadInputLots(db, await loadUses(db, [...about.values()].flatMap(({ identifier, owner }) => (owner === null ? [] : [identifier]))));
  const sops = await loadSops(db, wanted);
  const species = await loadSpecies(db, wanted);
  const grounds = await loadGrounds(db, wanted);
  const giUses = await loadGiUses(db, wanted);
  const formUses = await loadFormUses(db, wanted);
  const plantDays = await loadPlantDays(db, wanted);
  const deliveries = await loadDeliveries(db, wanted);
  const surpluses = await loadSurpluses(db, wanted);
  const intakes = await loadIntakes(db, wanted);
  const [expired, weights, chains] = [await expiredScales(db, wanted), await loadCustodyWeights(db, wanted), await loadChains(db, wanted)];
  const inStore = await loadStoreWeights(db, wanted);
  const zones = await loadZones(db, wanted);
  const returns = await loadReturns(db, wanted);
  const [leftAnyway, forbidden, regains] = [await loadLeftAnyway(db, wanted), await loadForbidden(db, wanted), await loadRegains(db, wanted)];
  const counted = await countedReports(db, wanted);
  const around = await loadCircumstances(db, counted);
  const failedParts = await loadFailedParts(db, wanted, async (of) => (await countedReports(db, of)).filter(({ verdict, supersededBy }) => verdict === 'fail' && supersededBy === undefined));
  const readings = await loadReadings(db, wanted);
  const partly = await cameInOf(db, counted.filter(({ state }) => state.speaksFor !== undefined).map(({ node }) => node));
  const reports = groupBy(counted, (report) => shareKey(report.node, report.organisation));
  const keys = new Set([...roles.keys(), ...debts.keys(), ...reports.keys()]);
  const shares = new Map<string, ShareFacts>();
  for (const key of [...keys].sort()) {
    const [node, organisation] = key.split(' ') as [string, string];
    const row = about.get(node);
    if (row === undefined) continue;
    shares.set(key, {
      node,
      identifier: row.identifier,
      organisation,
      unit: row.unit ?? undefined,
      roles: roles.get(key) ?? [],
      unreadable: unreadable.get(key),
      mixed: mixed.get(key),
      late: late.get(key),
      debts: debts.get(key) ?? [],
      shippedHere: shippedHere.get(key),
      ...(back.has(key) && { takenBack: back.get(key) }),
      receivedHere: receivedHere.get(key) ?? 0n,
      expiredScale: expired.get(key),
      custodyWeights: weights.get(key),
      storeWeights: inStore.get(key),
      chain: chains.get(key),
      steps: steps.get(key) ?? [],
      harvests: harvests.get(key),
      ...(sops.has(key) && { sops: sops.get(key) }),
      ...(species.has(key) && { species: species.get(key) }),
      ...(grounds.has(key) && { grounds: grounds.get(key) }),
      ...(partly.has(key) && { cameIn: partly.get(key) }),
      ...(failedParts.has(key) && { failedParts: failedParts.get(key) }),
      ...(readings.has(key) && { readings: readings.get(key) }),
      ...(giUses.has(key) && { giUses: giUses.get(key) }),
      ...(formUses.has(key) && { formUse: formUses.get(key) }),
      ...(plantDays.has(key) && { plantDays: plantDays.get(key) }),
      ...(deliveries.has(key) && { deliveries: deliveries.get(key) }),
      ...(surpluses.has(key) && { surpluses: surpluses.get(key) }),
      intakes: intakes.get(key),
      zones: zones.get(key),
      ...(leftAnyway.has(key) && { leftAnyway: leftAnyway.get(key) }),
      ...(forbidden.has(key) && { forbidden: forbidden.get(key) }),
      ...(regains.has(key) && { regains: regains.get(key) }),
      ...(returns.has(key) && { returns: returns.get(key) }),
      planting: row.planting === null || row.owner !== organisation ? undefined : { ...row.planting, position: BigInt(row.position) },
      ...(row.owner === organisation && inputLots.has(row.identifier) && { inputLots: inputLots.get(row.identifier) }),
      reports: (reports.get(key) ?? []).map(({ state, node: _n, organisation: _o, ...r }) => ({ ...r, items: state.items, standard: state.standard, ...saidOf(state), ...(state.speaksFor !== undefined && { speaksForMg: BigInt(state.speaksFor.mg) }), around: around.get(`${r.id} ${node} ${organisation}`) })),
    });
  }
  return shares;
}

interface NodeRow {
  readonly identifier: string;
  readonly unit: LineUnit | null;
  /** Of a crop: how dense its record says it was planted, whose crop it is, and since when the record stands. */
  readonly planting: Omit<NonNullable<ShareFacts['planting']>, 'position'> | null;
  readonly owner: string | null;
  readonly position: string;
}

async function nodeRows(db: Db, nodes: readonly string[]): Promise<Map<string, NodeRow>> {
  const rows: (NodeRow & { id: string })[] = await db.query(
    `SELECT n.id, n.identifier, n.unit, b.attributes -> 'planting' AS planting, b.organisation_id AS owner, b.position
       FROM node n LEFT JOIN batch b ON b.identifier = n.identifier AND b.kind = 'crop' WHERE n.id = ANY($1::uuid[])`,
    [nodes],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

async function rolesOf(db: Db, nodes: readonly string[]): Promise<Map<string, RoleFacts[]>> {
  const rows: { node: string; org: string; role: LineRole; first: string; last: string; firstEvent: string; lastEvent: string; position: string }[] = await db.query(
    `SELECT l.node, l.org, l.role, ${isoTime('min(l.event_time)')} AS first, ${isoTime('max(l.event_time)')} AS last, min(l.position) AS position,
            (min(ARRAY[${isoTime('l.event_time')}, l.event_id]))[2] AS "firstEvent", (max(ARRAY[${isoTime('l.event_time')}, l.event_id]))[2] AS "lastEvent"
       FROM line l WHERE l.node = ANY($1::uuid[]) AND l.held AND NOT l.void GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [nodes],
  );
  return grouped(rows, ({ role, first, last, firstEvent, lastEvent, position }) => ({ role, firstTime: first, lastTime: last, firstEventId: firstEvent, lastEventId: lastEvent, firstPosition: BigInt(position) }));
}

interface LinesRow {
  readonly node: string;
  readonly org: string;
  readonly events: string[];
  readonly count: string;
  readonly position: string;
}

const LINES = `array_agg(DISTINCT l.event_id) AS events, count(*) AS count, min(l.position) AS position`;

const linesOf = ({ events, count, position }: LinesRow): Lines => ({
  eventIds: [...events].sort().slice(0, EVENTS_NAMED_MAX), count: Number(count), firstPosition: BigInt(position),
});

async function unreadableLines(db: Db, nodes: readonly string[]): Promise<Map<string, Lines>> {
  const rows: LinesRow[] = await db.query(
    `SELECT l.node, l.org, ${LINES} FROM line l
      WHERE l.node = ANY($1::uuid[]) AND l.held AND NOT l.void
        AND (l.unreadable IS NOT NULL OR (l.kind = 'class' AND l.amount IS NULL AND l.role = ANY($2)))
      GROUP BY 1, 2`,
    [nodes, MOVING],
  );
  return byShare(rows, linesOf);
}

async function mixedLines(db: Db, nodes: readonly string[]): Promise<Map<string, Lines>> {
  const rows: LinesRow[] = await db.query(
    `SELECT l.node, l.org, ${LINES} FROM line l JOIN node n ON n.id = l.node
      WHERE l.node = ANY($1::uuid[]) AND l.held AND NOT l.void AND l.unit <> n.unit AND l.role = ANY($2) GROUP BY 1, 2`,
    [nodes, MOVING],
  );
  return byShare(rows, linesOf);
}

/** Roles that may name a lot ten thousand times and are never weighed. */
const NOT_WEIGHED: readonly LineRole[] = ['sell', 'serial', 'serial-lot', 'packed', 'unpacked', 'store'];

async function expiredScales(db: Db, nodes: readonly string[]): Promise<Map<string, Lines>> {
  const rows: LinesRow[] = await db.query(
    `SELECT l.node, l.org, ${LINES} FROM line l JOIN weighed w ON w.position = l.position AND w.ordinal = l.ordinal
      WHERE l.node = ANY($1::uuid[]) AND l.held AND NOT l.void AND l.path = '' AND NOT l.role = ANY($2) AND 'calibration-expired' = ANY(w.notes) GROUP BY 1, 2`,
    [nodes, NOT_WEIGHED],
  );
  return byShare(rows, linesOf);
}

/** Between happening and writing down; what reached us late was a phone without network. Imports were all written later. */
async function lateLines(db: Db, nodes: readonly string[]): Promise<Map<string, Lines & { longestDays: number }>> {
  const rows: (LinesRow & { days: string })[] = await db.query(
    `SELECT l.node, l.org, ${LINES},
            max(floor(extract(epoch FROM e.captured_time - e.event_time) / 86400)) AS days
       FROM line l JOIN entry e ON e.position = l.position
      WHERE l.node = ANY($1::uuid[]) AND l.held AND NOT l.void AND l.path = ''
        AND (e.captured_time - e.event_time > make_interval(days => $2) OR e.provenance = 'import')
      GROUP BY 1, 2`,
    [nodes, WRITTEN_LATE_DAYS],
  );
  return byShare(rows, (row) => ({ ...linesOf(row), longestDays: Number(row.days) }));
}

async function debtsOf(db: Db, nodes: readonly string[]): Promise<Map<string, Debt[]>> {
  const rows: { node: string; org: string; state: Debt['state']; amount: string; position: string | null; events: string[] | null }[] = await db.query(
    `SELECT h.node, h.org, h.state, h.amount, took.position, took.events
       FROM (SELECT node, org, state, sum(overdrawn) AS amount FROM holding WHERE node = ANY($1::uuid[]) AND overdrawn > 0 GROUP BY 1, 2, 3) h
      CROSS JOIN LATERAL (
        SELECT COALESCE(min(l.position) FILTER (WHERE l.moved IS NULL OR l.moved < l.amount), min(l.position)) AS position,
               COALESCE(array_agg(DISTINCT l.event_id) FILTER (WHERE l.moved IS NULL OR l.moved < l.amount), array_agg(DISTINCT l.event_id)) AS events
          FROM line l
         WHERE l.node = h.node AND l.org = h.org AND l.held AND NOT l.void AND l.amount IS NOT NULL
           AND l.role = ANY(CASE h.state WHEN 'transit' THEN $3::text[] WHEN 'sold' THEN $4::text[] WHEN 'sampled' THEN $5::text[] ELSE $2::text[] END)) took
      ORDER BY 1, 2, 3`,
    [nodes, OWING.available, OWING.transit, OWING.sold, OWING.sampled],
  );
  return grouped(rows, ({ state, amount, position, events }) => ({
    state, amount: BigInt(amount), firstPosition: BigInt(position ?? 0), eventIds: [...(events ?? [])].sort().slice(0, EVENTS_NAMED_MAX),
  }));
}

/** What the scales could not tell apart of what was shipped to and received by each organisation. */
async function scalesHere(db: Db, nodes: readonly string[]): Promise<Map<string, { shipped: bigint; received: bigint }>> {
  const rows: { node: string; org: string; shipped: string; received: string }[] = await db.query(
    `SELECT l.node, CASE l.role WHEN 'ship' THEN l.dest_org ELSE l.org END AS org,
            COALESCE(sum(w.scale) FILTER (WHERE l.role = 'ship'), 0) AS shipped, COALESCE(sum(w.scale) FILTER (WHERE l.role <> 'ship'), 0) AS received
       FROM line l JOIN weighed w ON w.position = l.position AND w.ordinal = l.ordinal
      WHERE l.node = ANY($1::uuid[]) AND l.path = '' AND l.held AND NOT l.void AND w.scale IS NOT NULL
        AND ((l.role = 'ship' AND l.dest_org <> l.org) OR l.role IN ('receive', 'reject')) GROUP BY 1, 2`,
    [nodes],
  );
  return byShare(rows, ({ shipped, received }) => ({ shipped: BigInt(shipped), received: BigInt(received) }));
}

/** Shipments that were written down to be in error after something of the goods had been received. */
async function takenBack(db: Db, nodes: readonly string[]): Promise<Map<string, NonNullable<ShareFacts['takenBack']>>> {
  const rows: { node: string; org: string; sender: string; amount: string; events: string[] }[] = await db.query(
    // A line that is void belongs to no node any more.
    `SELECT n.id AS node, l.dest_org AS org, l.org AS sender, sum(l.amount) AS amount, array_agg(DISTINCT l.event_id) AS events
       FROM node n JOIN line l ON l.identifier = n.identifier AND l.unit = n.unit
      WHERE n.id = ANY($1::uuid[]) AND l.role = 'ship' AND l.void AND l.path = '' AND l.dest_org <> l.org AND EXISTS (
        SELECT FROM entry d JOIN line r ON r.node = n.id AND r.org = l.dest_org AND r.role IN ('receive', 'reject') AND r.held AND NOT r.void
         WHERE d.organisation_id = l.org AND d.event_id = l.event_id AND d.declaration AND r.event_time < d.captured_time)
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [nodes],
  );
  return grouped(rows, ({ sender, amount, events }) => ({ organisation: sender, amount: BigInt(amount), eventIds: [...events].sort().slice(0, EVENTS_NAMED_MAX) }));
}

/** Stated amounts in the batch's own dimension. */
async function shipmentsHere(db: Db, nodes: readonly string[]): Promise<Map<string, NonNullable<ShareFacts['shippedHere']>>> {
  const rows: { node: string; org: string; sender: string; time: string; first: string; events: string[]; amount: string; short: boolean }[] = await db.query(
    `SELECT l.node, l.dest_org AS org, l.org AS sender, ${isoTime('min(l.event_time)')} AS time, COALESCE(sum(l.amount) FILTER (WHERE l.unit = n.unit), 0) AS amount,
            (min(ARRAY[${isoTime('l.event_time')}, l.event_id]))[2] AS first, array_agg(DISTINCT l.event_id) AS events,
            EXISTS (SELECT FROM holding h WHERE h.node = l.node AND h.org = l.org AND h.overdrawn > 0) AS short
       FROM line l JOIN node n ON n.id = l.node
      WHERE l.node = ANY($1::uuid[]) AND l.role = 'ship' AND l.held AND NOT l.void AND l.dest_org <> l.org GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [nodes],
  );
  const scales = await scalesHere(db, nodes);
  return new Map([...groupBy(rows, (row) => shareKey(row.node, row.org))].map(([key, own]) => {
    const first = own.reduce((min, row) => (row.time < min.time ? row : min));
    return [key, {
      ...(scales.has(key) && { scales: scales.get(key) }),
      firstTime: first.time, firstEventId: first.first, amount: own.reduce((sum, { amount }) => sum + BigInt(amount), 0n),
      senders: own.map(({ sender, events, short }) => ({ organisation: sender, eventIds: [...events].sort().slice(0, EVENTS_NAMED_MAX), isShort: short })),
    }];
  }));
}

async function receiptsHere(db: Db, nodes: readonly string[]): Promise<Map<string, bigint>> {
  const rows: { node: string; org: string; amount: string }[] = await db.query(
    `SELECT l.node, l.org, sum(l.amount) AS amount FROM line l JOIN node n ON n.id = l.node
      WHERE l.node = ANY($1::uuid[]) AND l.role = ANY($2) AND l.held AND NOT l.void AND l.unit = n.unit GROUP BY 1, 2`,
    [nodes, OWING.transit],
  );
  return byShare(rows, ({ amount }) => BigInt(amount));
}

function byShare<Row extends { readonly node: string; readonly org: string }, T>(rows: readonly Row[], of: (row: Row) => T): Map<string, T> {
  return new Map(rows.map((row) => [shareKey(row.node, row.org), of(row)]));
}

function grouped<Row extends { readonly node: string; readonly org: string }, T>(rows: readonly Row[], of: (row: Row) => T): Map<string, T[]> {
  return new Map([...groupBy(rows, (row) => shareKey(row.node, row.org))].map(([key, group]) => [key, group.map(of)]));
}

/** What a report says of its own days and of what it amends. */
const saidOf = ({ supersedes, amendedBecause, receivedOn, testedFrom, testedUntil }: ReportState): Pick<ReportState, 'supersedes' | 'amendedBecause' | 'receivedOn' | 'testedFrom' | 'testedUntil'> =>
  ({ supersedes, amendedBecause, receivedOn, testedFrom, testedUntil });
