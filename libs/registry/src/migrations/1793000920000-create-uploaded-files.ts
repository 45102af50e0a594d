import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which organisation handed in which file; the bytes are in `file`, once for all. */
export class CreateUploadedFiles1793000920000 implements MigrationInterface {
  name = 'CreateUploadedFiles1793000920000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE uploaded_file (
        organisation_id  uuid        NOT NULL,
        digest           text        NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
        media_type       text        NOT NULL,
        byte_size        bigint      NOT NULL,
        record_time      timestamptz NOT NULL,
        since_position   bigint      NOT NULL,
        PRIMARY KEY (organisation_id, digest)
      )`);
    await db.query('CREATE INDEX uploaded_file_digest ON uploaded_file (digest)');
    await db.query('CREATE INDEX uploaded_file_of_organisation ON uploaded_file (organisation_id, since_position)');
    await db.query('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON uploaded_file TO daodi_service');
    await db.query('GRANT SELECT ON uploaded_file TO daodi_resolver');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE uploaded_file');
  }
}
