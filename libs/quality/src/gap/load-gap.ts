import { type GapEvaluation, type GapOrigin, type GapQuestion, unifiedState, type UnifiedTick } from '@daodi/herbal';
import type { EntityManager } from 'typeorm';
import { judgeHistory } from '../history/judged-history';
import { missingResidues } from '../rules/residues';

type Db = Pick<EntityManager, 'query'>;
type State = Readonly<Record<string, any>>; // states are read as they were put down

interface GapRow {
  readonly id: string;
  readonly organisation: string;
  readonly kind: string;
  readonly state: State;
}

/** What is asked before 药材符合GAP要求 is printed on a batch by an organisation that has it: its own evaluations count, no other's. */
export async function loadGapQuestion(db: Db, node: string, organisation: string): Promise<GapQuestion> {
  const history = await judgeHistory(db, node, organisation);
  const harvests = history.shares.flatMap((share) => (share.harvests ?? []).map((harvest) => ({ share, harvest })));
  const herbs = await herbsOf(db, [...new Set([node, ...harvests.map(({ share }) => share.node)])]);
  const land = await basesOf(db, [...new Set(harvests.flatMap(({ harvest }) => harvest.plots.map(({ id }) => id)))]);
  const producers = [...new Set(harvests.map(({ share }) => share.organisation))];
  const records = await recordsOf(db, organisation, producers);
  const codes = await codesOf(db, producers);
  const places = new Map<string, Omit<GapOrigin, 'evaluations' | 'unifiedMissing' | 'inspections'> & { readonly producer: string }>();
  for (const { share, harvest } of harvests) {
    const herb = herbs.get(share.node)?.[0];
    const year = Number(harvest.day.slice(0, 4));
    const bases = harvest.plots.length === 0 ? [undefined] : [...new Set(harvest.plots.map(({ id }) => land.get(id)))];
    for (const base of bases) {
      places.set([share.organisation, herb ?? '', year, base ?? ''].join(' '), { producer: share.organisation, organisation: codes.get(share.organisation) ?? share.organisation, year, ...(herb !== undefined && { herb }), ...(base !== undefined && { base }) });
    }
  }
  return {
    herbs: herbs.get(node) ?? [],
    origins: [...places.keys()].sort().map((key) => originOf(places.get(key) as never, records, organisation)),
    unproven: [...new Set(history.unproven.map(({ reason }) => reason))].sort(),
    fromOutside: history.shares.reduce((sum, { intakes = [] }) => sum + intakes.length, 0),
    blocking: [...new Set([...history.findings.filter(({ severity }) => severity === 'blocking').map(({ rule }) => rule), ...(missingResidues(history.shares, node).length > 0 ? ['residue-test-missing'] : [])])].sort(),
  };
}

function originOf({ producer, ...place }: Omit<GapOrigin, 'evaluations' | 'unifiedMissing' | 'inspections'> & { readonly producer: string }, records: readonly GapRow[], asker: string): GapOrigin {
  const isHere = ({ state }: GapRow): boolean => state['baseId'] === place.base && state['herb'] === place.herb && ((state['years'] ?? [String(state['year'])]) as string[]).includes(String(place.year));
  const here = place.base === undefined || place.herb === undefined ? [] : records.filter(isHere);
  const audits = new Map(records.filter(({ kind, organisation }) => kind === 'supplier-audit' && organisation === asker).map(({ id, state }) => [id, state]));
  const unified = here.filter(({ kind, organisation, state }) => kind === 'unified-season' && organisation === producer && state['scheme'] === 'six');
  return {
    ...place,
    evaluations: here.filter(({ kind, organisation, state }) => kind === 'gap-evaluation' && organisation === asker && state['supplierId'] === producer).map(({ state }): GapEvaluation => {
      const audit = audits.get(state['audit']);
      return { conclusion: state['conclusion'], on: state['on'], ...(audit !== undefined && audit['supplierId'] === producer && { audit: auditOf(audit) }) };
    }),
    ...(unified.length > 0 && { unifiedMissing: unifiedState('six', unified.flatMap(({ state }) => state['ticks'] as UnifiedTick[])).missing }),
    inspections: here.filter(({ kind, state }) => kind === 'extended-inspection' && state['supplierId'] === producer).map(({ state }) => ({ result: state['result'], on: state['on'] })),
  };
}

const auditOf = (audit: State): NonNullable<GapEvaluation['audit']> => ({
  isDone: audit['auditedOn'] !== undefined,
  open: ((audit['findings'] ?? []) as { severity: string; correctedOn?: string }[]).filter(({ correctedOn }) => correctedOn === undefined).map(({ severity }) => severity),
});

/** The asker's own, the producers’ own, and inspections of supervisors: what a competitor puts down counts for nobody else. */
async function recordsOf(db: Db, asker: string, producers: readonly string[]): Promise<GapRow[]> {
  return db.query(
    `SELECT g.id, g.organisation_id AS organisation, g.kind, g.state FROM gap_record g JOIN organisation o ON o.id = g.organisation_id
      WHERE g.status = 'active' AND ((g.organisation_id = $1 AND g.kind IN ('gap-evaluation', 'supplier-audit', 'extended-inspection'))
         OR (g.organisation_id = ANY($2::uuid[]) AND (g.kind = 'unified-season' OR (g.kind = 'extended-inspection' AND g.state ->> 'supplierId' = g.organisation_id::text)))
         OR (o.type = 'supervisor' AND g.kind = 'extended-inspection'))
      ORDER BY g.since_position`,
    [asker, producers],
  );
}

/** Herbs of nodes: of a product all that are in it. */
async function herbsOf(db: Db, nodes: readonly string[]): Promise<Map<string, string[]>> {
  const rows: { id: string; herbs: string[] | null }[] = await db.query(
    `SELECT n.id, CASE WHEN p.herbs IS NOT NULL THEN p.herbs WHEN b.herb IS NOT NULL THEN ARRAY[b.herb] END AS herbs
       FROM node n JOIN batch b ON b.identifier = n.identifier LEFT JOIN product p ON p.id = b.product_id WHERE n.id = ANY($1::uuid[])`,
    [nodes],
  );
  return new Map(rows.map(({ id, herbs }) => [id, herbs ?? []]));
}

async function basesOf(db: Db, land: readonly string[]): Promise<Map<string, string | undefined>> {
  const rows: { id: string; base: string | null }[] = await db.query('SELECT id, base_id AS base FROM land WHERE id = ANY($1::uuid[])', [land]);
  return new Map(rows.map(({ id, base }) => [id, base ?? undefined]));
}

async function codesOf(db: Db, organisations: readonly string[]): Promise<Map<string, string>> {
  const rows: { id: string; code: string }[] = await db.query('SELECT id, code FROM organisation WHERE id = ANY($1::uuid[])', [organisations]);
  return new Map(rows.map(({ id, code }) => [id, code]));
}
