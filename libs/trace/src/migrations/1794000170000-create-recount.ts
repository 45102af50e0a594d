import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the nightly recount of balances found; a night each. */
export class CreateRecount1794000170000 implements MigrationInterface {
  name = 'CreateRecount1794000170000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE recount (
        day         date        PRIMARY KEY,   -- in China
        counted_at  timestamptz NOT NULL,
        batches     bigint      NOT NULL,
        differing   integer     NOT NULL,      -- batches
        differences jsonb       NOT NULL       -- the first of them
      )`);
    await db.query('GRANT SELECT, INSERT ON recount TO daodi_service');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE recount');
  }
}
