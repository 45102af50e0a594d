import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What organisations allow goods to lose or gain between two weighings. */
export class CreateAllowances1792000400010 implements MigrationInterface {
  name = 'CreateAllowances1792000400010';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE allowance (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        status          text   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX allowance_of_organisation ON allowance (organisation_id, since_position)`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON allowance TO daodi_service`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE allowance');
  }
}
