import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Gives the installation a name of its own, so that a backup can tell whose it is. It moves with its data. */
export class NameInstallation1791000100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE installation ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid()');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE installation DROP COLUMN id');
  }
}
