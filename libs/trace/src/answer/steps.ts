import type { EntityManager } from 'typeorm';
import { type Balance, balanceOf, type Losses, type Sums, sumsOf, sumsWithPieces } from './balance';
import { type DryMatter, dryMatterOf, type MeasuredLines, measuredLines } from './dry-matter';
import type { Genealogy, TieEvent } from './genealogy';
import type { Sights } from './sights';
import type { WalkedEdge } from './walk';

/** A transformation in a trace, with its balance where every line of it is in one dimension and measured. */
export interface TraceStep extends Balance {
  readonly eventID: string;
  readonly bizStep?: string;
  readonly eventTime: string;
  /** 补录: written down more than a day after it happened, or imported. The same measure as the public page's. */
  readonly writtenLater?: true;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** The same balance on dry matter, where moisture was stated on both sides, or contradicts what came out. */
  readonly dryMatter?: DryMatter;
}

/** What is told of transformations beside their lines, by position. */
export type Told = ReadonlyMap<string, Losses & { readonly bizStep?: string; readonly isLate: boolean }>;

type Db = Pick<EntityManager, 'query'>;

/** Reads what is told of the events of genealogies beside their lines; of erased events what the erasure kept. */
export async function toldOf(db: Db, genealogies: readonly Genealogy[]): Promise<Told> {
  const positions = [...new Set(genealogies.flatMap((genealogy) => [...genealogy.positions()]))];
  if (positions.length === 0) return new Map();
  const rows: { position: string; bizStep: string | null; lost: string | null; added: string | null; isLate: boolean }[] = await db.query(
    // Looked up one by one (OFFSET 0): a planner that thinks little of the log's size would read all of it instead.
    `SELECT p.position, COALESCE(b.body, r.body) ->> 'bizStep' AS "bizStep", s.lost, s.added,
            e.provenance = 'import' OR e.captured_time - e.event_time > interval '1 day' AS "isLate"
       FROM unnest($1::bigint[]) AS p(position)
      CROSS JOIN LATERAL (SELECT e.* FROM entry e WHERE e.position = p.position OFFSET 0) e
       LEFT JOIN LATERAL (SELECT b.body FROM entry_body b WHERE b.position = p.position OFFSET 0) b ON true
       LEFT JOIN LATERAL (SELECT r.body FROM entry_residue r WHERE b.body IS NULL AND r.position = p.position OFFSET 0) r ON true
       LEFT JOIN LATERAL (SELECT s.lost, s.added FROM step_loss s WHERE s.position = p.position OFFSET 0) s ON true`,
    [positions],
  );
  return new Map(rows.map(({ position, bizStep, lost, added, isLate }) => [position, { isLate, bizStep: bizStep ?? undefined, lost: lost === null ? 0n : BigInt(lost), added: added === null ? 0n : BigInt(added) }]));
}

/** A transformation, as an event tells it, with what of it is in the trace. */
interface Step {
  readonly event: TieEvent;
  readonly inputs: Set<string>;
  readonly outputs: Set<string>;
}

/** Who asks, and what is known already. */
export interface Asking {
  readonly db: Db;
  readonly asker: string;
  readonly sights: Sights;
  /** Nodes of the trace the asker may read. */
  readonly visible: ReadonlySet<string>;
  readonly told: Told;
  readonly name: (node: string) => string;
}

/**
 * The transformations behind the edges of a trace, in the order in which they happened. Inputs and outputs are those
 * in the trace; the balance is of all lines of the transformation, including those not in the trace.
 */
export async function stepsOf(asking: Asking, edges: readonly WalkedEdge[]): Promise<TraceStep[]> {
  const { told, name } = asking;
  const steps = new Map<string, Step>();
  for (const { kind, event, from, to } of edges) {
    if (kind !== 'transformation') continue;
    let step = steps.get(event.position);
    if (step === undefined) steps.set(event.position, (step = { event, inputs: new Set(), outputs: new Set() }));
    step.inputs.add(name(from));
    step.outputs.add(name(to));
  }
  const ordered = [...steps.values()].sort(({ event: a }, { event: b }) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.eventId < b.eventId ? -1 : 1));
  const balances = await balancesOf(asking, ordered);
  return ordered.map(({ event, inputs, outputs }, i) => ({
    eventID: event.eventId,
    bizStep: told.get(event.position)?.bizStep,
    eventTime: event.time,
    writtenLater: told.get(event.position)?.isLate || undefined,
    inputs: [...inputs].sort(),
    outputs: [...outputs].sort(),
    ...balances[i],
  }));
}

/**
 * Mass in and out of each transformation, all events that tell it together. Where the asker may not read a part of it,
 * the sums would tell that part: who may read all that went in (it had something that came out) is told whether it
 * adds up; anybody else is told nothing.
 */
async function balancesOf({ db, asker, sights, visible, told }: Asking, steps: readonly Step[]): Promise<(Balance & Pick<TraceStep, 'dryMatter'>)[]> {
  const measured: MeasuredLines = await measuredLines(db, [...positionsOf(steps)]);
  const sums = new Map<string, Sums | undefined>(steps.map(({ event }) => [hubOf(event), sumsOf(event.ties)]));
  const withPieces = await sumsWithPieces(db, [...sums].filter(([, sum]) => sum === undefined).map(([hub]) => hub));
  const others = steps.filter(({ event }) => event.org !== asker);
  const unseen = new Set(others.flatMap(({ event }) => [...nodesOf(event, 'input'), ...nodesOf(event, 'output')].filter((node) => !visible.has(node))));
  const readable = await sights.readable(unseen);
  const mayRead = (node: string): boolean => visible.has(node) || readable.has(node);
  return steps.map(({ event }) => {
    const isOwn = event.org === asker;
    if (!isOwn && !nodesOf(event, 'input').every(mayRead)) return { undetermined: 'withheld' };
    const losses = lossesOf(event, told);
    const whole = balanceOf(sums.get(hubOf(event)) ?? (withPieces.get(hubOf(event)) as Sums), losses);
    if (isOwn || nodesOf(event, 'output').every(mayRead)) return { ...whole, dryMatter: dryMatterOf(event.ties, measured, losses.added) };
    const { unexplained, uom, undetermined } = whole;
    return { ...(unexplained !== undefined && { unexplained, uom }), ...(undetermined !== undefined && { undetermined }), withheld: true };
  });
}

function positionsOf(steps: readonly Step[]): Set<string> {
  const positions = new Set<string>();
  for (const { event } of steps) for (const tie of event.ties) positions.add(tie.event.position);
  return positions;
}

const hubOf = ({ hub }: TieEvent): string => hub as string;
const nodesOf = ({ ties }: TieEvent, role: string): string[] => ties.filter((tie) => tie.role === role).map(({ thing }) => thing.node);

/** Losses and additions stand once for each event, however many lines it has. */
function lossesOf({ ties }: TieEvent, told: Told): Losses {
  const [first] = ties;
  const events = ties.every(({ event }) => event === first?.event) ? ties.slice(0, 1).map(({ event }) => event) : new Set(ties.map(({ event }) => event));
  let [lost, added] = [0n, 0n];
  for (const { position } of events) {
    const beside = told.get(position);
    if (beside === undefined) continue;
    lost += beside.lost;
    added += beside.added;
  }
  return { lost, added };
}
