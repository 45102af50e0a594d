import type { Attestation, StepKind } from './passport';
import type { BalanceFact, LineFact, NodeFact, PassportFacts } from './passport-facts';

/** A step before it is put into public words: organisations by id, amounts in base units. */
export interface ToldStep {
  readonly kind: StepKind;
  readonly process?: string;
  readonly org: string;
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly attested: readonly Attestation[];
  readonly writtenLater?: string;
  readonly eventId?: string;
  readonly position?: string;
  readonly in?: Amount;
  readonly out?: Amount;
  /** All that came out of the step, what went elsewhere included. */
  readonly total?: Amount;
  readonly lost?: Amount;
  readonly isErased: boolean;
  readonly isUnconfirmed: boolean;
}

export interface Amount {
  readonly amount: bigint;
  readonly unit: 'mg' | 'pcs';
}

/** Words of our processing form that the page knows how to say; anything else another system wrote stays unsaid. */
export const PROCESS_WORDS = new Set([
  'sorting', 'cleaning', 'washing', 'peeling', 'fresh-cutting', 'steaming', 'boiling', 'blanching', 'sweating', 'drying', 'slicing', 'paozhi',
  'grading', 'blending', 'splitting', 'crushing', 'extraction', 'concentration', 'formulation', 'rework',
]);

/** Words of our propagation form: what comes of them is seed or seedlings, and no harvest of the herb. */
const PROPAGATION_WORDS = new Set([
  'seed-harvest', 'lifting', 'division', 'cutting', 'grafting', 'tissue-initiation', 'tissue-subculture', 'tissue-rooting', 'acclimatisation', 'propagation',
]);

/** Roles by which material comes to be, or first comes into any book. */
const MAKING = new Set(['output', 'origin', 'take-in', 'serial']);
const ARRIVALS = new Set(['receive', 'reject', 'short']);

/** What the lines of a lineage tell, one step an event, except where many like events are one step. */
export function toldSteps(facts: PassportFacts): ToldStep[] {
  const nodes = new Map(facts.nodes.map((node) => [node.id, node]));
  const balances = new Map(facts.balances.map((balance) => [balance.position, balance]));
  const cropFed = new Set((facts.lineage?.ends ?? []).filter((end) => nodes.get(end.far)?.kind === 'crop').map((end) => end.position));
  const making = facts.lines.filter(({ role }) => MAKING.has(role)).map((line) => madeStep(line, nodes.get(line.node), balances, cropFed));
  const others = facts.lines.flatMap((line) => otherStep(line, nodes.get(line.node)));
  return [...oncePerEvent(making), ...oncePerEvent(others), ...oncePerEvent(transports(facts.lines))];
}

function madeStep(line: LineFact, node: NodeFact | undefined, balances: ReadonlyMap<string, BalanceFact>, cropFed: ReadonlySet<string>): ToldStep {
  const own = line.amount !== undefined && line.unit !== undefined ? { amount: line.amount, unit: line.unit } : undefined;
  if (line.role === 'serial') return step(line, 'serialisation', {});
  if (line.role === 'take-in') return step(line, 'declared-origin', { out: own });
  if (line.role === 'origin') return node?.kind === 'crop' ? step(line, 'planting', {}) : step(line, 'declared-origin', { out: own });
  if (node?.kind === 'crop') return step(line, 'planting', {});
  if (PROPAGATION_WORDS.has(line.step ?? '')) return step(line, 'propagation', { out: own });
  const balance = balances.get(line.position ?? '');
  const isHarvest = cropFed.has(line.position ?? '');
  const isPacking = node?.kind === 'retail' || line.bizStep === 'packing' || line.bizStep === 'repackaging';
  const mass = (amount: bigint | undefined): Amount | undefined => (amount === undefined ? undefined : { amount, unit: 'mg' });
  return step(line, isHarvest ? 'harvest' : isPacking ? 'packing' : 'processing', {
    process: isHarvest || isPacking || !PROCESS_WORDS.has(line.step ?? '') ? undefined : line.step,
    in: mass(balance?.in),
    out: own,
    total: mass(balance?.out),
    lost: balance !== undefined && balance.lost > 0n ? mass(balance.lost) : undefined,
    isReconciled: isReconciled(balance),
  });
}

