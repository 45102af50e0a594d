import { kilogramText, milligrams } from '@daodi/epcis';
import type { BatchRecordFacts, LotMass, MakingPart, MakingStep, StepLimit } from './batch-record-facts';
import { perCent, perCentText, within } from './per-cent';

/** Why a batch record is not complete. */
export interface RecordReason {
  readonly rule: RecordRule;
  readonly title: { readonly zh: string; readonly en: string };
  readonly numbers?: Readonly<Record<string, unknown>>;
}

/** What may be said against a record, in words. */
const TITLES = {
  'no-steps': { zh: '没有登记任何工序', en: 'No step is on record' },
  'step-withdrawn': { zh: '有工序被声明错误而无更正', en: 'A step was declared in error and nothing took its place' },
  'step-missing': { zh: '指令要求的工序没有登记', en: 'A step the order asks for is not on record' },
  'second-person-missing': { zh: '投料无第二人复核', en: 'Charging was not confirmed by a second person' },
  'clearance-missing': { zh: '缺少清场记录或其复核', en: 'Line clearance before or after the run is missing or not confirmed' },
  'not-issued': { zh: '投入的物料没有领料记录', en: 'Material was charged that was never issued to the order' },
  'material-unbalanced': { zh: '领料、投料、退料不平', en: 'What was issued is not what was charged and given back' },
  'lots-mixed': { zh: '一批饮片用了多个药材批号', en: 'Decoction pieces of one batch came from several lots' },
  'formula-differs': { zh: '投料与处方不符', en: 'What was charged differs from the formula' },
  'balance-undetermined': { zh: '收率或物料平衡无法计算', en: 'Yield or balance cannot be worked out' },
  'yield-outside': { zh: '收率超出限度', en: 'The yield is outside its limits' },
  'balance-outside': { zh: '物料平衡超出限度', en: 'The material balance is outside its limits' },
  'labels-missing': { zh: '缺少标签物料平衡', en: 'Labels were not reconciled' },
  'labels-unbalanced': { zh: '标签数不平', en: 'Labels do not add up' },
  'deviation-open': { zh: '偏差未关闭', en: 'A deviation is open' },
  'not-reviewed': { zh: '批记录未审核，或审核后有变动', en: 'The record was not reviewed as it stands now' },
} as const;
export type RecordRule = keyof typeof TITLES;

/** A transformation with its figures; per cents to two decimals as text. */
export interface StepFigures {
  readonly inMg?: bigint;
  readonly productMg?: bigint;
  readonly outMg?: bigint;
  /** Products of what went in, auxiliaries that stay included. 收率 */
  readonly yieldPercent?: string;
  /** All that came out or was lost on record, of what went in. 物料平衡 */
  readonly balancePercent?: string;
}

interface Masses {
  readonly whole: bigint;
  readonly products: bigint;
  readonly out: bigint;
}

/** A batch record as judged: complete where there is no reason against it. */
export interface JudgedRecord {
  readonly reasons: readonly RecordReason[];
  /** By step, in their order. */
  readonly figures: readonly StepFigures[];
  /** Of the whole order, where it can be told. */
  readonly whole?: StepFigures;
}

/**
 * Judges a batch record: every reason at once. Missing, unread or unconfirmed is never complete. Pure.
 *
 * What each rule leans on: GMP 2010 annex on decoction pieces and the general chapter on batch records, of which only
 * summaries could be read (`verified: false`): one lot of pieces from one lot of herb in one run, line clearance, a second
 * person at charging, yields and balances within the limits the firm itself set in the order, labels counted, deviations
 * closed, quality's review. No limit is ours: those judged are the order's.
 */
export function judgeBatchRecord(facts: BatchRecordFacts): JudgedRecord {
  const masses = facts.steps.map(massesOf);
  const whole = wholeOf(facts.steps);
  return {
    reasons: [
      ...ofSteps(facts), ...ofClearance(facts), ...ofMaterial(facts), ...ofFormula(facts), ...ofLimits(facts, masses, whole), ...ofLabels(facts),
      ...facts.deviations.filter(({ isClosed }) => !isClosed).map(({ id }) => reason('deviation-open', { deviation: id })),
      ...(facts.reviewed === 'yes' ? [] : [reason('not-reviewed', { reviewed: facts.reviewed })]),
    ],
    figures: masses.map(figuresOf),
    ...(whole !== undefined && { whole: figuresOf(whole) }),
  };
}

/** Milligrams as kilograms in decimal text, exactly. */
export const kgText = (mg: bigint): string => kilogramText(milligrams(mg));

