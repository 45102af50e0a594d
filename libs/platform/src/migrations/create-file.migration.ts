import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files by their content, in the database: api processes on different machines need the same ones. */
export class CreateFile1791000200000 implements MigrationInterface {
  name = 'CreateFile1791000200000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE file (
        digest      bytea       PRIMARY KEY CHECK (octet_length(digest) = 32),   -- SHA-256 of the bytes
        media_type  text        NOT NULL,
        bytes       bytea       NOT NULL,
        byte_size   integer     NOT NULL CHECK (byte_size = octet_length(bytes)),
        created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at  timestamptz                        -- null: kept; else it can be made again
      )`);
    // Compressed as they are: trying again costs time and gains nothing.
    await db.query(`ALTER TABLE file ALTER COLUMN bytes SET STORAGE EXTERNAL`);
    await db.query(`CREATE INDEX file_expiry ON file (expires_at) WHERE expires_at IS NOT NULL`);
    // A kept file is evidence. Whoever serves can neither delete it nor let it expire, nor cut another's time short.
    await db.query(`
      CREATE FUNCTION file_guard() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          IF OLD.expires_at IS NULL OR OLD.expires_at > clock_timestamp() THEN
            RAISE EXCEPTION 'a file that is kept, or has not expired, is not deleted';
          END IF;
          RETURN OLD;
        END IF;
        IF OLD.expires_at IS NULL AND NEW.expires_at IS NOT NULL OR NEW.expires_at < OLD.expires_at THEN
          RAISE EXCEPTION 'a file is never kept shorter than was promised';
        END IF;
        RETURN NEW;
      END $$`);
    await db.query(`CREATE TRIGGER file_guard BEFORE UPDATE OR DELETE ON file FOR EACH ROW EXECUTE FUNCTION file_guard()`);
    await db.query(`GRANT SELECT, INSERT, DELETE ON file TO daodi_service`);
    await db.query(`GRANT UPDATE (expires_at) ON file TO daodi_service`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE file');
    await db.query('DROP FUNCTION file_guard()');
  }
}
