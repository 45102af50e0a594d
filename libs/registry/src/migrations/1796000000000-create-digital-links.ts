import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where GS1 Digital Links lead; the public's door looks them up by the identity and its levels. */
export class CreateDigitalLinks1796000000000 implements MigrationInterface {
  name = 'CreateDigitalLinks1796000000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE digital_link (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        level           text   NOT NULL,     -- key and qualifiers, as libs/gs1 writes them
        status          text   NOT NULL,
        link            jsonb  NOT NULL,     -- what anybody may know of it
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX digital_link_level ON digital_link (level) WHERE status = 'active'`);
    await db.query('CREATE INDEX digital_link_of_organisation ON digital_link (organisation_id, since_position)');
    await db.query('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON digital_link TO daodi_service');
    await db.query('GRANT SELECT (id, level, status, link, since_position) ON digital_link TO daodi_resolver');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE digital_link');
  }
}
