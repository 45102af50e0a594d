import type { Client } from 'pg';
import { tagOf } from './season-block';

/**
 * Copies a block of ordinary business, as the product itself wrote it, into later positions of the log: every row of
 * every table, with the block's tag replaced and every key worked out anew from the new names. What comes out is what
 * the product would have written had it heard these events (a test makes all projections anew and compares), except
 * that digests and salts of the entries stay those of the original. Many times as fast as saying it all.
 */
export class BlockCloner {
  private next: number = 1;

  /**
   * @param client as the owner: services may not write to the log
   * @param first position of block 0, and how many entries it has; they lie together
   */
  constructor(
    private readonly client: Client,
    private readonly first: number,
    private readonly size: number,
  ) {}

  async prepare(): Promise<void> {
    await this.client.query(`
      CREATE FUNCTION pg_temp.id_of(VARIADIC parts text[]) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
        SELECT encode(substring(sha256(decode(string_agg(encode(convert_to(p, 'UTF8'), 'hex'), '00' ORDER BY n), 'hex')) FROM 1 FOR 16), 'hex')::uuid
          FROM unnest(parts) WITH ORDINALITY AS u(p, n) $$`);
    await this.client.query(`SET synchronous_commit = off`);
    await this.client.query(`SET jit = off`);
    await this.client.query(`SET work_mem = '64MB'`);
    for (const table of ['block_entry', 'block_body', 'block_line', 'block_index', 'block_term', 'block_loss']) {
      const source = { block_entry: 'entry', block_body: 'entry_body', block_line: 'line', block_index: 'event_index', block_term: 'event_term', block_loss: 'step_loss' }[table];
      await this.client.query(`CREATE TEMP TABLE ${table} AS SELECT * FROM ${source} WHERE position >= ${this.first} AND position < ${this.first + this.size}`);
    }
    await this.client.query(`CREATE TEMP TABLE block_identifier AS SELECT i.* FROM identifier i WHERE id IN (SELECT identifier FROM block_line)`);
    await this.client.query(`CREATE TEMP TABLE block_node AS SELECT n.* FROM node n WHERE identifier IN (SELECT id FROM block_identifier)`);
    for (const table of ['holding', 'reader_direct', 'reader_history']) {
      await this.client.query(`CREATE TEMP TABLE block_${table} AS SELECT t.* FROM ${table} t WHERE node IN (SELECT id FROM block_node)`);
    }
    const [{ found }] = (await this.client.query(`SELECT count(*)::int AS found FROM finding WHERE node IN (SELECT id FROM block_node)`)).rows;
    if (found > 0) throw new Error('ordinary business has findings, which are not copied');
    // Terms that name a lot are worked out anew; all others are alike in every block.
    await this.client.query(`
      CREATE TEMP TABLE block_lot_term AS
        SELECT DISTINCT l.position, CASE l.role WHEN 'input' THEN 'inputEPCClass' WHEN 'output' THEN 'outputEPCClass' ELSE 'epcClass' END AS field, i.canonical
          FROM block_line l JOIN block_identifier i ON i.id = l.identifier`);
    await this.client.query(`DELETE FROM block_term t USING block_lot_term l WHERE t.position = l.position AND t.term = pg_temp.id_of(l.field, l.canonical)`);
  }

