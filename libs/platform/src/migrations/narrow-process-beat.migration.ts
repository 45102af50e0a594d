import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A process says that it is there through two functions; no role that serves writes the table, least of all the public's door. */
export class NarrowProcessBeat1791000900000 implements MigrationInterface {
  name = 'NarrowProcessBeat1791000900000';

  async up(db: QueryRunner): Promise<void> {
    await db.query('REVOKE INSERT, UPDATE, DELETE ON process_beat FROM daodi_service, daodi_resolver');
    // Texts are cut, so that the function cannot be used to fill the disk or the operator's page.
    await db.query(`
      CREATE FUNCTION process_beat_say(beat uuid, beat_role text, beat_version text, beat_node text, gone_after interval) RETURNS void
      LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        INSERT INTO process_beat (id, role, version, node) VALUES (beat, left(beat_role, 20), left(beat_version, 40), left(beat_node, 40))
        ON CONFLICT (id) DO UPDATE SET beat_at = clock_timestamp();
        DELETE FROM process_beat WHERE beat_at < clock_timestamp() - greatest(gone_after, interval '1 minute');
      $$`);
    await db.query(`
      CREATE FUNCTION process_beat_end(beat uuid) RETURNS void
      LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        DELETE FROM process_beat WHERE id = beat
      $$`);
    await db.query('REVOKE ALL ON FUNCTION process_beat_say, process_beat_end FROM PUBLIC');
    await db.query('GRANT EXECUTE ON FUNCTION process_beat_say, process_beat_end TO daodi_service, daodi_resolver');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP FUNCTION process_beat_say, process_beat_end');
    await db.query('GRANT INSERT, UPDATE, DELETE ON process_beat TO daodi_service, daodi_resolver');
  }
}
