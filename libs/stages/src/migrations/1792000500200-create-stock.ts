import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was counted, and what was decided about stock: retained samples, retest dates, decisions on zones. */
export class CreateStock1792000500200 implements MigrationInterface {
  name = 'CreateStock1792000500200';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE stock_count (                -- one line of a stock-take, a re-drying, a loss or a regain
        position         bigint      NOT NULL,
        ordinal          integer     NOT NULL,
        organisation_id  uuid        NOT NULL,
        event_id         text        NOT NULL,
        event_time       timestamptz NOT NULL,
        kind             text        NOT NULL,
        uri              text        NOT NULL,  -- the batch, as the event spells it
        place            text,
        unit             text        NOT NULL CHECK (unit IN ('mg', 'pcs')),
        booked           numeric     NOT NULL,  -- below zero where the book owed
        counted          numeric     NOT NULL,
        reason           text,
        moisture         jsonb,
        moisture_before  jsonb,
        dry_matter       jsonb,
        PRIMARY KEY (position, ordinal)
      )`);
    await db.query(`CREATE INDEX stock_count_of_organisation ON stock_count (organisation_id, position, ordinal)`);
    await db.query(`CREATE INDEX stock_count_of_batch ON stock_count (organisation_id, uri)`);
    await db.query(`
      CREATE TABLE stock_record (
        id               uuid    PRIMARY KEY,
        organisation_id  uuid    NOT NULL,
        type             text    NOT NULL,
        uri              text,                  -- the batch
        event_id         text,                  -- the event it goes with; declared in error, it is gone too
        due              date,
        status           text    NOT NULL,
        state            jsonb   NOT NULL,
        since_position   bigint  NOT NULL
      )`);
    await db.query(`CREATE INDEX stock_record_of_organisation ON stock_record (organisation_id, type, since_position)`);
    await db.query(`CREATE INDEX stock_record_of_batch ON stock_record (organisation_id, uri)`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON stock_count, stock_record TO daodi_service`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE stock_record, stock_count`);
  }
}