  /** Copies as many more blocks to the end of the log. */
  async copy(blocks: number): Promise<void> {
    if (blocks <= 0) return;
    const db = this.client;
    const [from, to] = [this.next, this.next + blocks - 1];
    this.next += blocks;
    await db.query('BEGIN');
    const head = Number((await db.query('SELECT size FROM log_head FOR UPDATE')).rows[0].size);
    const shift = `(${head} + (k - ${from}) * ${this.size} - ${this.first})`;
    const tag = (expression: string): string => `replace(${expression}, '${tagOf(0)}', 'K' || lpad(k::text, 5, '0'))`;
    const each = `generate_series(${from}, ${to}) AS g(k)`;
    await db.query(`CREATE TEMP TABLE lot ON COMMIT DROP AS
      SELECT k, s.identifier, s.node, c.canonical, c.id AS identifier_id, pg_temp.id_of('node', c.id::text, '') AS node_id FROM (
        SELECT k, i.id AS identifier, n.id AS node, ${tag('i.canonical')} AS canonical FROM block_identifier i JOIN block_node n ON n.identifier = i.id CROSS JOIN ${each}) s
        CROSS JOIN LATERAL (SELECT s.canonical, pg_temp.id_of('identifier', s.canonical) AS id) c`);
    await db.query(`CREATE TEMP TABLE said ON COMMIT DROP AS
      SELECT k, position, event_id, pg_temp.id_of('tie', org, event_id) AS tie, pg_temp.id_of('hub', org, event_id) AS hub FROM (
        SELECT k, e.position, e.organisation_id::text AS org, ${tag('e.event_id')} AS event_id FROM block_entry e CROSS JOIN ${each}) s`);
    await db.query('CREATE INDEX ON lot (k, identifier)');
    await db.query('CREATE INDEX ON said (k, position)');
    await db.query('ANALYZE lot, said');
    await db.query(`INSERT INTO entry
      SELECT e.position + ${shift}, e.kind, e.type, e.organisation_id, e.actor_kind, e.actor_id, e.on_behalf_of, e.provenance, gen_random_uuid(), s.event_id, e.declaration,
             e.event_time, e.event_offset, e.captured_time, e.device_id, e.device_counter, e.record_time, e.digest
        FROM block_entry e JOIN said s USING (position) ORDER BY 1`);
    await db.query(`INSERT INTO entry_body SELECT b.position + ${shift}, b.salt, b.context, ${tag('b.body::text')}::jsonb FROM block_body b CROSS JOIN ${each} ORDER BY 1`);
    await db.query(`INSERT INTO event_index
      SELECT e.position + ${shift}, e.organisation_id, s.event_id, e.type, e.action, e.event_time, e.record_time, e.declaration FROM block_index e JOIN said s USING (position) ORDER BY 1`);
    await db.query(`INSERT INTO event_term
      SELECT term, position + ${shift} FROM block_term CROSS JOIN ${each}
      UNION ALL SELECT pg_temp.id_of(field, ${tag('canonical')}), position + ${shift} FROM block_lot_term CROSS JOIN ${each}`);
    await db.query(`INSERT INTO step_loss SELECT position + ${shift}, lost, added FROM block_loss CROSS JOIN ${each}`);
    await db.query(`INSERT INTO identifier SELECT identifier_id, canonical FROM lot`);
    await db.query(`INSERT INTO line (position, ordinal, path, org, event_id, identifier, kind, role, hub, event_time, tie, amount, unit, unreadable, site, source_org, source_named, dest_org, spelled, void, until, node, held, moved)
      SELECT l.position + ${shift.replaceAll('(k ', '(s.k ')}, l.ordinal, l.path, l.org, s.event_id, lot.identifier_id, l.kind, l.role, CASE WHEN l.hub IS NOT NULL THEN s.hub END, l.event_time, s.tie, l.amount, l.unit,
             l.unreadable, l.site, l.source_org, l.source_named, l.dest_org, ${tag('l.spelled').replace('k::text', 's.k::text')}, l.void, l.until, lot.node_id, l.held, l.moved
        FROM block_line l JOIN said s USING (position) JOIN lot ON lot.k = s.k AND lot.identifier = l.identifier ORDER BY 1`);
    await db.query(`INSERT INTO node
      SELECT lot.node_id, lot.identifier_id, n.scope, n.owner, n.kind, n.unit, n.mixed, n.unmeasured, n.ambiguous, n.made, n.gained, n.consumed, n.sampled, n.sold, n.lost, n.held, n.owed, n.overdrawn
        FROM block_node n JOIN lot ON lot.node = n.id`);
    await db.query(`INSERT INTO holding SELECT lot.node_id, h.org, h.state, h.place, h.quantity, h.overdrawn, h.unit FROM block_holding h JOIN lot USING (node)`);
    for (const table of ['reader_direct', 'reader_history']) {
      await db.query(`INSERT INTO ${table} SELECT r.organisation_id, lot.node_id, r.since_position + ${shift} FROM block_${table} r JOIN lot USING (node)`);
    }
    await db.query(`UPDATE log_head SET size = size + ${blocks * this.size}`);
    await db.query('COMMIT');
  }
}
