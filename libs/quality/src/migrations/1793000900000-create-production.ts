import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Production orders and the parts of their batch records 批记录 (inline projections). */
export class CreateProduction1793000900000 implements MigrationInterface {
  name = 'CreateProduction1793000900000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE production_order (
        id               uuid   PRIMARY KEY,
        organisation_id  uuid   NOT NULL,
        number           text   NOT NULL,
        state            jsonb  NOT NULL,
        since_position   bigint NOT NULL,
        UNIQUE (organisation_id, number)
      )`);
    await db.query(`CREATE INDEX production_order_of_organisation ON production_order (organisation_id, since_position)`);
    await db.query(`
      CREATE TABLE batch_record_part (            -- never changed: what is confirmed, closed or withdrawn is so by a later part
        id               uuid   PRIMARY KEY,
        order_id         uuid   NOT NULL,
        organisation_id  uuid   NOT NULL,
        kind             text   NOT NULL CHECK (kind IN ('issue', 'return', 'step', 'clearance', 'labels', 'deviation', 'deviation-closed', 'check', 'withdrawal', 'review')),
        about            uuid,                    -- the part that is confirmed, closed or withdrawn
        event_id         text,                    -- of a step
        state            jsonb  NOT NULL,
        since_position   bigint NOT NULL
      )`);
    await db.query(`CREATE INDEX batch_record_part_of_order ON batch_record_part (order_id, since_position)`);
    await db.query(`CREATE INDEX batch_record_part_event ON batch_record_part (organisation_id, event_id) WHERE event_id IS NOT NULL`);
    await db.query('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON production_order, batch_record_part TO daodi_service');
    await db.query('GRANT SELECT ON production_order, batch_record_part TO daodi_resolver');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE batch_record_part, production_order');
  }
}