const reason = (rule: RecordRule, numbers?: RecordReason['numbers']): RecordReason => ({ rule, title: TITLES[rule], ...(numbers && { numbers }) });

/** What the order did not make itself: charged from the store. */
export function chargedFrom(steps: readonly MakingStep[]): MakingPart[] {
  const made = new Set(steps.flatMap(({ outputs }) => outputs.map(({ node }) => node)));
  return steps.flatMap(({ inputs }) => inputs.filter(({ node }) => !made.has(node)));
}

function usedInside(steps: readonly MakingStep[]): MakingPart[] {
  const made = new Set(steps.flatMap(({ outputs }) => outputs.map(({ node }) => node)));
  return steps.flatMap(({ inputs }) => inputs.filter(({ node }) => made.has(node)));
}

/** What the order made and did not use itself. */
export function leftOver(steps: readonly MakingStep[]): MakingPart[] {
  const used = new Set(steps.flatMap(({ inputs }) => inputs.map(({ node }) => node)));
  return steps.flatMap(({ outputs }) => outputs.filter(({ node }) => !used.has(node)));
}

const isProduct = ({ role }: MakingPart): boolean => role === undefined || role === 'product';

function sumOf(parts: readonly MakingPart[]): bigint | undefined {
  return parts.some(({ mg }) => mg === undefined) ? undefined : parts.reduce((sum, { mg }) => sum + (mg as bigint), 0n);
}

function massesOf({ inputs, outputs, lostMg, addedMg }: MakingStep): Masses | undefined {
  const [into, out, products] = [sumOf(inputs), sumOf(outputs), sumOf(outputs.filter(isProduct))];
  if (into === undefined || out === undefined || products === undefined || inputs.length === 0) return undefined;
  return { whole: into + addedMg, products, out: out + lostMg };
}

/**
 * Everything charged and added against everything that was left over or lost. Of what one step made and another used,
 * the rest counts; it is a product only where nothing of it was used.
 */
function wholeOf(steps: readonly MakingStep[]): Masses | undefined {
  if (steps.length === 0 || steps.some((step) => massesOf(step) === undefined)) return undefined;
  const [charged, inner, made] = [sumOf(chargedFrom(steps)), sumOf(usedInside(steps)), sumOf(steps.flatMap(({ outputs }) => outputs))];
  const products = sumOf(leftOver(steps).filter(isProduct));
  if (charged === undefined || inner === undefined || made === undefined || products === undefined) return undefined;
  const total = (of: (step: MakingStep) => bigint): bigint => steps.reduce((sum, step) => sum + of(step), 0n);
  return { whole: charged + total(({ addedMg }) => addedMg), products, out: made - inner + total(({ lostMg }) => lostMg) };
}

function figuresOf(masses: Masses | undefined): StepFigures {
  if (masses === undefined) return {};
  const { whole, products, out } = masses;
  const text = (part: bigint): string | undefined => {
    const hundredths = perCent(part, whole);
    return hundredths === undefined ? undefined : perCentText(hundredths);
  };
  return { inMg: whole, productMg: products, outMg: out, yieldPercent: text(products), balancePercent: text(out) };
}

function ofSteps({ steps, limits, withdrawnEvents }: BatchRecordFacts): RecordReason[] {
  const done = new Set(steps.map(({ step }) => step));
  const missing = limits.map(({ step }) => step).filter((step) => step !== 'whole' && !done.has(step));
  const made = new Set(steps.flatMap(({ outputs }) => outputs.map(({ node }) => node)));
  const unchecked = steps.filter(({ inputs, isChecked }) => !isChecked && inputs.some(({ node }) => !made.has(node)));
  return [
    ...(steps.length === 0 ? [reason('no-steps')] : []),
    ...withdrawnEvents.map((eventID) => reason('step-withdrawn', { eventID })),
    ...missing.map((step) => reason('step-missing', { step })),
    ...unchecked.map(({ eventIds, step }) => reason('second-person-missing', { step, events: eventIds })),
  ];
}

function ofClearance({ steps, clearances }: BatchRecordFacts): RecordReason[] {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return [];
  const isClear = (moment: 'before' | 'after', inTime: (time: string) => boolean): boolean =>
    clearances.some((clearance) => clearance.moment === moment && clearance.isChecked && inTime(clearance.time));
  return [
    ...(isClear('before', (time) => time <= first.time) ? [] : [reason('clearance-missing', { moment: 'before' })]),
    ...(isClear('after', (time) => time >= last.time) ? [] : [reason('clearance-missing', { moment: 'after' })]),
  ];
}

