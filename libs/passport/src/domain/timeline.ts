import type { Correction, PassportStep, StepKind } from './passport';
import type { CorrectionFact, OrganisationFact, PassportFacts, ReleaseFact, ReportFact } from './passport-facts';
import { publicOrganisation, reasonWords } from './public-words';
import { quantityOf } from './quantity';
import { type Amount, sumOf, type ToldStep, toldSteps } from './told-steps';

/** More steps than this are told together where they are alike: a page is read by people on a phone. */
const STEPS_APART = 24;
/** Rows of a page at most; what is left out is counted. */
const STEPS_MAX = 60;

export interface Timeline {
  readonly steps: readonly PassportStep[];
  readonly withdrawn: readonly (Correction & { readonly kind: 'record'; readonly happened: string })[];
  /** How many rows did not fit. */
  readonly leftOut: number;
}

/** What happened, in the order in which it happened. */
export function timelineOf(facts: PassportFacts, organisations: ReadonlyMap<string, OrganisationFact>, named: ReadonlySet<string>): Timeline {
  const told = [...toldSteps(facts), ...facts.reports.map((report) => reportStep(report, organisations, facts)), ...facts.releases.flatMap(releaseStep)].sort(inOrder);
  const corrections = correctionsByEvent(facts.corrections);
  const attached = new Set<CorrectionFact>();
  const rows = (told.length > STEPS_APART ? condense(told, corrections) : told).map((one): PassportStep => {
    const own = one.eventId === undefined ? [] : (corrections.get(one.eventId) ?? []);
    for (const correction of own) attached.add(correction);
    return publicStep(one, own, organisations, named);
  });
  const withdrawn = facts.corrections
    .filter((correction) => !attached.has(correction))
    .map((correction) => ({ kind: 'record' as const, happened: correction.eventDay, ...publicCorrection(correction) }))
    .sort((a, b) => (a.on + a.happened < b.on + b.happened ? -1 : 1));
  return { steps: rows.slice(0, STEPS_MAX), withdrawn, leftOut: Math.max(0, rows.length - STEPS_MAX) };
}

/** Where two things happened at one instant, in the order of the trade. */
const ORDER: readonly StepKind[] = [
  'planting', 'propagation', 'field-work', 'declared-origin', 'harvest', 'processing', 'packing', 'serialisation', 'storage', 'sampling', 'testing', 'report', 'release',
  'transport', 'transport-withdrawn', 'use', 'sale', 'return', 'stock-take', 'destruction',
];

function inOrder(a: ToldStep, b: ToldStep): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  const rank = ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind);
  if (rank !== 0) return rank;
  const [first, second] = [`${a.org} ${a.eventId ?? ''}`, `${b.org} ${b.eventId ?? ''}`];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** A laboratory that does not own what it tested is another party. */
export function isIndependent(report: ReportFact, organisations: ReadonlyMap<string, OrganisationFact>, facts: PassportFacts): boolean {
  const owners = new Set(facts.nodes.map(({ owner }) => owner));
  return organisations.get(report.org)?.type === 'laboratory' && !owners.has(report.org);
}

function reportStep(report: ReportFact, organisations: ReadonlyMap<string, OrganisationFact>, facts: PassportFacts): ToldStep {
  return {
    kind: 'report', org: report.org, at: report.at, from: report.day, to: report.day, count: 1,
    attested: [isIndependent(report, organisations, facts) ? 'other' : 'self'], isErased: false, isUnconfirmed: false,
  };
}

function releaseStep({ state, org, at, day }: ReleaseFact): ToldStep[] {
  if (state !== 'released' || org === undefined || at === undefined || day === undefined) return [];
  return [{ kind: 'release', org, at, from: day, to: day, count: 1, attested: ['self'], isErased: false, isUnconfirmed: false }];
}

/** Corrections by the event that stands in the place of what they took out, those of earlier corrections included. */
function correctionsByEvent(corrections: readonly CorrectionFact[]): Map<string, CorrectionFact[]> {
  const byEvent = new Map<string, CorrectionFact[]>();
  for (const correction of corrections) {
    const seen = new Set<CorrectionFact>();
    const chain = (one: CorrectionFact): CorrectionFact[] => {
      if (seen.has(one)) return [];
      seen.add(one);
      return [...corrections.filter((earlier) => earlier.org === one.org && earlier.correctiveEventIds.includes(one.eventId)).flatMap(chain), one];
    };
    for (const eventId of correction.correctiveEventIds) byEvent.set(eventId, [...new Set([...(byEvent.get(eventId) ?? []), ...chain(correction)])]);
  }
  return byEvent;
}

const publicCorrection = ({ declaredDay, reason, amount, unit }: CorrectionFact): Correction => ({
  on: declaredDay,
  reason: reasonWords(reason),
  was: quantityOf(amount, unit),
});

function publicStep(one: ToldStep, corrections: readonly CorrectionFact[], organisations: ReadonlyMap<string, OrganisationFact>, named: ReadonlySet<string>): PassportStep {
  const amount = (of: Amount | undefined) => quantityOf(of?.amount, of?.unit);
  return {
    kind: one.kind,
    process: one.process,
    from: one.from,
    to: one.to,
    count: one.count,
    by: publicOrganisation(organisations.get(one.org), named.has(one.org)),
    attested: one.attested,
    writtenLater: one.writtenLater,
    in: amount(one.in),
    out: amount(one.out),
    otherOut: amount(otherOut(one)),
    lost: amount(one.lost),
    corrections: corrections.map(publicCorrection),
    erased: one.isErased || undefined,
    unconfirmed: one.isUnconfirmed || undefined,
  };
}

/** What came out of the step and went elsewhere: co-products, waste, other lots. */
function otherOut({ out, total }: ToldStep): Amount | undefined {
  if (out?.unit !== 'mg' || total === undefined || total.amount <= out.amount) return undefined;
  return { amount: total.amount - out.amount, unit: 'mg' };
}

/** Tells like steps together; what carries a correction stays by itself. */
function condense(steps: readonly ToldStep[], corrections: ReadonlyMap<string, unknown>): ToldStep[] {
  const told = new Map<string, ToldStep>();
  steps.forEach((one, i) => {
    const isOwn = one.eventId !== undefined && corrections.has(one.eventId);
    const key = isOwn ? `#${i}` : [one.kind, one.process, one.org, one.attested.join(), one.isErased, one.isUnconfirmed, one.writtenLater !== undefined].join(' ');
    const known = told.get(key);
    told.set(key, known === undefined ? one : merge(known, one));
  });
  return [...told.values()];
}

function merge(a: ToldStep, b: ToldStep): ToldStep {
  const later = (x: string | undefined, y: string | undefined) => (x === undefined || (y !== undefined && y > x) ? y : x);
  return {
    ...a, count: a.count + b.count, to: b.to > a.to ? b.to : a.to, writtenLater: later(a.writtenLater, b.writtenLater), eventId: undefined, position: undefined,
    in: sumOf(a.in, b.in), out: sumOf(a.out, b.out), total: sumOf(a.total, b.total), lost: sumOf(a.lost, b.lost),
  };
}
