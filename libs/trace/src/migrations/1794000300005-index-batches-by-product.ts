import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Batches of a product: what was put under a sign is asked of all of them. */
export class IndexBatchesByProduct1794000300005 implements MigrationInterface {
  name = 'IndexBatchesByProduct1794000300005';

  async up(db: QueryRunner): Promise<void> {
    await db.query('CREATE INDEX batch_of_product ON batch (product_id) WHERE product_id IS NOT NULL');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX batch_of_product');
  }
}
