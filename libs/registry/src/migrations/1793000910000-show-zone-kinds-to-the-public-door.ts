import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a zone is for, in a column of its own: the public's door judges what left a zone for what is unfit, and may not
 * read the rest of a site's record, which holds its address.
 */
export class ShowZoneKindsToThePublicDoor1793000910000 implements MigrationInterface {
  name = 'ShowZoneKindsToThePublicDoor1793000910000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE site ADD COLUMN zone text GENERATED ALWAYS AS (state ->> 'zone') STORED`);
    await db.query('GRANT SELECT (zone) ON site TO daodi_resolver');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE site DROP COLUMN zone');
  }
}
