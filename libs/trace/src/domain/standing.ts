import { CARRYING_ROLES, type IdentifierKind, type LineRole, MAKE_ROLES } from './line';

/**
 * Who may speak about an identifier: "saying is not having".
 *
 * A family is all lines of one canonical identifier, by whoever said them. Judging it is a function of the set of its
 * lines: order of arrival plays no part.
 */

/** A line as the judgement sees it. Organisations by uuid. */
export interface FamilyLine {
  readonly key: string;
  /** Who said it. */
  readonly org: string;
  readonly role: LineRole;
  /** A registered organisation named as source, or as destination, other than nobody. */
  readonly sourceOrg?: string;
  /** True where it names anybody as source, registered here or not. */
  readonly sourceNamed?: boolean;
  readonly destOrg?: string;
  /** Position in the log, for "since when". */
  readonly position: bigint;
}

/**
 * Who owns an identifier.
 * - `owned`: we issued it to that organisation, or it stands under its GS1 prefix.
 * - `nobody`: it is of our own kind but was never issued.
 * - `open`: nobody registered here can be said to own it: it is scoped to each sender until a held shipment connects two.
 */
export type Ownership =
  | { readonly kind: 'owned'; readonly org: string }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'open' };

/** What a family is judged to be. */
export interface FamilyJudgement {
  /** Scope of each line's node: an organisation (open identifiers) or '' (owned, nobody). */
  readonly scopeOf: ReadonlyMap<string, string>;
  /** Keys of the lines whose sayer holds what it speaks of. Outputs also need held inputs, judged elsewhere. */
  readonly held: ReadonlySet<string>;
  /** Per scope: the organisations that have or had it, each with the position since which that is said. */
  readonly holders: ReadonlyMap<string, ReadonlyMap<string, bigint>>;
  /** Organisations that received goods of this name from several others and did not say from whom. */
  readonly ambiguous: ReadonlySet<string>;
}

/** Judges the lines of one identifier. */
export function judgeFamily(lines: readonly FamilyLine[], ownership: Ownership): FamilyJudgement {
  return ownership.kind === 'open' ? judgeOpen(lines) : judgeOwned(lines, ownership);
}

/** Speaking of another's act: a shipment from, or a receipt by, another organisation that is registered here. */
export const speaksForAnother = (line: Pick<FamilyLine, 'org' | 'role' | 'sourceOrg' | 'destOrg'>): boolean => {
  if (line.role === 'ship' || line.role === 'void-ship' || line.role === 'sell') {
    return line.sourceOrg !== undefined && line.sourceOrg !== line.org;
  }
  if (SAID_BY_WHO_GETS.has(line.role)) {
    return line.destOrg !== undefined && line.destOrg !== line.org;
  }
  return false;
};

/** Only who gets it speaks for itself: a receipt, or goods that come back, in another's name is a claim. */
const SAID_BY_WHO_GETS: ReadonlySet<LineRole> = new Set(['receive', 'reject', 'short', 'take-in', 'return', 'sample-return']);

/** Walks from the one who owns a node along held shipments to all who had it. */
function reach(
  lines: readonly FamilyLine[],
  owner: string | undefined,
): { holders: Map<string, bigint>; held: Set<string> } {
  const holders = new Map<string, bigint>();
  const held = new Set<string>();
  const byOrg = new Map<string, FamilyLine[]>();
  for (const line of lines) {
    const own = byOrg.get(line.org);
    if (own) own.push(line);
    else byOrg.set(line.org, [line]);
  }
  const queue: string[] = [];
  const arrive = (org: string, since: bigint): void => {
    const known = holders.get(org);
    if (known === undefined) queue.push(org);
    if (known === undefined || since < known) holders.set(org, since);
  };
  if (owner !== undefined) {
    const own = byOrg.get(owner) ?? [];
    arrive(owner, own.reduce((min, l) => (l.position < min ? l.position : min), own[0]?.position ?? 0n));
  }
  for (let org = queue.shift(); org !== undefined; org = queue.shift()) {
    for (const line of byOrg.get(org) ?? []) {
      if (speaksForAnother(line)) continue;
      if (MAKE_ROLES.has(line.role) && org !== owner) continue;
      held.add(line.key);
      if (line.role === 'ship' && line.destOrg !== undefined && line.destOrg !== org) arrive(line.destOrg, line.position);
    }
  }
  return { holders, held };
}

