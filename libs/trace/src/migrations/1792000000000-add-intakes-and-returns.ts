import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was taken in from outside, and what came back after it had been sold or drawn as a sample. */
export class AddIntakesAndReturns1792000000000 implements MigrationInterface {
  readonly name = 'AddIntakesAndReturns1792000000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE node ADD COLUMN taken_in numeric NOT NULL DEFAULT 0');
    await db.query('ALTER TABLE holding DROP CONSTRAINT holding_state_check');
    await db.query(`ALTER TABLE holding ADD CONSTRAINT holding_state_check CHECK (state IN ('available', 'rejected', 'transit', 'sold', 'sampled'))`);
    // Books written down before knew no intakes, and not who had sold what: families are taken up from their first line.
    await db.query('DELETE FROM family_state');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DELETE FROM family_state');
    await db.query(`DELETE FROM holding WHERE state IN ('sold', 'sampled')`);
    await db.query('ALTER TABLE holding DROP CONSTRAINT holding_state_check');
    await db.query(`ALTER TABLE holding ADD CONSTRAINT holding_state_check CHECK (state IN ('available', 'rejected', 'transit'))`);
    await db.query('ALTER TABLE node DROP COLUMN taken_in');
  }
}
