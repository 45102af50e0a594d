import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What events are found by: a projection of the log, so it may be emptied and rebuilt. */
export class CreateQuery1790000400000 implements MigrationInterface {
  name = 'CreateQuery1790000400000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE event_index (
        position         bigint      PRIMARY KEY,
        organisation_id  uuid        NOT NULL,
        event_id         text        NOT NULL,
        type             text        NOT NULL,
        action           text,
        event_time       timestamptz NOT NULL,
        record_time      timestamptz NOT NULL,
        declaration      boolean     NOT NULL
      )`);
    // Every question is asked by an organisation, mostly about its own events and in one of these orders.
    await db.query(`CREATE INDEX event_index_own ON event_index (organisation_id, position)`);
    await db.query(`CREATE INDEX event_index_own_event_time ON event_index (organisation_id, event_time, position)`);
    await db.query(`CREATE INDEX event_index_own_record_time ON event_index (organisation_id, record_time, position)`);
    await db.query(`CREATE INDEX event_index_event_id ON event_index (event_id)`);
    // One row for each (field, value) of an event, under the first 128 bits of SHA-256 of both: values of any length
    // fit, and one index answers every equality in log order.
    await db.query(`
      CREATE TABLE event_term (
        term      uuid   NOT NULL,
        position  bigint NOT NULL,
        PRIMARY KEY (term, position)
      )`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON event_index, event_term TO daodi_service`);
    await db.query(`GRANT SELECT ON event_index, event_term TO daodi_resolver`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE event_term, event_index');
  }
}
