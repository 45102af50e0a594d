import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sales on credit and what was paid of them: an organisation's own, for nobody else. */
export class CreateCredits1792000300000 implements MigrationInterface {
  name = 'CreateCredits1792000300000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE credit (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        event_id        text   NOT NULL,   -- of the sale or shipment that stands now
        buyer           text   NOT NULL,   -- the seller's number of the buyer, no name
        amount_fen      bigint NOT NULL,
        paid_fen        bigint NOT NULL,   -- at the sale
        due_on          date   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX credit_of_buyer ON credit (organisation_id, buyer, since_position)`);
    await db.query(`CREATE INDEX credit_of_event ON credit (organisation_id, event_id)`);
    await db.query(`
      CREATE TABLE credit_payment (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        credit_id       uuid   NOT NULL REFERENCES credit,
        event_id        text,              -- of the return by which it was settled, where it was not paid
        amount_fen      bigint NOT NULL,
        status          text   NOT NULL CHECK (status IN ('counted', 'withdrawn')),
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX credit_payment_of_credit ON credit_payment (credit_id, since_position)`);
    await db.query(`CREATE INDEX credit_payment_of_event ON credit_payment (organisation_id, event_id) WHERE event_id IS NOT NULL`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON credit, credit_payment TO daodi_service`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE credit_payment, credit');
  }
}
