import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Decisions at the dock 收货 (an inline projection). */
export class CreateDock1793000930000 implements MigrationInterface {
  name = 'CreateDock1793000930000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE dock_decision (
        id               uuid        PRIMARY KEY,
        organisation_id  uuid        NOT NULL,
        decision         text        NOT NULL CHECK (decision IN ('accept', 'doubt', 'refuse')),
        state            jsonb       NOT NULL,
        record_time      timestamptz NOT NULL,
        since_position   bigint      NOT NULL
      )`);
    await db.query('CREATE INDEX dock_decision_of_organisation ON dock_decision (organisation_id, since_position)');
    await db.query('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON dock_decision TO daodi_service');
    await db.query('GRANT SELECT ON dock_decision TO daodi_resolver');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE dock_decision');
  }
}
