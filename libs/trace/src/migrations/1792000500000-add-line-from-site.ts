import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where what was put somewhere was taken from: with zones one batch lies at several places of one house. */
export class AddLineFromSite1792000500000 implements MigrationInterface {
  name = 'AddLineFromSite1792000500000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE line ADD COLUMN from_site text`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE line DROP COLUMN from_site`);
  }
}
