import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What organisations register: places, land, products, certificates; and what the operator keeps for all: herbs,
 * jurisdictions. All are projections; `state` is the latest record's `new`, whole.
 */
export class CreateThings1790000200000 implements MigrationInterface {
  name = 'CreateThings1790000200000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE site (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        identifier      text   NOT NULL UNIQUE DEFERRABLE INITIALLY IMMEDIATE,
        sgln            text,
        kind            text   NOT NULL,
        name            text   NOT NULL,
        region          text   NOT NULL,
        status          text   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX site_of_organisation ON site (organisation_id, since_position)`);
    await db.query(`CREATE INDEX site_sgln ON site (sgln) WHERE sgln IS NOT NULL`);

    await db.query(`
      CREATE TABLE land (                       -- bases, plots and tending areas; boundaries are WGS-84
        id              uuid    PRIMARY KEY,
        organisation_id uuid    NOT NULL,
        kind            text    NOT NULL CHECK (kind IN ('base', 'plot', 'tending-area')),
        base_id         uuid,
        name            text    NOT NULL,
        region          text,
        village         text,
        layer           text,
        from_year       integer,
        to_year         integer,
        declared_mu     text,                   -- exact, as declared
        area_m2         bigint,
        boundary        jsonb,
        west            double precision,       -- the rectangle around the boundary, degrees
        south           double precision,
        east            double precision,
        north           double precision,
        version         integer NOT NULL,
        status          text    NOT NULL,
        state           jsonb   NOT NULL,
        since_position  bigint  NOT NULL
      )`);
    await db.query(`CREATE INDEX land_of_organisation ON land (organisation_id, kind, since_position)`);
    await db.query(`
      CREATE TABLE land_note (                  -- what a boundary's record found odd; never a refusal
        land_id   uuid   NOT NULL,
        rule      text   NOT NULL,
        other_id  text   NOT NULL,              -- the land it overlaps, or empty
        detail    jsonb  NOT NULL,
        position  bigint NOT NULL,
        PRIMARY KEY (land_id, rule, other_id)
      )`);
    await db.query(`CREATE INDEX land_note_other ON land_note (other_id) WHERE other_id <> ''`);

    await db.query(`
      CREATE TABLE herb (
        code           text    PRIMARY KEY,
        name           text    NOT NULL,
        pinyin         text    NOT NULL,
        latin          text    NOT NULL,
        part           text    NOT NULL,
        grades         jsonb   NOT NULL,
        verified       boolean NOT NULL,
        source         text    NOT NULL,
        state          jsonb   NOT NULL,
        since_position bigint  NOT NULL
      )`);
    await db.query(`
      CREATE TABLE product (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        name            text   NOT NULL,
        herbs           text[] NOT NULL,
        form            text   NOT NULL,
        gtin            text   UNIQUE DEFERRABLE INITIALLY IMMEDIATE CHECK (gtin ~ '^[0-9]{14}$'),
        net_content     jsonb,                  -- {value, unit}, value as exact decimal text
        specification   text,
        status          text   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX product_of_organisation ON product (organisation_id, since_position)`);
    await db.query(`
      CREATE TABLE certificate (
        id              uuid    PRIMARY KEY,
        organisation_id uuid    NOT NULL,
        kind            text    NOT NULL,
        number          text    NOT NULL,
        issuer          text    NOT NULL,
        subject_type    text    NOT NULL,
        subject_id      uuid    NOT NULL,
        valid_from      date    NOT NULL,
        valid_to        date,
        verified        boolean NOT NULL,
        status          text    NOT NULL,
        state           jsonb   NOT NULL,
        since_position  bigint  NOT NULL
      )`);
    await db.query(`CREATE INDEX certificate_of_organisation ON certificate (organisation_id, since_position)`);
    await db.query(`CREATE INDEX certificate_of_subject ON certificate (subject_id)`);
    await db.query(`
      CREATE TABLE jurisdiction (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        region_prefix   text   NOT NULL,        -- leading digits of a GB/T 2260 code; empty: everywhere
        stage           text   NOT NULL,        -- or 'all'
        herb            text   NOT NULL,        -- herb code, or 'all'
        status          text   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX jurisdiction_of_organisation ON jurisdiction (organisation_id)`);
    await db.query(`
      CREATE TABLE person_entry (               -- which entries name a person: those an erasure erases
        person_id uuid   NOT NULL,
        position  bigint NOT NULL,
        PRIMARY KEY (person_id, position)
      )`);

    await db.query(`
      GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE
         ON site, land, land_note, herb, product, certificate, jurisdiction, person_entry TO daodi_service`);
    // The public's door sees no address, no boundary and no state: it shows places to the county.
    await db.query(`GRANT SELECT ON herb, product, certificate TO daodi_resolver`);
    await db.query(`GRANT SELECT (id, organisation_id, identifier, sgln, kind, name, region, status) ON site TO daodi_resolver`);
    await db.query(`GRANT SELECT (id, organisation_id, kind, base_id, name, region, status, since_position) ON land TO daodi_resolver`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE person_entry, jurisdiction, certificate, product, herb, land_note, land, site`);
  }
}
