import type { Entry, InlineProjection, RecordBody } from '@daodi/log';
import type { EntityManager } from 'typeorm';

/** A sale on credit, as its record has it. Money in fen, as decimal text. */
export interface CreditState {
  /** Of the sale or shipment that stands now. */
  readonly eventId: string;
  readonly recordedAs: 'sale' | 'shipment';
  readonly buyer: string;
  readonly amountFen: string;
  readonly paidFen: string;
  /** `YYYY-MM-DD`. */
  readonly dueOn: string;
  readonly soldAt: string;
}

/** What was paid of a credit, or settled by goods that came back. */
export interface CreditPaymentState {
  readonly creditId: string;
  readonly amountFen: string;
  /** `YYYY-MM-DD`. */
  readonly paidOn: string;
  readonly status: 'counted' | 'withdrawn';
  /** Of the return, where it was not paid. */
  readonly eventId?: string;
  readonly note?: string;
}

/** Credits and payments, each as its latest record has it. */
export const creditsProjection: InlineProjection = {
  name: 'credits',
  tables: ['credit', 'credit_payment'],
  async apply(tx, entries) {
    await write(tx, 'credit', rowsOf(entries, 'credit', (state) => {
      const { eventId, buyer, amountFen, paidFen, dueOn } = state as unknown as CreditState;
      return { event_id: eventId, buyer, amount_fen: amountFen, paid_fen: paidFen, due_on: dueOn };
    }));
    await write(tx, 'credit_payment', rowsOf(entries, 'credit-payment', (state) => {
      const { creditId, eventId, amountFen, status } = state as unknown as CreditPaymentState;
      return { credit_id: creditId, event_id: eventId ?? null, amount_fen: amountFen, status };
    }));
  },
};

type Row = Readonly<Record<string, unknown>>;

/** The latest state of each subject. */
function rowsOf(entries: readonly Entry[], type: string, columns: (state: Row) => Row): Row[] {
  const rows = new Map<string, Row>();
  for (const entry of entries) {
    if (entry.kind !== 'record' || entry.type !== type) continue;
    const { subject, new: state } = entry.body as unknown as RecordBody;
    rows.set(subject, {
      id: subject, organisation_id: entry.organisationId, ...columns(state), state, since_position: rows.get(subject)?.['since_position'] ?? entry.position.toString(),
    });
  }
  return [...rows.values()];
}

/** A later row of an id replaces the earlier one, but for when it began. */
async function write(tx: EntityManager, table: string, rows: readonly Row[]): Promise<void> {
  const [sample] = rows;
  if (sample === undefined) return;
  const columns = Object.keys(sample);
  const replaced = columns.filter((column) => column !== 'id' && column !== 'since_position');
  await tx.query(
    `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)
     ON CONFLICT (id) DO UPDATE SET ${replaced.map((column) => `${column} = EXCLUDED.${column}`).join(', ')}`,
    [JSON.stringify(rows)],
  );
}
