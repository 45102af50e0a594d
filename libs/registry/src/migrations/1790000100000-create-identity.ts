import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organisations, people, keys (projections of the log), and what signs them in (base tables, never in the log). */
export class CreateIdentity1790000100000 implements MigrationInterface {
  name = 'CreateIdentity1790000100000';

  async up(db: QueryRunner): Promise<void> {
    // Unique constraints of projections are checked at the end of a statement: one statement may hand a code or
    // login from one row to another, in whatever order the rows come.
    await db.query(`
      CREATE TABLE organisation (
        id             uuid   PRIMARY KEY,
        code           text   NOT NULL UNIQUE DEFERRABLE INITIALLY IMMEDIATE,
        name           text   NOT NULL,
        name_en        text,
        type           text   NOT NULL,
        credit_code    text   UNIQUE DEFERRABLE INITIALLY IMMEDIATE,
        gs1_prefix     text   UNIQUE DEFERRABLE INITIALLY IMMEDIATE CHECK (gs1_prefix ~ '^[0-9]{4,12}$'),
        gln            text   CHECK (gln ~ '^[0-9]{13}$'),
        region         text   NOT NULL CHECK (region ~ '^[0-9]{6}$'),
        contact        text,
        since_position bigint NOT NULL
      )`);
    await db.query(`
      CREATE TABLE party (                      -- every identifier under which an organisation is known
        identifier      text   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX party_organisation ON party (organisation_id)`);
    await db.query(`
      CREATE TABLE person (                     -- names are here and in erasable bodies, nowhere else
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        login           text   UNIQUE DEFERRABLE INITIALLY IMMEDIATE,
        name            text,
        roles           text[] NOT NULL,
        status          text   NOT NULL CHECK (status IN ('active', 'ended', 'erased')),
        since_position  bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX person_of_organisation ON person (organisation_id, since_position)`);
    await db.query(`
      CREATE TABLE api_key (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        name            text   NOT NULL,
        roles           text[] NOT NULL,
        scopes          text[] NOT NULL,
        status          text   NOT NULL CHECK (status IN ('active', 'ended')),
        since_position  bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX api_key_of_organisation ON api_key (organisation_id, since_position)`);
    await db.query(`CREATE TABLE person_secret (person_id uuid PRIMARY KEY, password_hash text NOT NULL)`);
    await db.query(`
      CREATE TABLE api_key_secret (
        key_id      uuid  PRIMARY KEY,
        secret_hash bytea NOT NULL UNIQUE CHECK (octet_length(secret_hash) = 32)
      )`);
    await db.query(`
      CREATE TABLE session (
        token_hash bytea       PRIMARY KEY CHECK (octet_length(token_hash) = 32),
        person_id  uuid        NOT NULL,
        started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL
      )`);
    await db.query(`CREATE INDEX session_of_person ON session (person_id)`);
    await db.query(`
      CREATE TABLE sign_in_attempt (            -- failures by login and by source address, both only as hashes
        key      bytea       PRIMARY KEY CHECK (octet_length(key) = 32),
        attempts integer     NOT NULL,
        until    timestamptz NOT NULL           -- when the count is forgotten, or the lock opens
      )`);
    await db.query(`
      CREATE TABLE setup_token (                -- the operator's one-time link
        only_row   boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
        token_hash bytea       NOT NULL CHECK (octet_length(token_hash) = 32),
        expires_at timestamptz NOT NULL
      )`);

    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON organisation, party, person, api_key TO daodi_service`);
    await db.query(`
      GRANT SELECT, INSERT, UPDATE, DELETE
         ON person_secret, api_key_secret, session, sign_in_attempt, setup_token TO daodi_service`);
    await db.query(`GRANT SELECT (id, code, name, name_en, type, gs1_prefix, region, since_position) ON organisation TO daodi_resolver`);
    await db.query(`GRANT SELECT ON party TO daodi_resolver`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE setup_token, sign_in_attempt, session, api_key_secret, person_secret, api_key, person, party, organisation`);
  }
}
