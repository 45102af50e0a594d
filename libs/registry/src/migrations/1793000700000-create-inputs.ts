import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is used on land: products and what allows them, SOPs, lots bought and counted. */
export class CreateInputs1793000700000 implements MigrationInterface {
  name = 'CreateInputs1793000700000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE input_record (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        kind            text   NOT NULL CHECK (kind IN ('input-product', 'input-allowance', 'sop')),
        status          text   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query(`
      CREATE TABLE input_stock (
        id              uuid   PRIMARY KEY,
        organisation_id uuid   NOT NULL,
        kind            text   NOT NULL CHECK (kind IN ('lot', 'left', 'returned', 'gone')),
        status          text   NOT NULL,
        product_id      uuid,                 -- of a lot
        lot_id          uuid   NOT NULL,
        on_day          date   NOT NULL,      -- bought, counted or given back on
        quantity        text   NOT NULL,      -- decimal text in uom
        uom             text   NOT NULL,
        state           jsonb  NOT NULL,
        since_position  bigint NOT NULL
      )`);
    await db.query('CREATE INDEX input_record_of_organisation ON input_record (organisation_id, kind, since_position)');
    await db.query('CREATE INDEX input_stock_of_organisation ON input_stock (organisation_id, since_position)');
    await db.query('CREATE INDEX input_stock_of_lot ON input_stock (lot_id)');
    await db.query('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON input_record, input_stock TO daodi_service');
    // The public's door judges anew what it shows: it reads what the rules read, and of lots not who sold them.
    await db.query('GRANT SELECT ON input_record TO daodi_resolver');
    await db.query('GRANT SELECT (id, organisation_id, kind, status, product_id, lot_id, on_day, quantity, uom, since_position) ON input_stock TO daodi_resolver');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE input_stock, input_record');
  }
}
