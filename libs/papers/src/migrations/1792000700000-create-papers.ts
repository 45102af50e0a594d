import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Templates of papers (a projection of the log), and which pack was given out when (not one). */
export class CreatePapers1792000700000 implements MigrationInterface {
  name = 'CreatePapers1792000700000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE paper_template (
        id              uuid        PRIMARY KEY,
        organisation_id uuid        NOT NULL,
        paper           text        NOT NULL,
        version         integer     NOT NULL CHECK (version > 0),
        format          text        NOT NULL CHECK (format IN ('docx', 'xlsx')),
        digest          text        NOT NULL,   -- of the file, hexadecimal
        status          text        NOT NULL CHECK (status IN ('active', 'ended')),
        record_time     timestamptz NOT NULL,
        since_position  bigint      NOT NULL,
        UNIQUE (organisation_id, paper, version)
      )`);
    // A pack is made anew from the log whenever it is asked for; that it was given out otherwise before follows from nothing.
    await db.query(`
      CREATE TABLE paper_issue (
        organisation_id uuid        NOT NULL,   -- who asked
        shipper_id      uuid        NOT NULL,
        event_id        text        NOT NULL,
        issue           integer     NOT NULL CHECK (issue > 0),
        digest          bytea       NOT NULL CHECK (octet_length(digest) = 32),
        made_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (organisation_id, shipper_id, event_id, issue)
      )`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON paper_template TO daodi_service`);
    await db.query(`GRANT SELECT, INSERT ON paper_issue TO daodi_service`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE paper_issue, paper_template');
  }
}
