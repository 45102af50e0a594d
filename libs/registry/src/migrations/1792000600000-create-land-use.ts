import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How land is held, rested and struck, and from when a county lets a herb be picked. */
export class CreateLandUse1792000600000 implements MigrationInterface {
  name = 'CreateLandUse1792000600000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE land_contract (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        status          text   NOT NULL,
        land            uuid[] NOT NULL,
        from_day        date   NOT NULL,
        to_day          date   NOT NULL,      -- the last day it holds
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query(`
      CREATE TABLE rotation_plan (
        id              uuid    PRIMARY KEY,
        organisation_id uuid    NOT NULL,
        status          text    NOT NULL,
        base_id         uuid    NOT NULL,
        year            integer NOT NULL,
        resting         uuid[]  NOT NULL,     -- land on which nothing is to be picked that year
        state           jsonb   NOT NULL,
        since_position  bigint  NOT NULL
      )`);
    await db.query(`
      CREATE TABLE disaster (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        status          text   NOT NULL,
        land            uuid[] NOT NULL,
        from_day        date   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query(`
      CREATE TABLE opening_notice (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        status          text   NOT NULL,
        region          text   NOT NULL,
        herb            text   NOT NULL,
        grade           text,                 -- null: all of the herb
        from_day        date   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    for (const table of ['land_contract', 'rotation_plan', 'disaster', 'opening_notice']) {
      await db.query(`CREATE INDEX ${table}_of_organisation ON ${table} (organisation_id, since_position)`);
      await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ${table} TO daodi_service`);
    }
    await db.query('CREATE INDEX land_contract_land ON land_contract USING gin (land)');
    await db.query('CREATE INDEX rotation_plan_resting ON rotation_plan USING gin (resting)');
    await db.query('CREATE INDEX disaster_land ON disaster USING gin (land)');
    await db.query('CREATE INDEX opening_notice_herb ON opening_notice (herb, region)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE opening_notice, disaster, rotation_plan, land_contract');
  }
}
