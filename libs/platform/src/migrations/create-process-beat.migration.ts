import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The processes of the deployment: each says every few seconds that it is there. */
export class CreateProcessBeat1791000400100 implements MigrationInterface {
  name = 'CreateProcessBeat1791000400100';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE process_beat (
        id         uuid        PRIMARY KEY,
        role       text        NOT NULL,
        version    text        NOT NULL,
        node       text        NOT NULL,
        started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        beat_at    timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    await db.query('GRANT SELECT, INSERT, UPDATE, DELETE ON process_beat TO daodi_service, daodi_resolver');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE process_beat');
  }
}