function judgeOwned(lines: readonly FamilyLine[], ownership: Ownership): FamilyJudgement {
  const owner = ownership.kind === 'owned' ? ownership.org : undefined;
  const { holders, held } = reach(lines, owner);
  return {
    scopeOf: new Map(lines.map((line) => [line.key, ''])),
    held,
    holders: new Map([['', holders]]),
    ambiguous: new Set(),
  };
}

function judgeOpen(lines: readonly FamilyLine[]): FamilyJudgement {
  const { scopes, ambiguous } = scopesOfOrganisations(lines);
  const scopeOf = new Map<string, string>();
  for (const line of lines) {
    // A receipt that names its sender speaks of that sender's goods, whatever else goes by the same name.
    scopeOf.set(line.key, scopes.get(line.org) ?? line.org);
  }
  const held = new Set<string>();
  const holders = new Map<string, ReadonlyMap<string, bigint>>();
  for (const scope of new Set(scopeOf.values())) {
    const reached = reach(lines.filter((line) => scopeOf.get(line.key) === scope), scope);
    for (const key of reached.held) held.add(key);
    holders.set(scope, reached.holders);
  }
  return { scopeOf, held, holders, ambiguous };
}

/**
 * Whose thing an organisation means by a name nobody owns. Its own, if it made one. Else that of the one
 * organisation whose shipment of it names this one as destination, provided this one says so too (a receipt that
 * names the sender, or names nobody). Else its own.
 */
function scopesOfOrganisations(lines: readonly FamilyLine[]): { scopes: Map<string, string>; ambiguous: Set<string> } {
  const orgs = [...new Set(lines.map((l) => l.org))].sort();
  const makers = new Set(lines.filter((l) => MAKE_ROLES.has(l.role)).map((l) => l.org));
  const scopes = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const org of orgs) if (makers.has(org)) scopes.set(org, org);

  const suppliers = (org: string): string[] => {
    const shippers = new Set(
      lines.filter((l) => l.role === 'ship' && l.destOrg === org && l.org !== org && !speaksForAnother(l)).map((l) => l.org),
    );
    const receipts = lines.filter((l) => l.org === org && l.role === 'receive');
    const named = new Set(receipts.map((l) => l.sourceOrg).filter((s): s is string => s !== undefined && shippers.has(s)));
    if (named.size > 0) return [...named].sort();
    // Who says from whom it came, registered here or not, has not got it from whoever else ships the same name.
    return receipts.some((l) => l.sourceNamed === true || l.sourceOrg !== undefined) ? [] : [...shippers].sort();
  };

  let open = orgs.filter((org) => !scopes.has(org));
  while (open.length > 0) {
    const ready = open.filter((org) => suppliers(org).every((s) => scopes.has(s)));
    // A ring in which everybody only passes on has no beginning: its first member stands for itself.
    const round = ready.length > 0 ? ready : open.slice(0, 1);
    for (const org of round) {
      const from = [...new Set(suppliers(org).map((s) => scopes.get(s) ?? s))];
      if (from.length > 1) ambiguous.add(org);
      scopes.set(org, from.length === 1 && ready.length > 0 ? (from[0] as string) : org);
    }
    open = open.filter((org) => !scopes.has(org));
  }
  return { scopes, ambiguous };
}

/** Lots move by amounts: a movement of a lot without a readable one leaves the book open. */
export const isMovedUnknown = (line: { readonly kind: IdentifierKind; readonly role: LineRole; readonly amount?: bigint }): boolean =>
  line.kind === 'class' &&
  line.amount === undefined &&
  (CARRYING_ROLES.has(line.role) || MOVED_ELSE.has(line.role));

const MOVED_ELSE: ReadonlySet<LineRole> = new Set(['input', 'output', 'origin', 'take-in', 'sample', 'sample-return']);
