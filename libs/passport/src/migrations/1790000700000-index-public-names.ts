import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the public's door finds a lot by product and lot number, and what it may read to tell its story. */
export class IndexPublicNames1790000700000 implements MigrationInterface {
  name = 'IndexPublicNames1790000700000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE INDEX batch_public_lot ON batch (product_id, lot_number) WHERE product_id IS NOT NULL AND lot_number IS NOT NULL`);
    // Plots, herbs, products, certificates, organisations' names and the projections of trace and quality are readable
    // already. Of people, keys and sessions the public's door knows nothing.
    await db.query(`GRANT SELECT ON installation TO daodi_resolver`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX batch_public_lot`);
  }
}
