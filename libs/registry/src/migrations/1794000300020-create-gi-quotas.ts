import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What may be put under a geographical indication in a year; the public's door judges releases by it. */
export class CreateGiQuotas1794000300020 implements MigrationInterface {
  name = 'CreateGiQuotas1794000300020';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE gi_quota (
        id              uuid    PRIMARY KEY,
        organisation_id uuid    NOT NULL,     -- who put it down
        holder_id       uuid    NOT NULL,     -- whose goods it is about
        name            text    NOT NULL,
        year            integer NOT NULL,
        registered_kg   numeric NOT NULL,
        status          text    NOT NULL,
        state           jsonb   NOT NULL,
        since_position  bigint  NOT NULL
      )`);
    await db.query('CREATE INDEX gi_quota_of_organisation ON gi_quota (organisation_id, since_position)');
    await db.query('CREATE INDEX gi_quota_holder ON gi_quota (holder_id, name, year)');
    await db.query('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON gi_quota TO daodi_service');
    await db.query('GRANT SELECT (holder_id, name, year, registered_kg, status, since_position) ON gi_quota TO daodi_resolver');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE gi_quota');
  }
}
