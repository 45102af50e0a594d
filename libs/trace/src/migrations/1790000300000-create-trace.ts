import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Identifiers, lines, nodes, holdings, readers: all projections of the log, so all may be emptied and rebuilt. */
export class CreateTrace1790000300000 implements MigrationInterface {
  name = 'CreateTrace1790000300000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE identifier (                -- id: first 128 bits of SHA-256 of the canonical spelling
        id         uuid PRIMARY KEY,
        canonical  text NOT NULL
      )`);
    await db.query(`
      CREATE TABLE batch (                     -- codes we issued, and what the issuer says they stand for
        identifier       uuid    PRIMARY KEY,
        code             text    NOT NULL UNIQUE,
        uri              text    NOT NULL,
        organisation_id  uuid    NOT NULL,
        kind             text    NOT NULL CHECK (kind IN ('crop', 'batch', 'retail', 'container')),
        herb             text,
        grade            text,
        product_id       uuid,
        lot_number       text,
        net_content_mg   numeric,
        attributes       jsonb   NOT NULL,
        position         bigint  NOT NULL,
        withdrawn        bigint
      )`);
    await db.query(`CREATE INDEX batch_of_organisation ON batch (organisation_id, position)`);
    await db.query(`
      CREATE TABLE alias (                     -- other names of a batch: a receiver's own lot number, a GTIN come later
        scheme           text   NOT NULL,
        value            text   NOT NULL,
        organisation_id  uuid   NOT NULL,
        node             uuid   NOT NULL,
        position         bigint NOT NULL,
        PRIMARY KEY (organisation_id, scheme, value, node)
      )`);
    await db.query(`CREATE INDEX alias_of_node ON alias (node)`);
    await db.query(`CREATE TABLE public_host (host text PRIMARY KEY, position bigint NOT NULL)`);
    await db.query(`
      CREATE TABLE declared (                  -- events whose own sayer declared them in error
        org       uuid   NOT NULL,
        event_id  text   NOT NULL,
        position  bigint NOT NULL,
        PRIMARY KEY (org, event_id)
      )`);
    await db.query(`
      CREATE TABLE line (
        position    bigint      NOT NULL,
        ordinal     integer     NOT NULL,
        path        text        NOT NULL,      -- '' as stated; else by way of which container or serial it moved
        org         uuid        NOT NULL,
        event_id    text        NOT NULL,
        identifier  uuid        NOT NULL,
        kind        text        NOT NULL CHECK (kind IN ('class', 'instance', 'container')), -- as said, or as we issued it
        role        text        NOT NULL,
        hub         uuid,                      -- inputs and outputs that belong together
        event_time  timestamptz NOT NULL,
        tie         uuid        NOT NULL,      -- orders events of one instant without regard to arrival
        amount      numeric,
        unit        text,
        unreadable  text,
        site        text,
        source_org  uuid,
        source_named boolean    NOT NULL,      -- somebody, registered here or not
        dest_org    uuid,
        spelled     text        NOT NULL,
        void        boolean     NOT NULL,
        until       timestamptz,               -- packed lines: when it was taken out
        node        uuid,
        held        boolean     NOT NULL,
        moved       numeric,
        PRIMARY KEY (position, ordinal, path)
      )`);
    await db.query(`CREATE TABLE family_state (identifier uuid PRIMARY KEY, state jsonb NOT NULL)`);
    await db.query(`
      CREATE TABLE step_loss (                 -- what a transformation records beside its lines, in milligrams
        position  bigint  PRIMARY KEY,
        lost      numeric NOT NULL,            -- water, dust, trimmings
        added     numeric NOT NULL             -- honey, salt: auxiliaries that stay
      )`);
    await db.query(`CREATE INDEX line_identifier ON line (identifier)`);
    await db.query(`CREATE INDEX line_node ON line (node) INCLUDE (hub, role)`);
    await db.query(`CREATE INDEX line_hub ON line (hub) INCLUDE (node, role) WHERE hub IS NOT NULL`);
    await db.query(`CREATE INDEX line_event ON line (org, event_id)`);
    await db.query(`
      CREATE TABLE node (                      -- one thing: an identifier, within a scope where nobody owns the name
        id          uuid    PRIMARY KEY,
        identifier  uuid    NOT NULL,
        scope       uuid,                      -- whose name it is, where the name itself is nobody's
        owner       uuid,
        kind        text    NOT NULL CHECK (kind IN ('class', 'instance', 'container')),
        unit        text,
        mixed       boolean NOT NULL,          -- lines in another dimension than the batch's
        unmeasured  boolean NOT NULL,          -- lines that move an amount nobody can read
        ambiguous   boolean NOT NULL,
        made        numeric NOT NULL,
        gained      numeric NOT NULL,
        consumed    numeric NOT NULL,
        sampled     numeric NOT NULL,
        sold        numeric NOT NULL,
        lost        numeric NOT NULL,
        held        numeric NOT NULL,
        owed        numeric NOT NULL,
        overdrawn   numeric NOT NULL
      )`);
    await db.query(`CREATE INDEX node_identifier ON node (identifier)`);
    await db.query(`
      CREATE TABLE holding (
        node       uuid    NOT NULL,
        org        uuid    NOT NULL,
        state      text    NOT NULL CHECK (state IN ('available', 'rejected', 'transit')),
        place      text    NOT NULL,           -- a site; of transit and rejected: from whom
        quantity   numeric NOT NULL CHECK (quantity >= 0),
        overdrawn  numeric NOT NULL CHECK (overdrawn >= 0),
        unit       text    NOT NULL,
        PRIMARY KEY (node, org, state, place)
      )`);
    await db.query(`CREATE INDEX holding_of_organisation ON holding (org)`);
    await db.query(`
      CREATE TABLE reader_direct (             -- who may read because it had the thing
        organisation_id  uuid   NOT NULL,
        node             uuid   NOT NULL,
        since_position   bigint NOT NULL,
        PRIMARY KEY (organisation_id, node)
      )`);
    await db.query(`CREATE INDEX reader_direct_node ON reader_direct (node)`);
    await db.query(`
      CREATE TABLE reader_history (            -- who may read because something later came out of it (a follower's)
        organisation_id  uuid   NOT NULL,
        node             uuid   NOT NULL,
        since_position   bigint NOT NULL,
        PRIMARY KEY (organisation_id, node)
      )`);
    await db.query(`CREATE INDEX reader_history_node ON reader_history (node)`);
    const tables = TABLES.join(', ');
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ${tables} TO daodi_service`);
    await db.query(`GRANT SELECT ON ${tables} TO daodi_resolver`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE ${TABLES.join(', ')}`);
  }
}

const TABLES = [
  'identifier', 'batch', 'alias', 'public_host', 'declared', 'line', 'family_state', 'step_loss', 'node', 'holding', 'reader_direct', 'reader_history',
];
