import type { EntityManager } from 'typeorm';
import { countedReports } from '../reports/counted-reports';
import { sectionOf } from './gap-file';

type Db = Pick<EntityManager, 'query'>;
type Row = Readonly<Record<string, unknown>>;

/**
 * Everything an organisation has on record about a base, a herb and a season, by sections of the inspection guide: its own
 * records and events, and the reports that count for it. Nobody else's are in it.
 */
export async function loadGapRecords(db: Db, organisation: string, { base, herb, year }: { readonly base: string; readonly herb: string; readonly year: number }): Promise<Record<string, unknown[]>> {
  const land: { id: string; state: Row }[] = await db.query('SELECT id, state FROM land WHERE organisation_id = $1 AND (id = $2 OR base_id = $2) ORDER BY since_position', [organisation, base]);
  const plots = land.map(({ id }) => id);
  const about = (table: string, where: string, ...parameters: unknown[]): Promise<Row[]> =>
    db.query(`SELECT id, state FROM ${table} WHERE organisation_id = $1 AND ${where} ORDER BY since_position`, [organisation, ...parameters]);
  const goods = await goodsOf(db, organisation, plots, herb, year);
  const events = await eventsOf(db, organisation, goods);
  const bySection = (code: string): unknown[] => events.filter((event) => sectionOf(event) === code);
  const gap = (kind: string): Promise<Row[]> => about('gap_record', `kind = $2 AND (state ->> 'herb' IS NULL OR state ->> 'herb' = $3)`, kind, herb);
  const inputs = (kind: string): Promise<Row[]> => about('input_record', 'kind = $2', kind);
  const nodes: { id: string }[] = await db.query('SELECT id FROM node WHERE identifier = ANY($1::uuid[])', [goods]);
  const reports = (await countedReports(db, nodes.map(({ id }) => id))).filter((report) => report.organisation === organisation);
  return {
    land: [...land, ...(await about('land_contract', 'land && $2::uuid[]', plots)), ...(await about('rotation_plan', 'base_id = $2', base))],
    environment: await about('gap_record', `kind = 'environment-test' AND state -> 'land' ?| $2::text[]`, plots),
    propagules: [...(await db.query(`SELECT code, attributes AS state FROM batch WHERE identifier = ANY($1::uuid[]) AND kind = 'crop'`, [goods])), ...bySection('propagules')],
    inputs: [...(await inputs('input-product')), ...(await about('input_stock', 'true')), ...(await inputs('input-allowance')), ...events.filter((event) => Array.isArray(event['daodi:inputsUsed']))],
    'field-work': bySection('field-work'),
    harvest: [...bySection('harvest'), ...(await about('opening_notice', 'herb = $2', herb))],
    processing: bySection('processing'),
    packing: bySection('packing'),
    storage: bySection('storage'),
    transport: bySection('transport'),
    testing: [...bySection('testing'), ...new Map(reports.map(({ id, state }) => [id, { id, state }])).values()],
    release: [...(await about('release_decision', 'identifier = ANY($2::uuid[])', goods)), ...(await about('quality_hold', 'identifier = ANY($2::uuid[])', goods))],
    documents: [...(await inputs('sop')), ...(await gap('unified-season')), ...(await about('certificate', 'true'))],
    changes: [...(await about('disaster', 'land && $2::uuid[]', plots)), ...(await gap('supplier-audit')), ...(await gap('gap-evaluation')), ...(await gap('extended-inspection')), ...events.filter((event) => event['errorDeclaration'] !== undefined)],
  };
}

/** Crops on this land, what was harvested from them that year, and what the organisation made of it. */
async function goodsOf(db: Db, organisation: string, plots: readonly string[], herb: string, year: number): Promise<string[]> {
  const rows: { identifier: string }[] = await db.query(
    `WITH RECURSIVE crop AS (
       SELECT identifier FROM batch WHERE organisation_id = $1 AND kind = 'crop' AND herb = $3 AND lower((attributes -> 'plots')::text)::jsonb ?| $2::text[]
     ), down(identifier) AS (
       SELECT DISTINCT o.identifier FROM crop c JOIN line i ON i.identifier = c.identifier AND i.role = 'input' AND i.org = $1 AND NOT i.void
         JOIN line o ON o.hub = i.hub AND o.role = 'output' AND o.org = $1 AND NOT o.void
        WHERE date_part('year', o.event_time AT TIME ZONE 'UTC' + interval '8 hours') = $4
       UNION SELECT o.identifier FROM down d JOIN line i ON i.identifier = d.identifier AND i.role = 'input' AND i.org = $1 AND NOT i.void
         JOIN line o ON o.hub = i.hub AND o.role = 'output' AND o.org = $1 AND NOT o.void)
     SELECT identifier FROM crop UNION SELECT identifier FROM down`,
    [organisation, plots, herb, year],
  );
  return rows.map(({ identifier }) => identifier);
}

async function eventsOf(db: Db, organisation: string, goods: readonly string[]): Promise<Row[]> {
  const rows: { body: Row }[] = await db.query(
    `SELECT y.body FROM entry e JOIN entry_body y USING (position)
      WHERE e.kind = 'event' AND e.position IN (SELECT l.position FROM line l WHERE l.identifier = ANY($1::uuid[]) AND l.org = $2) ORDER BY e.event_time, e.position`,
    [goods, organisation],
  );
  return rows.map(({ body }) => Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'daodi:typed')));
}
