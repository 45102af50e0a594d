import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pickers: what the log says of them, and apart from it their names, which follow from no entry. */
export class CreatePickers1792000100000 implements MigrationInterface {
  readonly name = 'CreatePickers1792000100000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE picker (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        kind            text   NOT NULL,
        village         text,
        status          text   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX picker_of_organisation ON picker (organisation_id, since_position)`);
    await db.query(`
      CREATE TABLE picker_entry (             -- the entries an erasure has to find
        picker_id uuid   NOT NULL REFERENCES picker,
        position  bigint NOT NULL,
        PRIMARY KEY (picker_id, position)
      )`);
    await db.query(`
      CREATE TABLE picker_name (              -- stands in no log, so no projection makes it anew; and no foreign key, for those are emptied
        picker_id       uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        name            text NOT NULL,
        phone           text,
        group_name      text
      )`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON picker, picker_entry TO daodi_service`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON picker_name TO daodi_service`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE picker_name, picker_entry, picker');
  }
}
