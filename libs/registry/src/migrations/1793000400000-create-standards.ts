import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Standards by versions, what people of an organisation confirmed of them, and what an organisation holds its goods to. */
export class CreateStandards1793000400000 implements MigrationInterface {
  name = 'CreateStandards1793000400000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE standard (                  -- one version each; a version's limits never change
        id              uuid    PRIMARY KEY,
        organisation_id uuid    NOT NULL,
        status          text    NOT NULL,      -- ended: withdrawn, entered by mistake
        standard_id     uuid    NOT NULL,      -- the first version
        version         integer NOT NULL,
        family          text    NOT NULL,
        name            text    NOT NULL,
        herb            text,
        is_platform     boolean NOT NULL,
        is_shared       boolean NOT NULL,
        effective_from  date    NOT NULL,
        state           jsonb   NOT NULL,
        since_position  bigint  NOT NULL,
        UNIQUE (standard_id, version)
      )`);
    await db.query(`
      CREATE TABLE standard_confirmation (     -- what one person read in the printed source
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        status          text   NOT NULL,
        version_id      uuid   NOT NULL,
        person_id       uuid   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query(`
      CREATE TABLE standard_binding (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        status          text   NOT NULL,
        standard_id     uuid   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    for (const table of ['standard', 'standard_confirmation', 'standard_binding']) {
      await db.query(`CREATE INDEX ${table}_of_organisation ON ${table} (organisation_id, since_position)`);
      await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ${table} TO daodi_service`);
      // The public's door judges a release anew where it shows one.
      await db.query(`GRANT SELECT ON ${table} TO daodi_resolver`);
    }
    await db.query('CREATE INDEX standard_of_library ON standard (since_position) WHERE is_platform OR is_shared');
    await db.query('CREATE INDEX standard_herb ON standard (herb)');
    await db.query('CREATE INDEX standard_confirmation_version ON standard_confirmation (version_id, organisation_id)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE standard_binding, standard_confirmation, standard');
  }
}
