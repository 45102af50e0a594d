import { createHash } from 'node:crypto';
import { canonicalJson } from '@daodi/epcis';
import { typedMilligrams } from '@daodi/herbal';
import { isoTime } from '@daodi/log';
import { instant } from '@daodi/registry';
import type { EntityManager } from 'typeorm';
import { groupBy } from '../history/group-by';
import { namesOf } from '../releases/shown-reasons';
import { leftOver } from './judge-batch-record';
import type { BatchRecordFacts, Clearance, LabelCount, LotMass, MakingPart, MakingStep, OrderKind, StepLimit } from './batch-record-facts';

type Db = Pick<EntityManager, 'query'>;

/** A production order as its record states it. */
export interface OrderState {
  readonly number: string;
  readonly kind: OrderKind;
  readonly name: string;
  readonly lotNumber: string;
  readonly procedure: string;
  readonly plannedOn: string;
  readonly product?: string;
  readonly holder?: string;
  readonly formula?: readonly { readonly herb: string; readonly quantity: string | number; readonly unit: string }[];
  readonly tolerancePercent?: string;
  readonly steps: readonly StepLimit[];
  readonly mixingAllowedBy?: string;
  /** Who ordered it, by id; absent where a system did. */
  readonly by?: string;
}

/** Kinds of parts a record is put together from. */
export type PartKind = 'issue' | 'return' | 'step' | 'clearance' | 'labels' | 'deviation' | 'deviation-closed' | 'check' | 'withdrawal' | 'review';

/** A part of a batch record as it was put down. */
export interface RecordPart {
  readonly id: string;
  readonly kind: PartKind;
  readonly about?: string;
  readonly eventId?: string;
  /** Everything its record states; its inside is that of the form it came from. */
  readonly state: Readonly<Record<string, any>>;
  readonly position: bigint;
  /** When it was written down, and when it reached us. */
  readonly capturedTime: string;
  readonly recordTime: string;
  readonly isWithdrawn: boolean;
}

/** A batch record as it stands. */
export interface LoadedRecord {
  readonly id: string;
  readonly organisation: string;
  readonly order: OrderState;
  readonly position: bigint;
  readonly parts: readonly RecordPart[];
  readonly facts: BatchRecordFacts;
  /** SHA-256 over all of it but the reviews: what a review was of. */
  readonly digest: string;
}

interface PartRow {
  readonly id: string;
  readonly order_id: string;
  readonly kind: PartKind;
  readonly about: string | null;
  readonly event_id: string | null;
  readonly state: Readonly<Record<string, any>>;
  readonly since_position: string;
  readonly captured_time: string;
  readonly record_time: string;
}

/** Batch records of these orders, read in sets. */
export async function loadBatchRecords(db: Db, ids: readonly string[]): Promise<LoadedRecord[]> {
  if (ids.length === 0) return [];
  const orders: { id: string; organisation_id: string; state: OrderState; since_position: string }[] = await db.query(
    'SELECT id, organisation_id, state, since_position FROM production_order WHERE id = ANY($1::uuid[]) ORDER BY since_position',
    [[...new Set(ids)]],
  );
  const rows: PartRow[] = await db.query(
    `SELECT p.id, p.order_id, p.kind, p.about, p.event_id, p.state, p.since_position, ${isoTime('e.captured_time')} AS captured_time, ${isoTime('e.record_time')} AS record_time
       FROM batch_record_part p JOIN entry e ON e.position = p.since_position WHERE p.order_id = ANY($1::uuid[]) ORDER BY p.since_position`,
    [orders.map(({ id }) => id)],
  );
  const byOrder = groupBy(rows, (row) => row.order_id);
  const records: LoadedRecord[] = [];
  for (const { id, organisation_id, state, since_position } of orders) {
    records.push(await loadedOf(db, { id, organisation: organisation_id, order: state, position: BigInt(since_position) }, byOrder.get(id) ?? []));
  }
  return records;
}

/**
 * Batch records by which an organisation made a batch, each with what its order left over: only what no later step of the
 * order used is released by it. Events declared in error count too, for what corrected them stands in their place.
 */
