import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The public's door judges a batch by the same rules as its owner's gate, and one of them is what the ground gives: it reads
 * areas, and where land overlaps. What it shows of land stays a region and a name.
 */
export class ShowAreasToThePublicDoor1794000180000 implements MigrationInterface {
  name = 'ShowAreasToThePublicDoor1794000180000';

  async up(db: QueryRunner): Promise<void> {
    await db.query('GRANT SELECT ON land, land_note TO daodi_resolver');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('REVOKE SELECT ON land_note FROM daodi_resolver');
  }
}
