import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The one-time links of `daodi reset-owner`, at most one for an organisation: what lets in, never in the log. */
export class CreateOwnerLink1791000800000 implements MigrationInterface {
  name = 'CreateOwnerLink1791000800000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE owner_link (
        organisation_id uuid        PRIMARY KEY,
        person_id       uuid,                   -- whose password is set anew; none: a new owner is made
        token_hash      bytea       NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
        expires_at      timestamptz NOT NULL
      )`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON owner_link TO daodi_service`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE owner_link`);
  }
}
