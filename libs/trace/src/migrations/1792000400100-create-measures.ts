import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the amounts of lines were weighed, and which of them book a difference between weights. */
export class CreateMeasures1792000400100 implements MigrationInterface {
  name = 'CreateMeasures1792000400100';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE weighed (
        position     bigint  NOT NULL,
        ordinal      integer NOT NULL,          -- of the line, path ''
        net          numeric NOT NULL,          -- milligrams, as all of these
        scale        numeric,                   -- what the scale cannot tell apart; null: none named
        typed        numeric NOT NULL,          -- what the last digit typed stands for
        percent      text,                      -- moisture, as typed: 12.0 says more than 12
        method       text,
        uncertainty  text,
        notes        text[]  NOT NULL,
        PRIMARY KEY (position, ordinal)
      )`);
    await db.query(`
      CREATE TABLE booked_difference (
        position  bigint  NOT NULL,
        ordinal   integer NOT NULL,             -- of the line that books it, path ''
        reason    text    NOT NULL,
        before    numeric,                      -- milligrams; null where no agreement was judged
        tolerance numeric,
        PRIMARY KEY (position, ordinal)
      )`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON weighed, booked_difference TO daodi_service`);
    await db.query(`GRANT SELECT ON weighed, booked_difference TO daodi_resolver`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE booked_difference, weighed');
  }
}
