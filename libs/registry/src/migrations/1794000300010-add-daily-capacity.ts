import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a workshop can take in a day, in a column of its own: the public's door judges by it, and may not read the rest of a site's record. */
export class AddDailyCapacity1794000300010 implements MigrationInterface {
  name = 'AddDailyCapacity1794000300010';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE site ADD COLUMN daily_capacity_kg numeric GENERATED ALWAYS AS ((state ->> 'dailyCapacityKg')::numeric) STORED`);
    await db.query('GRANT SELECT (daily_capacity_kg) ON site TO daodi_resolver');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE site DROP COLUMN daily_capacity_kg');
  }
}
