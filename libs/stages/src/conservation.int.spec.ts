import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type Entry, rebuild } from '@daodi/log';
import { record } from '@daodi/registry';
import { recount, traceProjection } from '@daodi/trace';
import { MASS_STEPS, type MassStep, playSteps } from './testing/mass-steps';
import { type Firm, FormsBench } from './testing/forms-bench';

/**
 * Whatever people type into the forms, in whatever sequence, and however they correct it: no milligram comes or goes
 * without a line that says so; the tables follow from the log; and they do not depend on the order of arrival.
 */

/** More runs find rarer sequences: set it for a campaign. */
const RUNS = Number(process.env['DAODI_CONSERVATION_RUNS'] ?? 4);

let bench: FormsBench;
/** What stands in every log before anybody does anything, the address under which codes are ours among it. */
let setUp: Entry[];
beforeAll(async () => {
  bench = await FormsBench.open();
  setUp = await bench.entriesFrom(0);
});
afterAll(() => bench.close());

let sequence = 0;
/** Three organisations that nobody has used before. */
async function threeFirms(): Promise<Firm[]> {
  const n = ++sequence;
  const firms = [await bench.firm(`COOP-${n}`), await bench.firm(`TRADER-${n}`, { type: 'company' }), await bench.firm(`FACTORY-${n}`, { type: 'company' })];
  // Half of what is shipped may get lost or come on top: so receipts agree, and book differences, in many sequences.
  for (const { organisationId } of firms) {
    await bench.say(organisationId, (['loss', 'gain'] as const).map((direction) => record('allowance', randomUUID(), 'created', {
      new: { step: 'transport', direction, percent: '50', source: 'test', verified: false, status: 'active' },
    })));
  }
  return firms;
}

const steps = fc.array(fc.record<MassStep>({
  kind: fc.constantFrom(...MASS_STEPS), who: fc.nat(2), other: fc.nat(2), pick: fc.nat(1000), second: fc.nat(1000),
  milligrams: fc.bigInt({ min: 1n, max: 400_000_000n }), minute: fc.nat(600), isAccepted: fc.boolean(),
}), { minLength: 20, maxLength: 45, size: 'max' });

/** Everything that can be done, once, by one organisation or between two. */
const EVERYTHING: MassStep[] = MASS_STEPS.map((kind, i) => ({
  kind, who: kind === 'receipts' ? 1 : 0, other: kind === 'receipts' ? 0 : 1, pick: 0, second: 1, milligrams: 1_000_000n + BigInt(i), minute: 10 + i, isAccepted: true,
}));

/** Of every batch: what the node says follows from its lines, and in + taken in + gained = out + lost + held. */
async function expectConserved(): Promise<number> {
  const { batches, differing } = await recount(bench.dataSource);
  expect(differing).toEqual([]);
  return batches;
}

const TABLES = ['holding', 'node', 'line', 'reader_direct', 'step_loss', 'booked_difference'] as const;
/** Positions differ with the order of arrival; everything else must not. */
const COLUMNS: Partial<Record<(typeof TABLES)[number], string>> = {
  line: 'event_id, ordinal, path, role, node, held, moved, until, void', reader_direct: 'organisation_id, node', step_loss: 'lost, added', booked_difference: 'ordinal, reason, before, tolerance',
};

/** What the trace's tables say after these entries arrived in this order; everything is taken back after looking. */
async function arrivedIn(founding: readonly Entry[], acts: readonly Entry[]): Promise<Record<string, unknown>> {
  const runner = bench.dataSource.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query(`TRUNCATE ${traceProjection.tables.join(', ')}`);
    // Who is registered counts from a position on: the acts arrive after it, one position each.
    let position = founding.at(-1)?.position ?? 0n;
    for (const entry of founding) await traceProjection.apply(runner.manager, [entry]);
    for (const entry of acts) await traceProjection.apply(runner.manager, [{ ...entry, position: ++position }]);
    const said: Record<string, unknown> = {};
    for (const table of TABLES) {
      const rows: object[] = await runner.query(`SELECT to_jsonb(t)::text AS row FROM (SELECT ${COLUMNS[table] ?? '*'} FROM ${table}) t ORDER BY 1`);
      said[table] = rows;
    }
    return said;
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

/** Acts in another order; what belongs to one act stays together, and the firms themselves come first. */
function shuffled(entries: readonly Entry[], seed: number): Entry[] {
  const acts = new Map<string, Entry[]>();
  for (const entry of entries) acts.set(entry.requestId, [...(acts.get(entry.requestId) ?? []), entry]);
  return [...acts.values()].map((act, i) => ({ act, key: (i * 7919 + seed * 104_729) % 1009 })).sort((a, b) => a.key - b.key).flatMap(({ act }) => act);
}

it('conserves mass, follows from the log, and does not depend on the order of arrival', async () => {
  let batches = 0;
  const done = new Set<string>();
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 1e6 }), async (sequenceOfSteps, seed) => {
      const from = await bench.size();
      const firms = await threeFirms();
      const told = await bench.size();
      for (const kind of await playSteps(bench, firms, sequenceOfSteps)) done.add(kind);
      batches += await expectConserved();
      const founding = [...setUp, ...(await bench.entriesFrom(from)).slice(0, told - from)];
      const acts = await bench.entriesFrom(told);
      const inTurn = await arrivedIn(founding, acts);
      expect(await arrivedIn(founding, shuffled(acts, seed))).toEqual(inTurn);
    }),
    { numRuns: RUNS, examples: [[EVERYTHING, 7]], endOnFailure: true },
  );
  expect([...MASS_STEPS].filter((kind) => !done.has(kind))).toEqual([]);
  expect(batches).toBeGreaterThan(RUNS);
  const [{ booked }] = await bench.dataSource.query(`SELECT count(*) AS booked FROM booked_difference WHERE tolerance IS NOT NULL`);
  expect(Number(booked)).toBeGreaterThan(0);
  for (const { tables } of await rebuild(bench.dataSource, bench.projections, [], 'all')) {
    for (const { table, before, after } of tables) expect([table, after]).toEqual([table, before]);
  }
}, 900_000);
