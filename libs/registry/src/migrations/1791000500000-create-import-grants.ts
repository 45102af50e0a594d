import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Grants to import what was written down elsewhere, and which acts came in under them. */
export class CreateImportGrants1791000500000 implements MigrationInterface {
  name = 'CreateImportGrants1791000500000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE import_grant (
        id              uuid        PRIMARY KEY,
        organisation_id uuid        NOT NULL,    -- whose run it is; who gave it stands in the log
        run             text        NOT NULL,
        status          text        NOT NULL,
        until           timestamptz NOT NULL,
        state           jsonb       NOT NULL,
        since_position  bigint      NOT NULL
      )`);
    await db.query(`CREATE INDEX import_grant_of_run ON import_grant (organisation_id, run)`);
    await db.query(`
      CREATE TABLE import_act (
        request_id      uuid        PRIMARY KEY, -- that of every entry the act left
        grant_id        uuid        NOT NULL REFERENCES import_grant,
        since_position  bigint      NOT NULL
      )`);
    await db.query(`CREATE INDEX import_act_of_grant ON import_act (grant_id)`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON import_grant, import_act TO daodi_service`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE import_act, import_grant');
  }
}
