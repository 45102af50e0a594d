import { releaseState } from '@daodi/quality';
import { identifierId, ownCanonical } from '@daodi/trace';
import type { DataSource } from 'typeorm';
import type { Firm } from './forms-bench';

/** A share of a batch, and how much of it is still there or was sold. */
export interface Share {
  readonly node: string;
  readonly organisation: string;
  readonly milligrams: bigint;
}

/** A share that is let go: all of it that is there or was sold, or so many milligrams of it. */
export interface Released {
  readonly node: string;
  readonly organisation: string;
  readonly part?: bigint;
}

/** More than can be, by what was harvested, taken in and found on top behind it. */
export interface Excess {
  readonly of: string;
  readonly milligrams: bigint;
  readonly came: bigint;
}

/** What went into a step, and what it made. */
interface MassStep {
  readonly hub: string;
  readonly into: bigint;
  readonly made: readonly string[];
}

/** What packs of the sequences hold each: 100 g. */
const PIECE_MG = 100_000n;

/**
 * What was let go against what could be: an account beside the product's own. Of it the product tells only which batches
 * were made of which, what is on hand or was sold, and what people found on top and booked as a gain; what came in is
 * added up from the forms themselves. It knows no rule.
 */
export class MassAccount {
  private constructor(
    private readonly shares: readonly Share[],
    private readonly came: ReadonlyMap<string, bigint>,
    private readonly madeOf: ReadonlyMap<string, readonly string[]>,
    private readonly steps: readonly MassStep[],
  ) {}

  /** @param came by batch code, in milligrams, as the forms that stand say */
  static async open(db: DataSource, firms: readonly Firm[], came: ReadonlyMap<string, bigint>): Promise<MassAccount> {
    const ids = firms.map(({ organisationId }) => organisationId);
    const nodes: { node: string; identifier: string; unit: string }[] = await db.query('SELECT id AS node, identifier, unit FROM node WHERE owner = ANY($1::uuid[])', [ids]);
    const unitOf = new Map(nodes.map(({ node, unit }) => [node, unit]));
    const mg = (node: string, amount: string): bigint => BigInt(amount) * (unitOf.get(node) === 'mg' ? 1n : PIECE_MG);
    const kept: { node: string; org: string; amount: string }[] = await db.query(
      `SELECT node, org, sum(amount)::text AS amount FROM (
         SELECT node, org, quantity AS amount FROM holding WHERE org = ANY($1::uuid[])
         UNION ALL SELECT node, org, CASE role WHEN 'sell' THEN moved ELSE -moved END FROM line WHERE org = ANY($1::uuid[]) AND role IN ('sell', 'return') AND held AND NOT void
       ) s GROUP BY 1, 2`,
      [ids],
    );
    const gained: { node: string; amount: string }[] = await db.query(
      `SELECT node, sum(amount)::text AS amount FROM line WHERE org = ANY($1::uuid[]) AND role = 'gain' AND held AND NOT void AND amount IS NOT NULL GROUP BY 1`, [ids]);
    const edges: { made: string; of: string }[] = await db.query(
      `SELECT DISTINCT o.node AS made, i.node AS of FROM line o JOIN line i ON i.hub = o.hub AND i.role = 'input' AND i.held AND NOT i.void
        WHERE o.org = ANY($1::uuid[]) AND o.role = 'output' AND o.held AND NOT o.void`,
      [ids],
    );
    const went: { hub: string; node: string; amount: string }[] = await db.query(
      `SELECT hub, node, sum(moved)::text AS amount FROM line WHERE org = ANY($1::uuid[]) AND role = 'input' AND held AND NOT void AND moved IS NOT NULL GROUP BY 1, 2`, [ids]);
    const made: { hub: string; nodes: string[] }[] = await db.query(
      `SELECT hub, array_agg(DISTINCT node::text) AS nodes FROM line l WHERE org = ANY($1::uuid[]) AND role = 'output' AND held AND NOT void
          AND NOT EXISTS (SELECT FROM line o WHERE o.node = l.node AND o.hub <> l.hub AND o.role = 'output' AND NOT o.void) GROUP BY 1`,
      [ids],
    );
    const steps = made.flatMap(({ hub, nodes: out }): MassStep[] => {
      const own = went.filter((row) => row.hub === hub);
      return own.length === 0 ? [] : [{ hub, made: out, into: own.reduce((sum, { node, amount }) => sum + mg(node, amount), 0n) }];
    });
    const byIdentifier = new Map(nodes.map(({ node, identifier }) => [identifier, node]));
    const sums = new Map<string, bigint>();
    const add = (node: string, amount: bigint): void => void sums.set(node, (sums.get(node) ?? 0n) + amount);
    for (const [code, amount] of came) {
      const node = byIdentifier.get(identifierId(ownCanonical(code)));
      if (node !== undefined) add(node, amount);
    }
    for (const { node, amount } of gained) add(node, mg(node, amount));
    const madeOf = new Map<string, string[]>();
    for (const { made, of } of edges) madeOf.set(made, [...(madeOf.get(made) ?? []), of]);
    return new MassAccount(kept.map(({ node, org, amount }) => ({ node, organisation: org, milligrams: mg(node, amount) })), sums, madeOf, steps);
  }

