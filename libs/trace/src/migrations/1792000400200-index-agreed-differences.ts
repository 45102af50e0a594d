import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Most booked differences are a stock-take's and judged by no agreement; those that are must be found at once. */
export class IndexAgreedDifferences1792000400200 implements MigrationInterface {
  name = 'IndexAgreedDifferences1792000400200';

  async up(db: QueryRunner): Promise<void> {
    await db.query('CREATE INDEX booked_difference_agreed ON booked_difference (position) WHERE tolerance IS NOT NULL');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX booked_difference_agreed');
  }
}
