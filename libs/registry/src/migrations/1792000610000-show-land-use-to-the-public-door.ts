import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the rules judge a harvest by; whose contract it is, and what else it says, stays unread. */
const READ = [
  'rotation_plan (organisation_id, status, year, resting, since_position)',
  'land_contract (organisation_id, status, land, from_day, to_day, since_position)',
  'opening_notice (organisation_id, status, region, herb, grade, from_day, state, since_position)',
].map((columns) => {
  const [table, ...rest] = columns.split(' ');
  return `SELECT ${rest.join(' ')} ON ${table as string}`;
});

/** The public's door judges a release anew where it shows one, as a role of its own: it reads what the rules on land read. */
export class ShowLandUseToThePublicDoor1792000610000 implements MigrationInterface {
  name = 'ShowLandUseToThePublicDoor1792000610000';

  async up(db: QueryRunner): Promise<void> {
    for (const right of READ) await db.query(`GRANT ${right} TO daodi_resolver`);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const right of READ) await db.query(`REVOKE ${right} FROM daodi_resolver`);
  }
}
