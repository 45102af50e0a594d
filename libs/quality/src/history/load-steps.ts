import { isPickingGrade, PICKING_GRADES } from '@daodi/herbal';
import { isoTime } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import { groupBy } from './group-by';
import { dryingPart, WEIGHED, type WeighedRow } from './load-weights';
import { shareKey, type StepFacts, type StepPart } from '../rules/facts';

type Db = Pick<EntityManager, 'query'>;

interface PartRow extends WeighedRow {
  readonly hub: string;
  readonly position: string;
  readonly eventId: string;
  readonly role: 'input' | 'output';
  readonly org: string;
  readonly node: string;
  readonly identifier: string;
  readonly eventTime: string;
  readonly herb: string | null;
  readonly productHerbs: string[] | null;
  readonly mg: string | null;
  readonly isLot: boolean;
  readonly held: boolean;
  readonly step: string | null;
  readonly lost: string | null;
  readonly added: string | null;
  grade: string | null;
  readonly form: string | null;
  readonly outputRole: string | null;
  readonly isBare: boolean;
}

/** The transformations by which each organisation made these nodes, with all their parts, by share. */
export async function loadSteps(db: Db, nodes: readonly string[]): Promise<Map<string, StepFacts[]>> {
  const rows: PartRow[] = await db.query(
    `SELECT l.hub, l.position, l.event_id AS "eventId", l.role, l.org, l.node, l.identifier, ${isoTime('l.event_time')} AS "eventTime",
            COALESCE(y.body, r.body) ->> 'daodi:step' AS step, b.herb, p.herbs AS "productHerbs", l.kind = 'class' AS "isLot", l.held, x.lost, x.added,
            b.grade, b.attributes ->> 'form' AS form, b.attributes ->> 'role' AS "outputRole", ${WEIGHED},
            NOT COALESCE(y.body, r.body, '{"daodi:step": ""}') ?| ARRAY['daodi:step', 'daodi:losses'] AS "isBare",
            CASE l.unit WHEN 'mg' THEN l.amount WHEN 'pcs' THEN l.amount * b.net_content_mg END AS mg
       FROM line l
       LEFT JOIN batch b ON b.identifier = l.identifier LEFT JOIN product p ON p.id = b.product_id
       LEFT JOIN weighed w ON w.position = l.position AND w.ordinal = l.ordinal AND l.path = ''
       LEFT JOIN step_loss x ON x.position = l.position
       LEFT JOIN entry_body y ON y.position = l.position LEFT JOIN entry_residue r ON r.position = l.position
      WHERE l.hub IN (SELECT hub FROM line WHERE node = ANY($1::uuid[]) AND role = 'output' AND NOT void AND held)
        AND l.role IN ('input', 'output') AND NOT l.void AND l.node IS NOT NULL
      ORDER BY l.hub, l.event_id, l.ordinal`,
    [nodes],
  );
  const said = await statedNames(db, rows.filter(({ herb }) => herb === null).map(({ identifier }) => identifier));
  const herbs = new Map([...said].flatMap(([identifier, { herb }]) => (herb === null ? [] : [[identifier, herb] as const])));
  for (const row of rows) row.grade ??= said.get(row.identifier)?.grade ?? null;
  const behind = await herbsBehind(db, rows.filter(({ role, herb, identifier }) => role === 'input' && herb === null && !herbs.has(identifier)).map(({ node }) => node));
  const isPicked = ({ herb, identifier, grade }: PartRow): boolean => isPickingGrade(herb ?? herbs.get(identifier), grade ?? undefined);
  const graded = new Set(rows.filter((row) => row.role === 'output' && isPicked(row)).map(({ hub }) => hub));
  const picked = await gradesBehind(db, rows.filter((row) => row.role === 'input' && row.isLot && graded.has(row.hub) && !isPicked(row)).map(({ node }) => node));
  const stays = await auxiliariesOf(db, rows.filter(({ added }) => added !== null && added !== '0').map(({ position }) => position));
  const wanted = new Set(nodes);
  const steps = new Map<string, StepFacts[]>();
  for (const [hub, parts] of groupBy(rows, (row) => row.hub)) {
    const step = stepOf(hub, parts, herbs, { herbs: behind, grades: picked }, stays);
    const made = new Set(parts.filter((part) => part.role === 'output' && wanted.has(part.node)).map((part) => shareKey(part.node, part.org)));
    for (const key of made) steps.set(key, [...(steps.get(key) ?? []), step]);
  }
  return steps;
}

