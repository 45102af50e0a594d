import type { DataSource, EntityManager } from 'typeorm';
import { preparing, Problem } from '@daodi/platform';
import { sameEvents, type EventOutcome } from './same-event';
import type { Entry, NewEntry } from './entry';
import { bindAll, boundAmong, findBound, refuseOtherBody, type IdempotencyKey } from './idempotency';
import type { InlineProjection } from './inline-projection';
import { lockLog, writeEntries } from './store';

/** What a request answers once its entries are stored; kept under its Idempotency-Key for repeats. */
export interface StoredResponse {
  readonly status: number;
  readonly location?: string;
  readonly body: unknown;
}

/**
 * One act that wants to write to the log.
 *
 * `decide` runs under the lock, after every earlier act, and sees their effects. It gives the entries to write or
 * throws a Problem, which refuses this act alone; so does a Problem thrown by `respond`. `respond` makes the answer from what was stored.
 */
export interface Act {
  readonly idempotency?: IdempotencyKey;
  /**
   * What to write, where nothing has to be decided: neighbours of this kind are written together, set-based. An act
   * gives either this or `decide`.
   */
  readonly entries?: readonly NewEntry[];
  decide?(tx: EntityManager, at: { readonly size: bigint }): Promise<readonly NewEntry[]> | readonly NewEntry[];
  /** Runs after the projections, in the same transaction: what must be true before we say yes. */
  confirm?(tx: EntityManager, stored: readonly Entry[]): Promise<void>;
  respond(stored: readonly Entry[], outcomes: readonly EventOutcome[]): StoredResponse;
}

export interface Appended {
  readonly response: StoredResponse;
  readonly entries: readonly Entry[];
  /** Per entry wanted: stored, a repeat of an event already there, or in conflict with one. */
  readonly outcomes: readonly EventOutcome[];
  /** True when the answer is that of an earlier request with the same Idempotency-Key. */
  readonly repeated: boolean;
}

/** What the group commit needs from outside. */
export interface AppendSettings {
  readonly projections: readonly InlineProjection[];
  /** Rings the doorbell after a commit that wrote something. Must not wait and must not throw. */
  readonly ring: () => void;
  /** Hears of a group that committed, inside of `around`. */
  readonly committed?: (acts: number, entries: number) => void;
  /** Put around the commit of a group, to see how long it takes and for whom it was done. */
  readonly around?: (acts: readonly Act[], commit: () => Promise<void>) => Promise<void>;
}

/** Most acts in one commit: more would make the first wait for the last. */
const GROUP_ACTS_MAX = 256;

/** Most entries of one act in one statement. */
const PART_ENTRIES_MAX = 250;

interface Waiting {
  readonly act: Act;
  readonly settle: (appended: Appended) => void;
  readonly refuse: (reason: unknown) => void;
}

type Outcome = { readonly appended: Appended } | { readonly reason: unknown };

/**
 * Appends acts in groups: while one group commits, the next gathers, so that the lock costs one commit for many.
 * Acts are decided in order; one that is refused does not fail its group.
 */
export class GroupAppender {
  private waiting: Waiting[] = [];
  private running = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: AppendSettings,
  ) {}

  append(act: Act): Promise<Appended> {
    return new Promise((settle, refuse) => {
      this.waiting.push({ act, settle, refuse });
      if (!this.running) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.running = true;
    // Lets the requests that arrived in the same turn of the event loop join the first group.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0, GROUP_ACTS_MAX);
      const commit = () => this.commit(group);
      await (this.settings.around?.(group.map(({ act }) => act), commit) ?? commit());
    }
    this.running = false;
  }

  private async commit(group: readonly Waiting[]): Promise<void> {
    let outcomes: Outcome[];
    try {
      outcomes = await this.dataSource.transaction('READ COMMITTED', (tx) => preparing(tx, async () => {
        let size = await lockLog(tx);
        const decided: Outcome[] = [];
        for (const run of runsOf(group.map(({ act }) => act))) {
          for (const outcome of await attemptRun(tx, run, size, this.settings.projections)) {
            if ('appended' in outcome) size += BigInt(outcome.appended.entries.length);
            decided.push(outcome);
          }
        }
        return decided;
      }));
    } catch (error) {
      for (const { refuse } of group) refuse(error);
      return;
    }
    this.settings.committed?.(group.length, outcomes.reduce((sum, outcome) => sum + ('appended' in outcome ? outcome.appended.entries.length : 0), 0));
    if (outcomes.some((outcome) => 'appended' in outcome && outcome.appended.entries.length > 0)) this.settings.ring();
    group.forEach(({ settle, refuse }, i) => {
      const outcome = outcomes[i] as Outcome;
      if ('appended' in outcome) settle(outcome.appended);
      else refuse(outcome.reason);
    });
  }
}

/** Cuts a group into runs: neighbours with nothing to decide and different keys go together, all others alone. */
function runsOf(acts: readonly Act[]): Act[][] {
  const runs: Act[][] = [];
  let keys = new Set<string>();
  for (const act of acts) {
    const key = act.idempotency && `${act.idempotency.organisationId} ${act.idempotency.key}`;
    const last = runs.at(-1);
    const joins = act.entries !== undefined && last?.[0]?.entries !== undefined && !(key !== undefined && keys.has(key));
    if (joins) last.push(act);
    else {
      runs.push([act]);
      keys = new Set();
    }
    if (key !== undefined) keys.add(key);
  }
  return runs;
}

/**
 * Writes a run at once; if anything about it is out of the ordinary, its acts one by one, in the same order. Repeats of
 * what was answered already are set aside first: after the database was away every client sends again under its key, and
 * those few must not make the many others slow just then.
 */
