import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the few erasures among millions of entries: the list of them is looked over every minute. */
export class IndexErasures1791000110000 implements MigrationInterface {
  name = 'IndexErasures1791000110000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE INDEX entry_erasure ON entry (position) WHERE kind = 'record' AND type = 'erasure'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX entry_erasure');
  }
}
