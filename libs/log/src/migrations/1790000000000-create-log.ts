import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log: a row for each entry, its erasable body, a row that says where the log ends, cursors, idempotency. */
export class CreateLog1790000000000 implements MigrationInterface {
  name = 'CreateLog1790000000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE entry (                      -- never changes
        position         bigint      PRIMARY KEY CHECK (position >= 0),
        kind             text        NOT NULL CHECK (kind IN ('event', 'record')),
        type             text        NOT NULL,
        organisation_id  uuid        NOT NULL,
        actor_kind       text        NOT NULL CHECK (actor_kind IN ('person', 'key', 'system')),
        actor_id         uuid        NOT NULL,
        on_behalf_of     uuid,
        provenance       text        NOT NULL CHECK (provenance IN ('form', 'offline', 'epcis', 'device', 'import')),
        request_id       uuid        NOT NULL,
        event_id         text,
        declaration      boolean     NOT NULL DEFAULT false,
        event_time       timestamptz,
        event_offset     text,
        captured_time    timestamptz NOT NULL,
        device_id        text,
        device_counter   bigint,
        record_time      timestamptz NOT NULL,
        digest           bytea       NOT NULL CHECK (octet_length(digest) = 32),
        CHECK ((kind = 'event') = (event_id IS NOT NULL)),
        CHECK ((kind = 'event') = (event_time IS NOT NULL))
      )`);
    await db.query(`
      CREATE UNIQUE INDEX entry_event_id ON entry (organisation_id, event_id) WHERE kind = 'event' AND NOT declaration`);
    await db.query(`CREATE INDEX entry_declaration ON entry (organisation_id, event_id) WHERE declaration`);
    await db.query(`CREATE INDEX entry_request ON entry (organisation_id, request_id)`);
    await db.query(`CREATE INDEX entry_of_organisation ON entry (organisation_id, position)`);
    await db.query(`
      CREATE TABLE entry_body (                 -- may be erased, by one function, leaving an entry that says so
        position  bigint PRIMARY KEY REFERENCES entry,
        salt      bytea  NOT NULL CHECK (octet_length(salt) = 16),
        context   jsonb,
        body      jsonb  NOT NULL
      )`);
    await db.query(`
      CREATE TABLE entry_residue (              -- what an erasure keeps, so that kilograms stay after a rebuild
        position   bigint PRIMARY KEY REFERENCES entry,
        erased_by  bigint NOT NULL REFERENCES entry,
        body       jsonb  NOT NULL
      )`);

    // A sequence would number rows in the order they were inserted, and a follower that had read up to 6
    // would never see a 5 that commits later. The row lock on log_head makes the order that of commits.
    await db.query(`
      CREATE TABLE log_head (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        size     bigint  NOT NULL DEFAULT 0
      )`);
    await db.query(`INSERT INTO log_head DEFAULT VALUES`);
    await db.query(`CREATE TABLE follower (name text PRIMARY KEY, position bigint NOT NULL DEFAULT 0)`);
    await db.query(`
      CREATE TABLE idempotency (                -- a key is bound by a success, for ever
        organisation_id uuid   NOT NULL,
        key             text   NOT NULL,
        request_digest  bytea  NOT NULL,
        first_position  bigint,
        response        jsonb  NOT NULL,
        PRIMARY KEY (organisation_id, key)
      )`);

    await db.query(`
      CREATE FUNCTION log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'the log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
      END $$`);
    for (const table of ['entry', 'entry_residue']) {
      await db.query(`CREATE TRIGGER ${table}_never_changes BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION log_refuse()`);
      await db.query(`CREATE TRIGGER ${table}_never_emptied BEFORE TRUNCATE ON ${table} EXECUTE FUNCTION log_refuse()`);
    }
    await db.query(`CREATE TRIGGER entry_body_never_changes BEFORE UPDATE ON entry_body FOR EACH ROW EXECUTE FUNCTION log_refuse()`);
    await db.query(`CREATE TRIGGER entry_body_never_emptied BEFORE TRUNCATE ON entry_body EXECUTE FUNCTION log_refuse()`);
    await db.query(`
      CREATE FUNCTION entry_body_erased() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        IF EXISTS (SELECT FROM entry_residue r WHERE r.position = OLD.position) THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'the body of entry % can only be erased by log_erase', OLD.position USING ERRCODE = 'insufficient_privilege';
      END $$`);
    await db.query(`CREATE TRIGGER entry_body_only_erased BEFORE DELETE ON entry_body FOR EACH ROW EXECUTE FUNCTION entry_body_erased()`);

    // The session's temporary tables come last: else whoever may make one could name it log_head and give the log its
    // positions. (Left unsaid, they come first.)
    await db.query(`
      CREATE FUNCTION log_lock() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT size FROM log_head FOR UPDATE
      $$`);
    // Position and record time are the log's to give. The caller holds the lock (log_lock) already; taking it
    // here again costs nothing and keeps the function safe when called alone.
    await db.query(`
      CREATE FUNCTION log_append(
        kinds text[], types text[], organisations uuid[], actor_kinds text[], actor_ids uuid[], behalves uuid[],
        provenances text[], requests uuid[], event_ids text[], declarations boolean[], event_times timestamptz[],
        event_offsets text[], captured_times timestamptz[], device_ids text[], device_counters bigint[],
        digests bytea[], salts bytea[], contexts jsonb[], bodies jsonb[]
      ) RETURNS TABLE (first_position bigint, recorded timestamptz)
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE
        base bigint;
        now_recorded timestamptz;
      BEGIN
        SELECT size INTO base FROM log_head FOR UPDATE;
        now_recorded := clock_timestamp();
        INSERT INTO entry (position, kind, type, organisation_id, actor_kind, actor_id, on_behalf_of, provenance, request_id,
                           event_id, declaration, event_time, event_offset, captured_time, device_id, device_counter,
                           record_time, digest)
        SELECT base + n - 1, k, t, o, ak, ai, b, p, r, e, d, et, eo, ct, di, dc, now_recorded, dg
          FROM unnest(kinds, types, organisations, actor_kinds, actor_ids, behalves, provenances, requests, event_ids,
                      declarations, event_times, event_offsets, captured_times, device_ids, device_counters, digests)
               WITH ORDINALITY AS u(k, t, o, ak, ai, b, p, r, e, d, et, eo, ct, di, dc, dg, n);
        INSERT INTO entry_body (position, salt, context, body)
        SELECT base + n - 1, s, NULLIF(c, 'null'::jsonb), y
          FROM unnest(salts, contexts, bodies) WITH ORDINALITY AS u(s, c, y, n);
        UPDATE log_head SET size = base + cardinality(kinds);
        RETURN QUERY SELECT base, now_recorded;
      END $$`);
    // An erasure must already be in the log, after what it erases, and name it: no body goes without a record.
    await db.query(`
      CREATE FUNCTION log_erase(erased bigint, erasure bigint) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE
        said jsonb;
      BEGIN
        SELECT b.body INTO said
          FROM entry e JOIN entry_body b USING (position)
         WHERE e.position = erasure AND e.position > erased AND e.kind = 'record' AND e.type = 'erasure';
        IF said IS NULL OR (said -> 'new' ->> 'position')::bigint IS DISTINCT FROM erased OR said -> 'new' -> 'kept' IS NULL THEN
          RAISE EXCEPTION 'entry % may only be erased together with the record that says so', erased USING ERRCODE = 'insufficient_privilege';
        END IF;
        INSERT INTO entry_residue (position, erased_by, body) VALUES (erased, erasure, said -> 'new' -> 'kept');
        DELETE FROM entry_body WHERE position = erased;
      END $$`);

    await db.query(`REVOKE ALL ON FUNCTION log_append, log_lock, log_erase FROM PUBLIC`);
    await db.query(`GRANT EXECUTE ON FUNCTION log_append, log_lock, log_erase TO daodi_service`);
    await db.query(`GRANT SELECT ON entry, entry_body, entry_residue, log_head, follower, idempotency TO daodi_service, daodi_resolver`);
    await db.query(`GRANT INSERT ON idempotency, follower TO daodi_service`);
    await db.query(`GRANT UPDATE ON follower TO daodi_service`);
  }

  async down(): Promise<void> {
    throw new Error('the log is never taken down');
  }
}
