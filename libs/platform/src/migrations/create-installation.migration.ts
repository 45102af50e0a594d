import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What this database is: a demo or a real installation, decided once, when it is created; and how far setting up came. */
export class CreateInstallation1767225500000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE installation (
        only_row   boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
        is_demo    boolean     NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    await db.query(`
      CREATE TABLE installation_milestone (
        name       text        PRIMARY KEY,
        reached_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    // A demo shown as real, or a real installation that turns into a demo, would both be lies: no UPDATE, no DELETE.
    await db.query('GRANT SELECT, INSERT ON installation, installation_milestone TO daodi_service');
    await db.query('GRANT SELECT ON installation TO daodi_resolver');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE installation, installation_milestone');
  }
}
