import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Electronic signatures: that a person gave the password again, for what, until the act they sign takes it. */
export class CreateSigningToken1794000110000 implements MigrationInterface {
  name = 'CreateSigningToken1794000110000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE signing_token (
        token_hash bytea       PRIMARY KEY CHECK (octet_length(token_hash) = 32),
        person_id  uuid        NOT NULL,
        meaning    text        NOT NULL,
        about      uuid        NOT NULL,          -- id of what is signed
        expires_at timestamptz NOT NULL
      )`);
    await db.query('CREATE INDEX signing_token_of_person ON signing_token (person_id)');
    await db.query('GRANT SELECT, INSERT, UPDATE, DELETE ON signing_token TO daodi_service');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE signing_token');
  }
}
