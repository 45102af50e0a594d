import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tests of soil, water and air, what is done in one way for a base and season, audits, evaluations, inspections. */
export class CreateGapRecords1793000700010 implements MigrationInterface {
  name = 'CreateGapRecords1793000700010';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE gap_record (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        kind            text   NOT NULL CHECK (kind IN ('environment-test', 'unified-season', 'supplier-audit', 'gap-evaluation', 'extended-inspection')),
        status          text   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query('CREATE INDEX gap_record_of_organisation ON gap_record (organisation_id, kind, since_position)');
    await db.query('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON gap_record TO daodi_service');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE gap_record');
  }
}
