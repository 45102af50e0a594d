import type { EntityManager } from 'typeorm';
import type { CreditPaymentState, CreditState } from './credits.projection';

type Db = Pick<EntityManager, 'query'>;

/** A record's subject and its latest state. */
export interface Stored<State> {
  readonly id: string;
  readonly state: State & Readonly<Record<string, unknown>>;
}

/** The credit of a sale or shipment of an organisation, if it was on credit. */
export async function creditOfEvent(db: Db, organisationId: string, eventId: string): Promise<Stored<CreditState> | undefined> {
  const [row] = await db.query('SELECT id, state FROM credit WHERE organisation_id = $1 AND event_id = $2', [organisationId, eventId]);
  return row;
}

/** What a return settled of a credit. */
export async function settledByEvent(db: Db, organisationId: string, eventId: string): Promise<Stored<CreditPaymentState> | undefined> {
  const [row] = await db.query('SELECT id, state FROM credit_payment WHERE organisation_id = $1 AND event_id = $2', [organisationId, eventId]);
  return row;
}
