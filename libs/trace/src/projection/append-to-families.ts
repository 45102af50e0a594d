import type { EntityManager } from 'typeorm';
import { Book } from '../domain/fold';
import { MAKE_ROLES } from '../domain/line';
import { isMovedUnknown, speaksForAnother } from '../domain/standing';
import { type FamilyState, writeStates } from './family-state';
import { foldLine } from './fold-line';
import { orderOf } from './line-order';
import type { PendingLines } from './pending-lines';
import { keyOf, type LineRow } from './rows';
import { writeAppended } from './write-families';

/** A family to which lines were added that change nothing of what was said before. */
export interface AppendedFamily {
  readonly identifier: string;
  readonly state: FamilyState;
  readonly lines: readonly LineRow[];
  readonly moved: ReadonlyMap<string, bigint>;
}

/**
 * Adds lines to a family where that is all there is to do: they come after all others, their sayers hold what they
 * speak of, and nobody's standing depends on them. Otherwise nothing: then the family is judged from its first line.
 *
 * @param lines the new lines, in the order in which they happened
 */
export function appendToFamily(identifier: string, state: FamilyState, lines: readonly LineRow[]): AppendedFamily | undefined {
  const holders: Record<string, string> = { ...state.holders };
  const orgs = new Set(state.orgs);
  const book = Book.read(state.book);
  let last = state.lastOrder;
  let { mixed, unmeasured } = state;
  for (const line of lines) {
    const order = orderOf(line);
    if (order <= last || !isPlain(line, state, holders)) return undefined;
    last = order;
    orgs.add(line.org);
    if (line.role === 'ship' && line.destOrg !== undefined && line.destOrg !== line.org) {
      // Whoever spoke of it before it was shipped to them is judged anew.
      if (holders[line.destOrg] === undefined && state.orgs.includes(line.destOrg)) return undefined;
      const known = holders[line.destOrg];
      if (known === undefined || line.position < BigInt(known)) holders[line.destOrg] = line.position.toString();
    }
    mixed ||= line.unit !== undefined && line.unit !== state.unit;
    unmeasured ||= isMovedUnknown(line);
    for (const one of foldLine(line, state.unit)) book.post(one);
  }
  const next: FamilyState = { ...state, lastOrder: last, orgs: [...orgs].sort(), mixed, unmeasured, holders: sorted(holders), book: book.write() };
  return { identifier, state: next, lines, moved: book.result().moved };
}

/** Whether a line changes nobody's standing and is held by its sayer. */
function isPlain(line: LineRow, state: FamilyState, holders: Readonly<Record<string, string>>): boolean {
  if (holders[line.org] === undefined || speaksForAnother(line)) return false;
  // The owner has a thing since its own first line of it.
  if (line.org === state.owner && (!state.orgs.includes(line.org) || line.position < BigInt(holders[line.org] as string))) return false;
  if (line.kind === 'class' && state.kind === 'instance') return false;
  if (line.kind === 'container' || line.role.startsWith('container') || line.role === 'serial' || line.role === 'output') return false;
  // Of which lot a packed serial is depends on whose it is, which has to be known when its box is looked at.
  if (line.kind === 'instance' && (line.role === 'packed' || line.role === 'unpacked')) return false;
  if (line.unit !== undefined && state.unit === undefined) return false;
  if (MAKE_ROLES.has(line.role)) return state.isMeasuredByMake && line.org === state.owner && state.makers.includes(line.org);
  if (state.scope === '') return true;
  if (state.orgs.length === 1 && line.org === state.scope) return true;
  // Whose goods a name nobody owns speaks of is decided by who made it and who received it from whom.
  return state.makers.includes(state.scope) && (line.org === state.scope || (state.orgs.includes(line.org) && line.role !== 'receive'));
}

const sorted = (holders: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(holders).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Writes what was added. */
export async function writeAppendedFamilies(tx: EntityManager, families: readonly AppendedFamily[], pending: PendingLines): Promise<void> {
  if (families.length === 0) return;
  await writeAppended(
    tx,
    families.map((family) => ({
      identifier: family.identifier,
      node: family.state.node,
      state: family.state,
      folded: Book.read(family.state.book).result(),
      fresh: family.lines.map(keyOf),
      moved: family.moved,
    })),
    pending,
  );
  await writeStates(tx, new Map(families.map((family) => [family.identifier, family.state])));
}
