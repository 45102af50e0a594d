import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was typed beside an event and stands in no log: names of sellers, prices. It goes when the event's body is erased. */
export class CreateKeptApart1792000200000 implements MigrationInterface {
  readonly name = 'CreateKeptApart1792000200000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE kept_apart (
        organisation_id  uuid  NOT NULL,
        event_id         text  NOT NULL,
        salt             bytea NOT NULL CHECK (octet_length(salt) = 16),
        body             jsonb NOT NULL,
        PRIMARY KEY (organisation_id, event_id)
      )`);
    await db.query(`GRANT SELECT, INSERT, DELETE ON kept_apart TO daodi_service`);
    await db.query(`
      CREATE FUNCTION kept_apart_erased() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        DELETE FROM kept_apart k USING entry e
         WHERE e.position = OLD.position AND NOT e.declaration AND k.organisation_id = e.organisation_id AND k.event_id = e.event_id;
        RETURN NULL;
      END $$`);
    await db.query(`CREATE TRIGGER kept_apart_erased AFTER DELETE ON entry_body FOR EACH ROW EXECUTE FUNCTION kept_apart_erased()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER kept_apart_erased ON entry_body');
    await db.query('DROP FUNCTION kept_apart_erased');
    await db.query('DROP TABLE kept_apart');
  }
}