export async function batchRecordsOf(db: Db, node: string, organisation: string): Promise<LoadedRecord[]> {
  const rows: { id: string }[] = await db.query(
    `SELECT DISTINCT p.order_id AS id FROM node n JOIN line l ON l.identifier = n.identifier AND l.org = $2 AND l.role = 'output'
       JOIN batch_record_part p ON p.organisation_id = l.org AND p.event_id = l.event_id WHERE n.id = $1`,
    [node, organisation],
  );
  const records = await loadBatchRecords(db, rows.map(({ id }) => id));
  return records.filter(({ facts }) => leftOver(facts.steps).some((part) => part.node === node));
}

async function loadedOf(db: Db, about: Pick<LoadedRecord, 'id' | 'organisation' | 'order' | 'position'>, rows: readonly PartRow[]): Promise<LoadedRecord> {
  const withdrawn = new Set(rows.filter(({ kind }) => kind === 'withdrawal').map((row) => row.about));
  const parts = rows.map((row): RecordPart => ({
    id: row.id, kind: row.kind, about: row.about ?? undefined, eventId: row.event_id ?? undefined, state: row.state,
    position: BigInt(row.since_position), capturedTime: row.captured_time, recordTime: row.record_time, isWithdrawn: withdrawn.has(row.id),
  }));
  const standing = parts.filter(({ isWithdrawn }) => !isWithdrawn);
  const of = (kind: PartKind): RecordPart[] => standing.filter((part) => part.kind === kind);
  const checked = new Set(of('check').map((part) => part.about));
  const closed = new Set(of('deviation-closed').map((part) => part.about));
  const { steps, withdrawnEvents } = await stepsOf(db, about.organisation, of('step'), checked);
  const { order } = about;
  const facts: Omit<BatchRecordFacts, 'reviewed'> = {
    kind: order.kind,
    ...(order.mixingAllowedBy !== undefined && { mixingAllowedBy: order.mixingAllowedBy }),
    limits: order.steps,
    ...(order.formula !== undefined && { formula: {
      tolerancePercent: order.tolerancePercent ?? '0',
      ingredients: order.formula.map(({ herb, ...typed }) => ({ herb, mg: typedMilligrams(typed) ?? 0n })),
    } }),
    steps,
    withdrawnEvents,
    issued: await lotsOf(db, of('issue')),
    returned: await lotsOf(db, of('return')),
    clearances: of('clearance').map(({ id, state }): Clearance => ({ moment: state.moment, time: instant(state.at) ?? '', isChecked: checked.has(id) })),
    labels: of('labels').map(({ state }) => state as unknown as LabelCount).map(({ name, isPerPack, received, used, spoiled, returned }) => ({ name, isPerPack, received, used, spoiled, returned })),
    deviations: of('deviation').map(({ id }) => ({ id, isClosed: closed.has(id) })),
  };
  const digest = digestOf({ order, facts, parts: standing.filter(({ kind }) => kind !== 'review').map(({ id, state }) => ({ id, state })) });
  const last = of('review').at(-1);
  return { ...about, parts, facts: { ...facts, reviewed: last === undefined ? 'no' : last.state.digest === digest ? 'yes' : 'of-an-earlier-state' }, digest };
}

const digestOf = (content: unknown): string =>
  createHash('sha256').update(canonicalJson(JSON.parse(JSON.stringify(content, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)))), 'utf8').digest('hex');

/** Lots of issues and returns. Their nodes were looked up when they were put down. */
async function lotsOf(db: Db, parts: readonly RecordPart[]): Promise<LotMass[]> {
  const lines = parts.flatMap(({ state }) => state.lines as { node: string; quantity: string | number; unit: string }[]);
  const names = await namesOf(db, lines.map(({ node }) => node));
  return lines.map(({ node, ...typed }) => ({ node, name: names.get(node) ?? node, mg: typedMilligrams(typed) ?? 0n }));
}

interface LineRow {
  readonly hub: string;
  readonly event_id: string;
  readonly position: string;
  readonly role: 'input' | 'output';
  readonly time: string;
  readonly step: string | null;
  readonly node: string;
  readonly name: string;
  readonly herb: string | null;
  readonly output_role: string | null;
  readonly mg: string | null;
  readonly pieces: string | null;
  readonly lost: string | null;
  readonly added: string | null;
}

