import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A captured document may belong to a run of imports. */
export class CaptureImports1791000500100 implements MigrationInterface {
  name = 'CaptureImports1791000500100';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE capture_document
      ADD COLUMN import_run text,                  -- of X-Import-Run; the grant is looked for again when it is appended
      ADD COLUMN written_at timestamptz            -- of X-Captured-Time, for imports: when the paper was written`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE capture_document DROP COLUMN import_run, DROP COLUMN written_at');
  }
}
