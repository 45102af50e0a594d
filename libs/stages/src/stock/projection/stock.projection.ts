import type { Entry, InlineProjection } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import { amountIn, unitIn } from '../differences';

/** Record types of the store that are no supply-chain event; each is also the value of `stock_record.type`. */
export const STOCK_RECORDS = ['retained-sample', 'retest', 'zone-decision'] as const;

/** What was counted line by line, and what was decided about stock. */
export const stockProjection: InlineProjection = {
  name: 'stock',
  tables: ['stock_count', 'stock_record'],
  async apply(tx, entries) {
    const counts = entries.filter(({ kind, declaration }) => kind === 'event' && declaration !== true).flatMap(countsOf);
    await insert(tx, 'stock_count', counts, '');
    const records = entries.filter(({ kind, type }) => kind === 'record' && (STOCK_RECORDS as readonly string[]).includes(type)).map(recordOf);
    await insert(tx, 'stock_record', latestOf(records), 'ON CONFLICT (id) DO UPDATE SET event_id = EXCLUDED.event_id, uri = EXCLUDED.uri, due = EXCLUDED.due, status = EXCLUDED.status, state = EXCLUDED.state');
  },
};

/** The latest state of each, where it first stood: of several records of one id the table sees one row. */
function latestOf(rows: readonly ReturnType<typeof recordOf>[]): ReturnType<typeof recordOf>[] {
  const latest = new Map<string, ReturnType<typeof recordOf>>();
  for (const row of rows) latest.set(row.id, { ...row, since_position: latest.get(row.id)?.since_position ?? row.since_position });
  return [...latest.values()];
}

async function insert(tx: EntityManager, table: string, rows: readonly object[], conflict: string): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) ${conflict}`, [JSON.stringify(rows)]);
}

interface WrittenCount {
  readonly epcClass: string;
  readonly counted: number | string;
  readonly book: number | string;
  readonly uom?: string;
  readonly reason?: string;
  readonly moisture?: object;
  readonly moistureBefore?: object;
  readonly dryMatter?: object;
}

/** The lines of an event that counts; one of another system that spells them otherwise has none. */
function countsOf({ position, organisationId, eventId, eventTime, body }: Entry) {
  const written = body['daodi:counts'];
  if (!Array.isArray(written)) return [];
  const change = body['daodi:stockChange'];
  const place = (body['bizLocation'] as { id?: unknown } | undefined)?.id;
  return (written as unknown[]).flatMap((one, ordinal) => {
    if (!isCount(one)) return [];
    const { epcClass, counted, book, uom, reason, moisture, moistureBefore, dryMatter } = one;
    return [{
      position: position.toString(), ordinal, organisation_id: organisationId, event_id: eventId, event_time: eventTime,
      kind: typeof change === 'string' ? change : 'stock-take', uri: epcClass, place: typeof place === 'string' ? place : null, unit: unitIn(uom),
      booked: amountIn(book, uom).toString(), counted: amountIn(counted, uom).toString(), reason: reason ?? null,
      moisture: moisture ?? null, moisture_before: moistureBefore ?? null, dry_matter: dryMatter ?? null,
    }];
  });
}

/** Anybody may send us an event with this field: what is no count of ours is left alone. */
function isCount(one: unknown): one is WrittenCount {
  if (typeof one !== 'object' || one === null) return false;
  const { epcClass, counted, book, uom } = one as Record<string, unknown>;
  const isAmount = (value: unknown): boolean => (typeof value === 'number' || typeof value === 'string') && /^-?\d{1,40}(\.\d{1,6})?$/.test(String(value));
  const isWhole = (value: unknown): boolean => uom !== undefined || /^-?\d+$/.test(String(value));
  return typeof epcClass === 'string' && (uom === undefined || uom === 'KGM') && [counted, book].every((value) => isAmount(value) && isWhole(value));
}

function recordOf({ position, organisationId, type, body }: Entry) {
  const { subject, new: state } = body as unknown as { subject: string; new: Readonly<Record<string, unknown>> };
  return {
    id: subject, organisation_id: organisationId, type, uri: state['batch'] ?? null, event_id: state['eventID'] ?? null, due: state['due'] ?? null,
    status: state['status'] ?? 'active', state, since_position: position.toString(),
  };
}