function stepOf(hub: string, rows: readonly PartRow[], herbs: ReadonlyMap<string, string>, behind: { readonly herbs: ReadonlyMap<string, readonly string[]>; readonly grades: ReadonlyMap<string, readonly string[]> }, stays: ReadonlyMap<string, NonNullable<StepFacts['stays']>>): StepFacts {
  // Losses and additions stand once for each event, however many lines it has.
  const events = new Map(rows.map((row) => [row.position, row]));
  const total = (of: (row: PartRow) => string | null): bigint => [...events.values()].reduce((sum, row) => sum + BigInt(of(row) ?? '0'), 0n);
  const parts = (role: PartRow['role']): StepPart[] => rows.filter((row) => row.role === role).map((row) => ({
    node: row.node,
    eventTime: row.eventTime,
    herb: row.herb ?? herbs.get(row.identifier),
    productHerbs: row.productHerbs ?? undefined,
    ...(role === 'input' && behind.herbs.has(row.node) && { herbsBehind: behind.herbs.get(row.node) }),
    ...(role === 'input' && behind.grades.has(row.node) && { gradesBehind: behind.grades.get(row.node) }),
    mg: row.mg === null ? undefined : BigInt(row.mg),
    isLot: row.isLot,
    held: row.held,
    grade: row.grade ?? undefined,
    form: row.form ?? undefined,
    outputRole: row.outputRole ?? undefined,
    weighed: dryingPart(row),
    scaleMg: row.scale === null ? undefined : BigInt(row.scale),
  }));
  const word = rows.map(({ step }) => step).find((step) => step !== null);
  return {
    hub,
    ...(word != null && { step: word }),
    eventIds: [...new Set(rows.map(({ eventId }) => eventId))].sort(),
    firstPosition: [...events.keys()].map(BigInt).reduce((min, p) => (p < min ? p : min)),
    inputs: parts('input'),
    outputs: parts('output'),
    ...(stays.size > 0 && { stays: [...events.keys()].sort().flatMap((position) => stays.get(position) ?? []) }),
    lostMg: total(({ lost }) => lost),
    addedMg: total(({ added }) => added),
    ...(rows.every(({ isBare }) => isBare) && { isToldBare: true }),
  };
}

/** What events say was added and stays, by name; of an erased event the names are gone. */
async function auxiliariesOf(db: Db, positions: readonly string[]): Promise<Map<string, NonNullable<StepFacts['stays']>>> {
  if (positions.length === 0) return new Map();
  const rows: { position: string; auxiliaries: { name?: string; stays?: boolean; quantity?: unknown; uom?: unknown }[] }[] = await db.query(
    `SELECT position, body -> 'daodi:auxiliaries' AS auxiliaries FROM entry_body WHERE position = ANY($1::bigint[]) AND jsonb_typeof(body -> 'daodi:auxiliaries') = 'array'`, [[...new Set(positions)]]);
  return new Map(rows.map(({ position, auxiliaries }) => [position, auxiliaries.flatMap(({ name, stays, quantity, uom }) => (stays === true && typeof name === 'string' ? [{ name, quantity, uom }] : []))]));
}

/**
 * The herbs of what these nodes, of which nobody stated one, were made of: back through held steps to the first on each way
 * of which a herb is stated. A level a round; nearly always there is nothing to ask.
 */
async function herbsBehind(db: Db, nodes: readonly string[]): Promise<Map<string, readonly string[]>> {
  const found = new Map<string, Set<string>>();
  const seen = new Set(nodes.map((node) => `${node} ${node}`));
  let frontier = [...new Set(nodes)].map((node) => ({ seed: node, node }));
  while (frontier.length > 0) {
    const rows: { seed: string; node: string; identifier: string; herb: string | null }[] = await db.query(
      `SELECT DISTINCT f.seed, i.node, i.identifier, b.herb FROM unnest($1::uuid[], $2::uuid[]) AS f(seed, node)
         JOIN line o ON o.node = f.node AND o.role = 'output' AND o.held AND NOT o.void
         JOIN line i ON i.hub = o.hub AND i.role = 'input' AND i.held AND NOT i.void AND i.node IS NOT NULL
         LEFT JOIN batch b ON b.identifier = i.identifier`,
      [frontier.map(({ seed }) => seed), frontier.map(({ node }) => node)],
    );
    const stated = await statedNames(db, rows.filter(({ herb }) => herb === null).map(({ identifier }) => identifier));
    frontier = [];
    for (const { seed, node, identifier, herb } of rows) {
      const known = herb ?? stated.get(identifier)?.herb ?? undefined;
      if (known !== undefined) found.set(seed, (found.get(seed) ?? new Set()).add(known));
      else if (!seen.has(`${seed} ${node}`)) frontier.push({ seed, node });
      seen.add(`${seed} ${node}`);
    }
  }
  return new Map([...found].map(([seed, herbs]) => [seed, [...herbs].sort()]));
}

