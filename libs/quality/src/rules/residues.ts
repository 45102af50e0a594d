import { ingredientKey, showsAbsence } from '@daodi/herbal';
import type { ShareFacts } from './facts';
import { analytesOf } from './input.rules';
import { standing } from './report.rules';

/** An ingredient a residue test is demanded for, and the use that demands it. */
export interface ResidueDemand {
  readonly analyte: string;
  readonly input: string;
  readonly used: string;
  /** Node and organisation of the harvest. */
  readonly node: string;
  readonly organisation: string;
}

/**
 * Residue tests a release still lacks. An ingredient used beyond its registration stays a question of whatever was made
 * from the harvest until a passing report on it, or on what it went into, names the ingredient as not there or below its
 * limit. A report on one of two lots that were mixed says nothing of the other.
 *
 * @param shares of one history
 * @param node the batch to be released
 */
export function missingResidues(shares: readonly ShareFacts[], node: string): ResidueDemand[] {
  const byNode = new Map<string, ShareFacts[]>();
  for (const share of shares) byNode.set(share.node, [...(byNode.get(share.node) ?? []), share]);
  const madeFrom = new Map<string, Set<string>>();
  for (const { inputs, outputs } of shares.flatMap(({ steps }) => steps)) {
    for (const { node: made } of outputs) madeFrom.set(made, new Set([...(madeFrom.get(made) ?? []), ...inputs.map((input) => input.node)]));
  }
  const known = new Map<string, readonly ResidueDemand[]>();
  const openAt = (at: string): readonly ResidueDemand[] => {
    const done = known.get(at);
    if (done !== undefined) return done;
    known.set(at, []);
    const open = untested([...demandsAt(byNode.get(at) ?? []), ...[...(madeFrom.get(at) ?? [])].flatMap(openAt)], byNode.get(at) ?? []);
    known.set(at, open);
    return open;
  };
  const reached = openAt(node);
  // What no step on record leads to from here is asked for at its own place.
  const beside = shares.map((share) => share.node).filter((other) => !known.has(other)).flatMap((other) => untested(openAt(other), byNode.get(node) ?? []));
  const all = new Map([...reached, ...beside].map((demand) => [`${demand.node} ${demand.organisation} ${ingredientKey(demand.analyte)} ${demand.used}`, demand]));
  return [...all.keys()].sort().map((key) => all.get(key) as ResidueDemand);
}

const demandsAt = (shares: readonly ShareFacts[]): ResidueDemand[] =>
  shares.flatMap(({ node, organisation, harvests = [] }) => harvests.flatMap(({ uses = [] }) => uses.filter((use) => use.standing === 'off-label').flatMap((use) =>
    analytesOf(use).map((analyte): ResidueDemand => ({ analyte, input: use.name, used: use.day, node, organisation })))));

function untested(demands: readonly ResidueDemand[], shares: readonly ShareFacts[]): ResidueDemand[] {
  const items = shares.flatMap(standing).filter(({ verdict }) => verdict === 'pass').flatMap((report) => report.items ?? []);
  return demands.filter(({ analyte }) => !items.some((item) => showsAbsence(item, analyte)));
}
