import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sheets of labels: who had which printed (a projection of the log), and how far the drawing of each is (not one). */
export class CreateLabel1791000210000 implements MigrationInterface {
  name = 'CreateLabel1791000210000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE label_sheet (
        id              uuid        PRIMARY KEY,
        organisation_id uuid        NOT NULL,
        batch           text        NOT NULL,   -- our code
        kind            text        NOT NULL CHECK (kind IN ('bag', 'carton', 'sample')),
        total           integer     NOT NULL CHECK (total > 0),
        state           jsonb       NOT NULL,   -- what is printed, word for word
        record_time     timestamptz NOT NULL,
        since_position  bigint      NOT NULL
      )`);
    await db.query(`CREATE INDEX label_sheet_of_organisation ON label_sheet (organisation_id, since_position)`);
    await db.query(`CREATE INDEX label_sheet_of_batch ON label_sheet (batch, organisation_id)`);
    // May be lost: a sheet can be drawn again from the log at any time, and comes out the same to the byte.
    await db.query(`
      CREATE TABLE label_job (
        sheet_id     uuid        PRIMARY KEY,
        state        text        NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed')),
        done         integer     NOT NULL DEFAULT 0,
        attempts     integer     NOT NULL DEFAULT 0,
        digest       bytea,                     -- of the file, once it is there
        asked_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
        finished_at  timestamptz,
        CHECK ((state = 'done') = (digest IS NOT NULL)),
        CHECK ((state IN ('done', 'failed')) = (finished_at IS NOT NULL))
      )`);
    await db.query(`CREATE INDEX label_job_pending ON label_job (asked_at) WHERE state IN ('queued', 'running')`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON label_sheet TO daodi_service`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON label_job TO daodi_service`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE label_job, label_sheet');
  }
}
