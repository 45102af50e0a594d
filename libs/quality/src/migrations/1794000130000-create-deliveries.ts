import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What rules read of slips 过磅单 and of the heaps they were closed into (an inline projection). */
export class CreateDeliveries1794000130000 implements MigrationInterface {
  name = 'CreateDeliveries1794000130000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE judged_slip (
        id               uuid    PRIMARY KEY,
        organisation_id  uuid    NOT NULL,
        picker           uuid    NOT NULL,
        day              date    NOT NULL,
        arrived_mg       numeric NOT NULL,
        slip_number      text,
        status           text    NOT NULL,
        since_position   bigint  NOT NULL
      )`);
    await db.query(`CREATE INDEX judged_slip_number ON judged_slip (organisation_id, slip_number) WHERE slip_number IS NOT NULL`);
    await db.query(`
      CREATE TABLE judged_heap (
        id               uuid    PRIMARY KEY,
        organisation_id  uuid    NOT NULL,
        code             text    NOT NULL,      -- of its batch
        site             text    NOT NULL,      -- '' where none is named
        herb             text    NOT NULL,
        day              date    NOT NULL,
        status           text    NOT NULL,
        event_id         text    NOT NULL,
        slips            uuid[]  NOT NULL,
        since_position   bigint  NOT NULL
      )`);
    await db.query('CREATE INDEX judged_heap_code ON judged_heap (code)');
    await db.query('CREATE INDEX judged_heap_of_station ON judged_heap (organisation_id, site, herb, day)');
    await db.query('CREATE INDEX judged_heap_slips ON judged_heap USING gin (slips)');
    const latest = (type: string): string => `
      SELECT DISTINCT ON (b.body ->> 'subject') (b.body ->> 'subject')::uuid AS id, e.organisation_id, b.body -> 'new' AS s, min(e.position) OVER (PARTITION BY b.body ->> 'subject') AS since
        FROM entry e JOIN entry_body b USING (position) WHERE e.kind = 'record' AND e.type = '${type}' ORDER BY b.body ->> 'subject', e.position DESC`;
    await db.query(`
      INSERT INTO judged_slip SELECT id, organisation_id, (s ->> 'picker')::uuid, (s ->> 'day')::date, (s ->> 'arrivedMg')::numeric, s ->> 'slipNumber', s ->> 'status', since FROM (${latest('slip')}) x`);
    await db.query(`
      INSERT INTO judged_heap SELECT id, organisation_id, s ->> 'batch', COALESCE(s ->> 'site', ''), s ->> 'herb', (s ->> 'day')::date, s ->> 'status', s ->> 'eventID',
             ARRAY(SELECT jsonb_array_elements_text(s -> 'slips')::uuid), since FROM (${latest('heap')}) x`);
    await db.query('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON judged_slip, judged_heap TO daodi_service');
    await db.query('GRANT SELECT ON judged_slip, judged_heap TO daodi_resolver');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE judged_heap, judged_slip');
  }
}