async function stepsOf(db: Db, organisation: string, parts: readonly RecordPart[], checked: ReadonlySet<string | undefined>): Promise<Pick<BatchRecordFacts, 'steps' | 'withdrawnEvents'>> {
  const bound = parts.flatMap(({ id, eventId }) => (eventId === undefined ? [] : [{ part: id, eventId }]));
  const standing = await correctedEvents(db, organisation, bound);
  const rows: LineRow[] = await db.query(
    `SELECT l.hub, l.event_id, l.position, l.role, ${isoTime('l.event_time')} AS time, COALESCE(y.body, r.body) ->> 'daodi:step' AS step, l.node,
            COALESCE(b.uri, i.canonical) AS name, b.herb, b.attributes ->> 'role' AS output_role,
            CASE l.unit WHEN 'mg' THEN l.amount WHEN 'pcs' THEN l.amount * b.net_content_mg END AS mg, CASE l.unit WHEN 'pcs' THEN l.amount END AS pieces,
            x.lost, x.added
       FROM line l JOIN identifier i ON i.id = l.identifier LEFT JOIN batch b ON b.identifier = l.identifier
       LEFT JOIN entry_body y ON y.position = l.position LEFT JOIN entry_residue r ON r.position = l.position LEFT JOIN step_loss x ON x.position = l.position
      WHERE l.hub IN (SELECT hub FROM line WHERE org = $1 AND event_id = ANY($2) AND NOT void AND hub IS NOT NULL AND role IN ('input', 'output'))
        AND l.org = $1 AND l.role IN ('input', 'output') AND l.held AND NOT l.void AND l.node IS NOT NULL AND l.path = ''
      ORDER BY l.event_time, l.hub, l.event_id, l.ordinal`,
    [organisation, [...standing.keys()]],
  );
  const told = new Set(rows.map(({ event_id }) => event_id));
  const steps = [...groupBy(rows, ({ hub }) => hub).values()].map((lines): MakingStep => {
    const events = new Map(lines.map((line) => [line.position, line]));
    const total = (of: (line: LineRow) => string | null): bigint => [...events.values()].reduce((sum, line) => sum + BigInt(of(line) ?? '0'), 0n);
    const eventIds = [...new Set(lines.map(({ event_id }) => event_id))].sort();
    const step = lines.find((line) => line.step !== null)?.step ?? undefined;
    return {
      eventIds, ...(step !== undefined && { step }), time: lines.reduce((min, { time }) => (time < min ? time : min), (lines[0] as LineRow).time),
      inputs: lines.filter(({ role }) => role === 'input').map(partOf), outputs: lines.filter(({ role }) => role === 'output').map(partOf),
      lostMg: total(({ lost }) => lost), addedMg: total(({ added }) => added),
      // A correction is another statement: what was confirmed was the one before.
      isChecked: bound.some(({ part, eventId }) => eventIds.includes(eventId) && checked.has(part)),
    };
  });
  const stillThere = new Set([...standing].filter(([eventId]) => told.has(eventId)).flatMap(([, origins]) => [...origins]));
  return { steps: [...steps].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)), withdrawnEvents: bound.map(({ eventId }) => eventId).filter((eventId) => !stillThere.has(eventId)) };
}

function partOf({ node, name, herb, output_role, mg, pieces, role }: LineRow): MakingPart {
  return {
    node, name, ...(herb !== null && { herb }), ...(role === 'output' && output_role !== null && { role: output_role }),
    ...(mg !== null && { mg: BigInt(mg) }), ...(pieces !== null && { pieces: BigInt(pieces) }),
  };
}

/** What now stands for the events that were put into a record: each by what corrected it, however often. By event, those it began with. */
async function correctedEvents(db: Db, organisation: string, bound: readonly { readonly eventId: string }[]): Promise<Map<string, ReadonlySet<string>>> {
  const standing = new Map(bound.map(({ eventId }) => [eventId, new Set([eventId])]));
  for (let ask = [...standing.keys()]; ask.length > 0; ) {
    const rows: { event_id: string; corrective: unknown }[] = await db.query(
      `SELECT d.event_id, y.body #> '{errorDeclaration,correctiveEventIDs}' AS corrective
         FROM declared d LEFT JOIN entry_body y ON y.position = d.position WHERE d.org = $1 AND d.event_id = ANY($2)`,
      [organisation, ask],
    );
    const grown = new Set<string>();
    for (const { event_id, corrective } of rows) {
      for (const next of Array.isArray(corrective) ? (corrective as string[]) : []) {
        const origins = standing.get(next) ?? new Set<string>();
        const before = origins.size;
        for (const origin of standing.get(event_id) ?? []) origins.add(origin);
        standing.set(next, origins);
        if (origins.size > before) grown.add(next);
      }
    }
    ask = [...grown];
  }
  return standing;
}
