import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Captured documents: what was acknowledged with 202 and is being, or has been, put into the log. */
export class CreateCapture1790000250000 implements MigrationInterface {
  name = 'CreateCapture1790000250000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE capture_document (
        id               uuid        PRIMARY KEY,          -- the captureID
        organisation_id  uuid        NOT NULL,
        actor_kind       text        NOT NULL CHECK (actor_kind IN ('person', 'key', 'system')),
        actor_id         uuid        NOT NULL,
        request_id       uuid        NOT NULL,
        error_behaviour  text        NOT NULL CHECK (error_behaviour IN ('rollback', 'proceed')),
        received_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
        envelope         jsonb       NOT NULL,             -- the document without its events
        events_pointer   text        NOT NULL,             -- where its events stood, as a JSON pointer
        event_count      integer     NOT NULL,
        chunk_count      integer     NOT NULL,
        state            text        NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done')),
        next_chunk       integer     NOT NULL DEFAULT 0,   -- with proceed: where to go on after a power cut
        failed           boolean     NOT NULL DEFAULT false,
        errors           jsonb       NOT NULL DEFAULT '[]',
        error_count      integer     NOT NULL DEFAULT 0,   -- all of them; the list itself ends at a limit
        finished_at      timestamptz,
        CHECK ((state = 'done') = (finished_at IS NOT NULL))
      )`);
    await db.query(`CREATE INDEX capture_document_of_organisation ON capture_document (organisation_id, received_at, id)`);
    await db.query(`CREATE INDEX capture_document_pending ON capture_document (received_at) WHERE state <> 'done'`);
    // The events wait here only until the log has them: a copy left behind would outlive the erasure of a body.
    await db.query(`
      CREATE TABLE capture_chunk (
        capture_id   uuid    NOT NULL REFERENCES capture_document,
        ordinal      integer NOT NULL,
        first_event  integer NOT NULL,                     -- index in the document of the first event here
        events       text    NOT NULL,                     -- a JSON array
        PRIMARY KEY (capture_id, ordinal)
      )`);
    await db.query(`GRANT SELECT, INSERT ON capture_document TO daodi_service`);
    await db.query(`GRANT UPDATE (state, next_chunk, failed, errors, error_count, finished_at) ON capture_document TO daodi_service`);
    await db.query(`GRANT SELECT, INSERT, DELETE ON capture_chunk TO daodi_service`);
  }

  async down(): Promise<void> {
    throw new Error('captured documents are never taken down');
  }
}