async function attemptRun(tx: EntityManager, run: readonly Act[], size: bigint, projections: readonly InlineProjection[]): Promise<Outcome[]> {
  const outcomes = new Map<Act, Outcome>();
  if (run.length > 1) {
    const bound = await boundAmong(tx, run.flatMap(({ idempotency }) => idempotency ?? []));
    const fresh = run.filter(({ idempotency }) => idempotency === undefined || !bound.has(idempotency));
    const appended = fresh.length > 1 ? await attemptTogether(tx, fresh, projections) : undefined;
    appended?.forEach((one, i) => outcomes.set(fresh[i]!, { appended: one }));
  }
  let grown = size;
  for (const act of run) {
    const outcome = outcomes.get(act) ?? (await attempt(tx, act, grown, projections));
    if ('appended' in outcome) grown += BigInt(outcome.appended.entries.length);
    outcomes.set(act, outcome);
  }
  return run.map((act) => outcomes.get(act)!);
}

/** Writes acts together in a savepoint; nothing where that cannot be, and whose fault it was shows when they are written one by one. */
async function attemptTogether(tx: EntityManager, acts: readonly Act[], projections: readonly InlineProjection[]): Promise<Appended[] | undefined> {
  await tx.query('SAVEPOINT run');
  const appended = await writeRun(tx, acts, projections).catch(() => undefined);
  await tx.query(appended === undefined ? 'ROLLBACK TO SAVEPOINT run' : 'RELEASE SAVEPOINT run');
  return appended;
}

/** Writes acts that decide nothing and whose keys are unbound, set-based. Nothing if one of them is in conflict with an event. */
async function writeRun(tx: EntityManager, run: readonly Act[], projections: readonly InlineProjection[]): Promise<Appended[] | undefined> {
  const wanted = run.flatMap((act) => act.entries ?? []);
  const outcomes = await sameEvents(tx, wanted);
  if (outcomes.some(({ kind }) => kind === 'conflict')) return undefined;
  const written = await writeEntries(tx, wanted.filter((_, i) => outcomes[i]?.kind === 'new'));
  for (const projection of projections) await projection.apply(tx, written);
  const appended: Appended[] = [];
  let at = 0;
  let next = 0;
  for (const act of run) {
    const own = outcomes.slice(at, (at += act.entries?.length ?? 0));
    const entries = written.slice(next, (next += own.filter(({ kind }) => kind === 'new').length));
    await act.confirm?.(tx, entries);
    appended.push({ response: act.respond(entries, own), entries, outcomes: own, repeated: false });
  }
  await bindAll(tx, run.flatMap(({ idempotency }, i) => (idempotency ? [{ idempotency, response: appended[i]!.response, position: appended[i]!.entries[0]?.position }] : [])));
  return appended;
}

/** Decides and writes one act inside a savepoint, so that its failure leaves nothing and hurts nobody else. */
async function attempt(
  tx: EntityManager,
  act: Act,
  size: bigint,
  projections: readonly InlineProjection[],
): Promise<Outcome> {
  await tx.query('SAVEPOINT act');
  try {
    const appended = await decideAndWrite(tx, act, size, projections);
    await tx.query('RELEASE SAVEPOINT act');
    return { appended };
  } catch (reason) {
    await tx.query('ROLLBACK TO SAVEPOINT act');
    return { reason };
  }
}

async function decideAndWrite(
  tx: EntityManager,
  act: Act,
  size: bigint,
  projections: readonly InlineProjection[],
): Promise<Appended> {
  if (act.idempotency) {
    const bound = await findBound(tx, act.idempotency);
    if (bound) {
      refuseOtherBody(act.idempotency, bound);
      return { response: bound.response, entries: [], outcomes: [], repeated: true };
    }
  }
  const wanted = act.entries ?? (await act.decide?.(tx, { size })) ?? [];
  const { entries, outcomes } = await writeInParts(tx, wanted, projections);
  await act.confirm?.(tx, entries);
  const response = act.respond(entries, outcomes);
  if (act.idempotency) await bindAll(tx, [{ idempotency: act.idempotency, response, position: entries[0]?.position }]);
  return { response, entries, outcomes, repeated: false };
}

/**
 * Writes the entries of one act, a part at a time: a large document captured as a whole would otherwise keep the
 * process from everything else while it is digested. Projections do not depend on how entries are grouped.
 */
async function writeInParts(
  tx: EntityManager,
  wanted: readonly NewEntry[],
  projections: readonly InlineProjection[],
): Promise<{ readonly entries: readonly Entry[]; readonly outcomes: readonly EventOutcome[] }> {
  const entries: Entry[] = [];
  const outcomes: EventOutcome[] = [];
  for (let from = 0; from < wanted.length; from += PART_ENTRIES_MAX) {
    const part = wanted.slice(from, from + PART_ENTRIES_MAX);
    const judged = await sameEvents(tx, part);
    const written = await writeEntries(tx, part.filter((_, i) => judged[i]?.kind === 'new'));
    for (const projection of projections) await projection.apply(tx, written);
    entries.push(...written);
    outcomes.push(...judged);
  }
  return { entries, outcomes };
}

/** Refuses an act when one of its events is in conflict with one already stored (same id, other content). */
export function refuseConflicts(outcomes: readonly EventOutcome[]): void {
  const conflict = outcomes.find(({ kind }) => kind === 'conflict');
  if (conflict?.kind !== 'conflict') return;
  throw new Problem(409, 'event-conflict', {
    zh: `事件 ${conflict.eventId} 已有不同内容的记录，先到者有效。`,
    en: `Event ${conflict.eventId} is already stored with other content; the first stays.`,
  });
}
