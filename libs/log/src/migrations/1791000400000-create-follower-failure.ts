import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where each follower last failed, and how. Nothing rests on it but what an operator sees. */
export class CreateFollowerFailure1791000400000 implements MigrationInterface {
  name = 'CreateFollowerFailure1791000400000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE follower_failure (
        name      text        PRIMARY KEY,
        position  bigint      NOT NULL,   -- where the cursor stood: once it has moved on, the failure is history
        reason    text        NOT NULL,   -- the error's class and code, never its message: that may quote a body
        failed_at timestamptz NOT NULL,
        times     integer     NOT NULL    -- in a row, at this position
      )`);
    await db.query('GRANT SELECT, INSERT, UPDATE ON follower_failure TO daodi_service');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE follower_failure');
  }
}
