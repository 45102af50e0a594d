import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What laboratories are accredited for; the public's door judges reports by it, and needs not know who signs. */
export class CreateAccreditations1796000000020 implements MigrationInterface {
  name = 'CreateAccreditations1796000000020';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE accreditation (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,     -- who put it down
        laboratory_id   uuid   NOT NULL,
        status          text   NOT NULL,
        covers          jsonb  NOT NULL,     -- scheme, days, scope and signatories, as libs/herbal reads them
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query('CREATE INDEX accreditation_of_organisation ON accreditation (organisation_id, since_position)');
    await db.query('CREATE INDEX accreditation_of_laboratory ON accreditation (laboratory_id)');
    await db.query('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON accreditation TO daodi_service');
    await db.query('GRANT SELECT (id, organisation_id, laboratory_id, status, covers, since_position) ON accreditation TO daodi_resolver');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE accreditation');
  }
}
