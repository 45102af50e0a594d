/**
 * What a thing was made of, as it stands on record: held lines only. A claim is never followed; that one was made is
 * kept, since a thing made of claimed material must not look as if its origin were known.
 */

/** One way from a thing to what went into it. */
export interface End {
  /** Nodes: what was made or packed, and what went in. */
  readonly near: string;
  readonly far: string;
  readonly kind: 'transformation' | 'commissioning' | 'aggregation';
  /** The organisation whose act it was. */
  readonly org: string;
  /** When (ISO instants, UTC, sortable as text); a stay in a container also has an end. */
  readonly time: string;
  readonly until?: string;
  /** False where the organisation does not hold what it says went in. */
  readonly farHeld: boolean;
  readonly farIsContainer: boolean;
  /** Position of the event that made, or packed. */
  readonly position: string;
}

/** A thing in the lineage, and how far its own history matters here. */
export interface Ancestor {
  readonly node: string;
  /** After the last use in this lineage nothing that happened to it can have touched the root. Absent on the root. */
  readonly usedUntil?: string;
  /** Who used it: whose custody of it the lineage leans on. Empty on the root. */
  readonly usedBy: readonly string[];
}

export interface Lineage {
  readonly root: string;
  /** The root first. */
  readonly ancestors: readonly Ancestor[];
  /** Nodes that were made of something their maker does not hold. */
  readonly claimedInto: readonly string[];
  /** The ends that were followed. */
  readonly ends: readonly End[];
}

interface Window {
  readonly from: string;
  readonly to: string;
}

const ALWAYS: Window = { from: '', to: '9' };

/** Follows ends from the root. A way through a container is open only for what was inside at that time. */
export function lineageOf(root: string, ends: readonly End[]): Lineage {
  const byNear = new Map<string, End[]>();
  for (const end of ends) byNear.set(end.near, [...(byNear.get(end.near) ?? []), end]);
  const seen = new Map<string, Window[]>([[root, [ALWAYS]]]);
  const used = new Map<string, { until: string; by: Set<string> }>();
  const claimedInto = new Set<string>();
  const followed = new Set<End>();
  const queue: { readonly node: string; readonly window: Window }[] = [{ node: root, window: ALWAYS }];
  for (let visit = queue.shift(); visit !== undefined; visit = queue.shift()) {
    for (const end of byNear.get(visit.node) ?? []) {
      const window = passes(end, visit.window);
      if (window === undefined) continue;
      if (!end.farHeld) {
        claimedInto.add(end.near);
        continue;
      }
      followed.add(end);
      const use = used.get(end.far) ?? { until: end.time, by: new Set<string>() };
      if (end.time > use.until) use.until = end.time;
      use.by.add(end.org);
      used.set(end.far, use);
      const known = seen.get(end.far) ?? [];
      if (known.some(({ from, to }) => from <= window.from && window.to <= to)) continue;
      seen.set(end.far, [...known, window]);
      queue.push({ node: end.far, window });
    }
  }
  const ancestors = [...seen.keys()].map((node): Ancestor => {
    const use = node === root ? undefined : used.get(node);
    return { node, usedUntil: use?.until, usedBy: [...(use?.by ?? [])].sort() };
  });
  return { root, ancestors, claimedInto: [...claimedInto].sort(), ends: [...followed] };
}

function passes(end: End, window: Window): Window | undefined {
  if (end.kind !== 'aggregation') return end.time >= window.from && end.time <= window.to ? ALWAYS : undefined;
  const from = end.time > window.from ? end.time : window.from;
  const to = end.until !== undefined && end.until < window.to ? end.until : window.to;
  if (from > to) return undefined;
  return end.farIsContainer ? { from, to } : ALWAYS;
}

/** A held shipment: who passed a thing on to whom. */
export interface Passing {
  readonly node: string;
  readonly from: string;
  readonly to: string;
}

/** Who had an ancestor on its way to its use here: those who used it, and against the shipments whoever sent it to them. */
export function custodiansOf({ node, usedBy }: Ancestor, passings: readonly Passing[]): string[] {
  const found = new Set(usedBy);
  const queue = [...usedBy];
  for (let org = queue.shift(); org !== undefined; org = queue.shift()) {
    for (const { from } of passings.filter((p) => p.node === node && p.to === org)) {
      if (found.has(from)) continue;
      found.add(from);
      queue.push(from);
    }
  }
  return [...found].sort();
}
