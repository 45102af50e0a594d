import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Scales of organisations, and what each was from which day on. */
export class CreateScales1792000400000 implements MigrationInterface {
  name = 'CreateScales1792000400000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE scale (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        status          text   NOT NULL,
        state           jsonb  NOT NULL,      -- of the version that begins last
        since_position  bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX scale_of_organisation ON scale (organisation_id, since_position)`);
    await db.query(`
      CREATE TABLE scale_version (
        scale_id uuid   NOT NULL REFERENCES scale,
        from_day date   NOT NULL,             -- the first day it holds, where the scale stands
        position bigint NOT NULL,
        state    jsonb  NOT NULL,
        PRIMARY KEY (scale_id, from_day, position)
      )`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON scale, scale_version TO daodi_service`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE scale_version, scale');
  }
}
