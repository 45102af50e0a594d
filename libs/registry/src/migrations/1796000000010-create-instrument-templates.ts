import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the files of instruments are read. */
export class CreateInstrumentTemplates1796000000010 implements MigrationInterface {
  name = 'CreateInstrumentTemplates1796000000010';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE instrument_template (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        status          text   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query('CREATE INDEX instrument_template_of_organisation ON instrument_template (organisation_id, since_position)');
    await db.query('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON instrument_template TO daodi_service');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE instrument_template');
  }
}
