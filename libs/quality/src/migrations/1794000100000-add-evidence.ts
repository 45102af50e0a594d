import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Findings keep which entries show what was found, and whose doing it is. The inbox reads the log again from its start. */
export class AddEvidence1794000100000 implements MigrationInterface {
  name = 'AddEvidence1794000100000';

  async up(db: QueryRunner): Promise<void> {
    await db.query('TRUNCATE finding');
    await db.query(`
      ALTER TABLE finding
        ADD COLUMN evidence_entries text[] NOT NULL,   -- event ids and ids of records, sorted
        ADD COLUMN accused          uuid   NOT NULL    -- organisation; all zeroes: nobody`);
    await db.query('CREATE INDEX finding_accused ON finding (accused, since_position)');
    await db.query(`UPDATE follower SET position = 0 WHERE name = 'findings'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE finding DROP COLUMN evidence_entries, DROP COLUMN accused');
  }
}
