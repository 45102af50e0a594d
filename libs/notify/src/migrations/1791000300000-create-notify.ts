import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What organisations want to be told of (a projection of the log), where that goes, and what has gone. */
export class CreateNotify1791000300000 implements MigrationInterface {
  name = 'CreateNotify1791000300000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE notice_subscription (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX notice_subscription_of_organisation ON notice_subscription (organisation_id, since_position)`);
    // Addresses are personal data and webhook addresses hold tokens: they stand here, where they can be erased, not in the log.
    await db.query(`
      CREATE TABLE notice_target (
        subscription_id uuid PRIMARY KEY,
        target          text NOT NULL,
        secret          text
      )`);
    // No follower's table: a rebuild must not forget what has left the house.
    await db.query(`
      CREATE TABLE delivery (
        id              uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
        subscription_id uuid        NOT NULL,
        occasion        text        NOT NULL,
        about           text        NOT NULL,                -- what happened: a record, an event, a finding
        batch           text,                                -- the code, where the thing has one of ours
        state           text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed', 'dropped')),
        made_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
        rung_at         timestamptz,                         -- when its job was last asked for
        ended_at        timestamptz,
        UNIQUE (subscription_id, occasion, about)
      )`);
    await db.query(`CREATE INDEX delivery_waiting ON delivery (made_at) WHERE state = 'waiting'`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON notice_subscription TO daodi_service`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON notice_target, delivery TO daodi_service`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE delivery, notice_target, notice_subscription');
  }
}
