import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What went into steps at a site, by time: how much a workshop took in a day is asked of all of it. */
export class IndexInputsBySite1794000300000 implements MigrationInterface {
  name = 'IndexInputsBySite1794000300000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE INDEX line_input_at_site ON line (site, event_time) WHERE role = 'input' AND site IS NOT NULL`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX line_input_at_site');
  }
}