/**
 * The grades with which what went into these nodes was picked: back through held steps to the first on each way of which such a
 * grade is stated, so that no other name in between (统货, or none) hides it. Of a node that leads back to anything of which
 * none is, a crop among it, nothing is told.
 */
async function gradesBehind(db: Db, nodes: readonly string[]): Promise<Map<string, readonly string[]>> {
  const found = new Map<string, Set<string>>();
  const unknown = new Set<string>();
  const seen = new Set(nodes.map((node) => `${node} ${node}`));
  let frontier = [...new Set(nodes)].map((node) => ({ seed: node, node }));
  while (frontier.length > 0) {
    const rows: { seed: string; isRoot: boolean; node: string | null; identifier: string; herb: string | null; grade: string | null }[] = await db.query(
      `SELECT DISTINCT f.seed, i.node, i.identifier, b.herb, b.grade, i.node IS NULL OR i.kind <> 'class'
              OR EXISTS (SELECT FROM line r WHERE r.node = f.node AND r.role IN ('origin', 'take-in') AND r.held AND NOT r.void) AS "isRoot"
         FROM unnest($1::uuid[], $2::uuid[]) AS f(seed, node)
         LEFT JOIN line o ON o.node = f.node AND o.role = 'output' AND o.held AND NOT o.void
         LEFT JOIN line i ON i.hub = o.hub AND i.role = 'input' AND i.held AND NOT i.void
         LEFT JOIN batch b ON b.identifier = i.identifier`,
      [frontier.map(({ seed }) => seed), frontier.map(({ node }) => node)],
    );
    const stated = await statedNames(db, rows.filter(({ node, herb }) => node !== null && herb === null).map(({ identifier }) => identifier));
    frontier = [];
    for (const { seed, isRoot, node, identifier, herb, grade } of rows) {
      const known = { herb: herb ?? stated.get(identifier)?.herb ?? undefined, grade: grade ?? stated.get(identifier)?.grade ?? undefined };
      if (isRoot || node === null) unknown.add(seed);
      else if (isPickingGrade(known.herb, known.grade)) found.set(seed, (found.get(seed) ?? new Set()).add(known.grade as string));
      else if (!seen.has(`${seed} ${node}`)) frontier.push({ seed, node });
      seen.add(`${seed} ${node}`);
    }
    frontier = frontier.filter(({ seed }) => !unknown.has(seed));
  }
  return new Map([...found].filter(([seed]) => !unknown.has(seed)).map(([seed, grades]) => [seed, [...grades].sort()]));
}

/**
 * SQL over a batch `b` and the event `y` that made it: whether it may hide how what it was made of was picked, being of a herb
 * that is picked in grades and of none of these itself. Read by whoever asks what a change may bear on.
 */
export const HIDES_PICKING = `(${Object.entries(PICKING_GRADES).map(([herb, grades]) =>
  `COALESCE(b.herb, y.body #>> '{ilmd,daodi:herb}') = '${herb}' AND COALESCE(b.attributes ->> 'grade', y.body #>> '{ilmd,daodi:grade}', '') NOT IN (${grades.map((grade) => `'${grade}'`).join(', ')})`).join(' OR ')})`;

/** Herb and grade of what others' systems made: as the events that made it say (`daodi:herb`, `daodi:grade`), each where all agree. */
async function statedNames(db: Db, identifiers: readonly string[]): Promise<Map<string, { readonly herb: string | null; readonly grade: string | null }>> {
  if (identifiers.length === 0) return new Map();
  const rows: { identifier: string; herb: string | null; grade: string | null }[] = await db.query(
    `WITH said AS (
       SELECT l.identifier, COALESCE(b.body, r.body) #>> '{ilmd,daodi:herb}' AS herb, COALESCE(b.body, r.body) #>> '{ilmd,daodi:grade}' AS grade
         FROM line l LEFT JOIN entry_body b USING (position) LEFT JOIN entry_residue r USING (position)
        WHERE l.identifier = ANY($1::uuid[]) AND l.role IN ('origin', 'output') AND l.held AND NOT l.void AND l.path = ''
     ) SELECT identifier, CASE WHEN count(DISTINCT herb) = 1 THEN min(herb) END AS herb, CASE WHEN count(DISTINCT grade) = 1 THEN min(grade) END AS grade
         FROM said GROUP BY identifier`,
    [[...new Set(identifiers)]],
  );
  return new Map(rows.map(({ identifier, herb, grade }) => [identifier, { herb, grade }]));
}