function ofMaterial({ kind, mixingAllowedBy, steps, issued, returned }: BatchRecordFacts): RecordReason[] {
  const charged = chargedFrom(steps);
  const lots = new Map([...charged, ...issued, ...returned].map(({ node, name }) => [node, name]));
  const reasons: RecordReason[] = [];
  for (const [node, name] of lots) {
    const [out, back] = [totalOf(issued, node), totalOf(returned, node)];
    const used = sumOf(charged.filter((part) => part.node === node));
    if (!issued.some((lot) => lot.node === node)) {
      reasons.push(reason('not-issued', { batch: name }));
    } else if (used === undefined) {
      reasons.push(reason('balance-undetermined', { batch: name }));
    } else if (out !== used + back) {
      reasons.push(reason('material-unbalanced', { batch: name, issuedKg: kgText(out), chargedKg: kgText(used), returnedKg: kgText(back) }));
    }
  }
  const herbLots = new Set(charged.map(({ node }) => node));
  if (kind === 'decoction-pieces' && mixingAllowedBy === undefined && herbLots.size > 1) {
    reasons.push(reason('lots-mixed', { lots: herbLots.size }));
  }
  return reasons;
}

const totalOf = (lots: readonly LotMass[], node: string): bigint => lots.reduce((sum, lot) => (lot.node === node ? sum + lot.mg : sum), 0n);

function ofFormula({ formula, steps }: BatchRecordFacts): RecordReason[] {
  if (formula === undefined || steps.length === 0) return [];
  const charged = chargedFrom(steps);
  const herbs = new Set([...formula.ingredients.map(({ herb }) => herb), ...charged.map(({ herb }) => herb)]);
  return [...herbs].flatMap((herb) => {
    const wanted = formula.ingredients.filter((one) => one.herb === herb).reduce((sum, { mg }) => sum + mg, 0n);
    const used = sumOf(charged.filter((part) => part.herb === herb));
    if (herb === undefined || used === undefined) return [reason('formula-differs', { herb: herb ?? null, undetermined: true })];
    const off = used > wanted ? used - wanted : wanted - used;
    if (wanted > 0n && within(off, wanted, undefined, formula.tolerancePercent)) return [];
    return [reason('formula-differs', { herb, formulaKg: kgText(wanted), chargedKg: kgText(used) })];
  });
}

function ofLimits({ steps, limits }: BatchRecordFacts, masses: readonly (Masses | undefined)[], whole: Masses | undefined): RecordReason[] {
  return limits.flatMap((limit) => {
    if (limit.step === 'whole') return steps.length === 0 ? [] : outside(limit, whole);
    return steps.flatMap(({ step }, i) => (step === limit.step ? outside(limit, masses[i]) : []));
  });
}

function outside({ step, yieldMin, yieldMax, balanceMin, balanceMax }: StepLimit, masses: Masses | undefined): RecordReason[] {
  if (masses === undefined || masses.whole <= 0n) return [reason('balance-undetermined', { step })];
  const { yieldPercent, balancePercent } = figuresOf(masses);
  const { whole, products, out } = masses;
  return [
    ...(within(products, whole, yieldMin, yieldMax) ? [] : [reason('yield-outside', { step, yieldPercent, yieldMin, yieldMax })]),
    ...(within(out, whole, balanceMin, balanceMax) ? [] : [reason('balance-outside', { step, balancePercent, balanceMin, balanceMax })]),
  ];
}

function ofLabels({ steps, labels }: BatchRecordFacts): RecordReason[] {
  const pieces = leftOver(steps).filter(isProduct).reduce((sum, part) => sum + (part.pieces ?? 0n), 0n);
  const perPack = labels.filter(({ isPerPack }) => isPerPack);
  const unbalanced = labels.filter(({ received, used, spoiled, returned }) => received !== used + spoiled + returned);
  const names = new Set(perPack.map(({ name }) => name));
  const offPacks = [...names].flatMap((name) => {
    const used = perPack.filter((label) => label.name === name).reduce((sum, label) => sum + label.used, 0);
    return BigInt(used) === pieces ? [] : [reason('labels-unbalanced', { name, used, packs: pieces.toString() })];
  });
  return [
    ...(pieces > 0n && perPack.length === 0 ? [reason('labels-missing', { packs: pieces.toString() })] : []),
    ...unbalanced.map(({ name, received, used, spoiled, returned }) => reason('labels-unbalanced', { name, received, used, spoiled, returned })),
    ...offPacks,
  ];
}