/** Every line was weighed, something went in, and what came out and was lost on record is exactly that. */
export function isReconciled(balance: BalanceFact | undefined): boolean {
  if (balance === undefined || balance.isUnknown || balance.in === undefined || balance.out === undefined) return false;
  return balance.in + balance.added === balance.out + balance.lost;
}

const KIND_OF_ROLE: Readonly<Record<string, StepKind>> = {
  sample: 'sampling', sell: 'sale', return: 'return', store: 'storage', destroy: 'destruction', gain: 'stock-take', loss: 'stock-take', input: 'use',
};

function otherStep(line: LineFact, node: NodeFact | undefined): ToldStep[] {
  if (line.role === 'observe') {
    if (node?.kind === 'crop') return [step(line, 'field-work', {})];
    return line.bizStep === 'inspecting' ? [step(line, 'testing', {})] : [];
  }
  // The end of a crop is no destruction of goods; what was planted is what its crop's own line tells.
  if (node?.kind === 'crop' && line.role === 'destroy') return [];
  const kind = KIND_OF_ROLE[line.role];
  return kind === undefined ? [] : [step(line, kind, {})];
}

/**
 * Shipments with their arrivals. The first arrival at the receiver that is not earlier than a shipment and belongs to
 * no earlier one confirms it: two parties then say the same.
 */
function transports(lines: readonly LineFact[]): ToldStep[] {
  const byTime = (a: LineFact, b: LineFact): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);
  const arrivals = lines.filter(({ role }) => ARRIVALS.has(role)).sort(byTime);
  const taken = new Set<LineFact>();
  const told: ToldStep[] = [];
  for (const ship of lines.filter(({ role }) => role === 'ship').sort(byTime)) {
    const arrival = arrivals.find((a) => !taken.has(a) && a.node === ship.node && a.org === ship.destOrg && a.at >= ship.at);
    // One receipt may have accepted, rejected and short lines.
    for (const a of arrivals) if (arrival !== undefined && a.position === arrival.position && a.node === ship.node) taken.add(a);
    const sent = step(ship, 'transport', { isUnconfirmed: arrival === undefined });
    told.push(arrival === undefined ? sent : { ...sent, to: arrival.lastDay > sent.to ? arrival.lastDay : sent.to, attested: ['other'] });
  }
  for (const arrival of arrivals) if (!taken.has(arrival)) told.push(step(arrival, 'transport', {}));
  for (const line of lines) if (line.role === 'void-ship') told.push(step(line, 'transport-withdrawn', {}));
  return told;
}

interface Details extends Pick<ToldStep, 'process' | 'in' | 'out' | 'total' | 'lost'> {
  readonly isReconciled?: boolean;
  readonly isUnconfirmed?: boolean;
}

function step(line: LineFact, kind: StepKind, { isReconciled = false, isUnconfirmed = false, ...details }: Details): ToldStep {
  const said: Attestation = line.provenance === 'device' ? 'device' : 'self';
  return {
    kind, ...details, org: line.org, at: line.at, from: line.firstDay, to: line.lastDay, count: line.count,
    attested: isReconciled ? [said, 'reconciled'] : [said],
    writtenLater: line.isLate ? line.writtenDay : undefined,
    eventId: line.eventId, position: line.position, isErased: line.isErased, isUnconfirmed,
  };
}

/** An event that speaks of several things of the lineage is one step. */
function oncePerEvent(steps: readonly ToldStep[]): ToldStep[] {
  const told = new Map<string, ToldStep>();
  steps.forEach((one, i) => {
    const key = one.position === undefined ? `#${i}` : `${one.kind} ${one.org} ${one.position}`;
    const known = told.get(key);
    told.set(key, known === undefined ? one : {
      ...known, out: sumOf(known.out, one.out), isUnconfirmed: known.isUnconfirmed || one.isUnconfirmed, attested: weakest(known, one),
    });
  });
  return [...told.values()];
}

/** Where a receiver confirmed only some of what one shipment carried, the shipment counts as its sender's word. */
const weakest = (a: ToldStep, b: ToldStep): readonly Attestation[] => (a.attested.includes('self') || a.attested.includes('device') ? a.attested : b.attested);

/** The sum of two amounts in one unit; of others there is none. */
export const sumOf = (a: Amount | undefined, b: Amount | undefined): Amount | undefined =>
  a !== undefined && b !== undefined && a.unit === b.unit ? { amount: a.amount + b.amount, unit: a.unit } : undefined;
