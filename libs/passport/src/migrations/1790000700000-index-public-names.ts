import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the public's door finds a lot by product and lot number. */
export class IndexPublicNames1790000700000 implements MigrationInterface {
  name = 'IndexPublicNames1790000700000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE INDEX batch_public_lot ON batch (product_id, lot_number) WHERE product_id IS NOT NULL AND lot_number IS NOT NULL`);
    // The role daodi_resolver needs no grant more: the log, herbs, products, certificates, land to the county, names of
    // organisations and the projections of trace and quality are readable to it; people, keys and sessions are not.
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX batch_public_lot`);
  }
}
