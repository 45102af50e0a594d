import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Slips as they stand, every version of them, and heaps that bind slips to a batch. */
export class CreateDelivery1792000100100 implements MigrationInterface {
  readonly name = 'CreateDelivery1792000100100';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE slip (
        id              uuid    PRIMARY KEY,
        organisation_id uuid    NOT NULL,
        picker_id       uuid    NOT NULL,
        site_id         uuid,
        land_id         uuid,                 -- area or plot, or else
        crop            text,                 -- code of the crop
        herb            text    NOT NULL,
        grade           text,
        day             date    NOT NULL,     -- the station's
        status          text    NOT NULL CHECK (status IN ('active', 'void')),
        arrived_mg      numeric NOT NULL CHECK (arrived_mg > 0),
        sacks           integer,
        heap_id         uuid,                 -- the heap it was closed into
        state           jsonb   NOT NULL,
        written         jsonb   NOT NULL,     -- by whom, for whom, on which device, when
        since_position  bigint  NOT NULL,
        last_position   bigint  NOT NULL
      )`);
    await db.query(`CREATE INDEX slip_of_organisation ON slip (organisation_id, since_position)`);
    await db.query(`CREATE INDEX slip_of_day ON slip (organisation_id, day, since_position)`);
    await db.query(`CREATE INDEX slip_of_picker ON slip (picker_id, day)`);
    await db.query(`CREATE INDEX slip_of_heap ON slip (heap_id)`);
    await db.query(`
      CREATE TABLE slip_version (
        slip_id     uuid        NOT NULL REFERENCES slip,
        position    bigint      NOT NULL,
        state       jsonb       NOT NULL,
        why         text,
        record_time timestamptz NOT NULL,
        PRIMARY KEY (slip_id, position)
      )`);
    await db.query(`
      CREATE TABLE heap (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        site_id         uuid,
        land_id         uuid,
        crop            text,
        herb            text   NOT NULL,
        grade           text,
        day             date   NOT NULL,
        status          text   NOT NULL CHECK (status IN ('closed', 'dissolved')),
        event_id        text   NOT NULL,
        batch           text   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX heap_of_organisation ON heap (organisation_id, since_position)`);
    await db.query(`CREATE INDEX heap_of_event ON heap (event_id)`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON slip, slip_version, heap TO daodi_service`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE heap, slip_version, slip');
  }
}