  /** Of these shares, whatever alone, in one hand, out of one step or all together is more than came in behind it. */
  excessOf(released: readonly Released[]): Excess[] {
    const parts = new Map(released.map(({ node, organisation, part }) => [`${node} ${organisation}`, part]));
    const counted = this.shares.filter(({ node, organisation }) => parts.has(`${node} ${organisation}`))
      .map((share) => ({ ...share, milligrams: parts.get(`${share.node} ${share.organisation}`) ?? share.milligrams }));
    const groups: [string, readonly Share[]][] = [
      ...counted.map((share): [string, Share[]] => [`${share.node} of ${share.organisation}`, [share]]),
      ...[...new Set(counted.map(({ node }) => node))].map((node): [string, Share[]] => [node, counted.filter((share) => share.node === node)]),
      ...[...new Set(counted.map(({ organisation }) => organisation))].map((one): [string, Share[]] => [one, counted.filter(({ organisation }) => organisation === one)]),
      ['all', counted],
    ];
    const ofSteps = this.steps.flatMap(({ hub, into, made }): Excess[] => {
      const milligrams = counted.filter(({ node }) => made.includes(node)).reduce((sum, share) => sum + share.milligrams, 0n);
      const came = made.reduce((sum, node) => sum + (this.came.get(node) ?? 0n), into);
      return milligrams > came ? [{ of: `step ${hub}`, milligrams, came }] : [];
    });
    return [...ofSteps, ...groups.flatMap(([of, shares]) => {
      const milligrams = shares.reduce((sum, share) => sum + share.milligrams, 0n);
      const came = [...this.behind(shares.map(({ node }) => node))].reduce((sum, node) => sum + (this.came.get(node) ?? 0n), 0n);
      return milligrams > came ? [{ of, milligrams, came }] : [];
    })];
  }

  /** All they were made of, however far back, with themselves. */
  private behind(nodes: readonly string[]): Set<string> {
    const all = new Set(nodes);
    for (const node of all) for (const of of this.madeOf.get(node) ?? []) all.add(of);
    return all;
  }
}

/** Every share whose release stands now. */
export async function releasedNow(db: DataSource, firms: readonly Firm[]): Promise<Released[]> {
  const decided: { node: string; organisation: string }[] = await db.query(
    `SELECT DISTINCT n.id AS node, r.organisation_id AS organisation FROM release_decision r JOIN node n ON n.identifier = r.identifier
       JOIN reader_direct d ON d.node = n.id AND d.organisation_id = r.organisation_id WHERE r.organisation_id = ANY($1::uuid[])`,
    [firms.map(({ organisationId }) => organisationId)],
  );
  const standing: Released[] = [];
  for (const { node, organisation } of decided) {
    const { state, released } = await releaseState(db, node, organisation);
    if (state === 'released') standing.push({ node, organisation });
    if (state === 'partly-released' && released !== undefined) standing.push({ node, organisation, part: released.unit === 'mg' ? released.base : released.base * PIECE_MG });
  }
  return standing;
}
