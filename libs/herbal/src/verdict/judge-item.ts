import { compare, dividedBy, type Exact, exact, minus, readNumber, roundHalfEven, shown, writtenOut, ZERO } from './exact';
import { halfWidth } from './half-width';
import { asCoarseAsWritten, inUnit, isPoint, meanOf, type Measure, measureOf, onBasis, relativeDeviation, sumOf } from './measure';
import { type LimitEnd, type ReadLimit, readLimit } from './read-limit';
import { type Reading, readResult } from './read-result';
import type { VerdictReason } from './reasons';
import { converted, findUnit, type Unit } from './units';
import type { DemandedItem, NumbersUsed, ReportedItem } from './verdict';

/** What an item comes to by its numbers or words, before anybody asks whether the limit is confirmed. */
export interface Judgement {
  readonly reason: VerdictReason;
  readonly numbers?: NumbersUsed;
}

type Numeric = Extract<ReadLimit, { kind: 'numeric' }>;

/** Decimals shown beyond those of the limit, where a mean or a converted number does not end earlier. */
const MORE_DECIMALS = 4;
const LONGEST_DECIMALS = 12;

/**
 * Judges what a report says of one item of a standard.
 *
 * The mean is taken first, brought into the unit and onto the basis of the limit, and then rounded once, to the decimals
 * of the limit, half to even; the rounded number is compared (修约值比较法; so the templates of laboratories judge that the
 * limits were read in). Everything that is not a plain number is compared by its ends, unrounded.
 *
 * @param lines one line, or one for each analyte of a sum
 * @param moisture water of the same sample with its unit, as the report states it
 */
export function judgeLines(demand: DemandedItem, lines: readonly ReportedItem[], moisture: string | undefined): Judgement {
  const limit = readLimit(demand.limitText, demand.direction, demand.unit);
  const readings = lines.map((line) => readResult(line.value));
  const judged = judgement(demand, limit, lines, readings, moisture);
  if (readings.some((reading) => reading.kind === 'word' && !reading.complies)) return { ...judged, reason: 'laboratory-found-otherwise' };
  return isPass(judged.reason) && lines.some(({ stated }) => stated === 'fail' || stated === 'undetermined') ? { ...judged, reason: 'laboratory-disagrees' } : judged;
}

const isPass = (reason: VerdictReason): boolean => reason === 'within-limit' || reason === 'laboratory-found-compliant' || reason === 'sought-and-not-found';

function judgement(demand: DemandedItem, limit: ReadLimit, lines: readonly ReportedItem[], readings: readonly Reading[], moisture: string | undefined): Judgement {
  switch (limit.kind) {
    case 'unreadable':
      return { reason: 'limit-unreadable' };
    case 'no-loq':
      return { reason: readings.some(({ kind }) => kind === 'found') ? 'sought-and-found' : 'limit-without-loq' };
    case 'words':
      return { reason: inWords(readings, limit.absent) };
    case 'numeric': {
      const parts = lines.map((line, i) => measuredLine(line, readings[i] as Reading, limit, demand, moisture));
      const numbers = numbersOf(demand, limit, lines, parts);
      const missed = parts.find((part): part is Missed => 'because' in part);
      if (missed !== undefined) return { reason: demand.direction === 'not-detected' && readings.some(({ kind }) => kind === 'found') ? 'sought-and-found' : missed.because, numbers };
      const total = (parts as Taken[]).map(({ measure }) => measure).reduce(sumOf);
      return { reason: compared(total, limit), numbers: { ...numbers, ...comparedNumbers(total, limit) } };
    }
  }
}

/** The laboratory's word, or what it sought and did not find. Several lines never make one word. */
function inWords(readings: readonly Reading[], isAbsence: boolean): VerdictReason {
  const [reading, more] = readings;
  if (reading === undefined || more !== undefined) return 'value-unreadable';
  switch (reading.kind) {
    case 'word':
      return reading.complies ? 'laboratory-found-compliant' : 'laboratory-found-otherwise';
    case 'found':
      return isAbsence ? 'sought-and-found' : 'described-only';
    case 'described':
      return 'described-only';
    case 'unreadable':
      return reading.why === 'unit-conflict' ? 'unit-conflict' : 'value-unreadable';
    case 'measured': {
      const isNowhere = reading.determinations.every(({ kind, text }) => kind === 'not-detected' && !NEEDS_NUMBER.test(text));
      return isAbsence && isNowhere ? 'sought-and-not-found' : 'number-for-words';
    }
  }
}

/** Words of measuring: who sought a germ does not say that it is below a limit of quantification. */
const NEEDS_NUMBER = /[<\d限]|lo[qd]|mdl/i;

interface Missed {
  readonly because: VerdictReason;
  readonly reading: Reading;
  readonly unit?: Unit;
  readonly moisture?: string;
}
interface Taken {
  readonly measure: Measure;
  readonly reading: Reading;
  readonly unit: Unit;
  /** In the unit of the result. */
  readonly mean: Measure;
  readonly moisture?: string;
}

/** One line as what it leaves open, in the unit and on the basis of the limit. */
function measuredLine(line: ReportedItem, reading: Reading, limit: Numeric, demand: DemandedItem, moisture: string | undefined): Missed | Taken {
  const missed = (because: VerdictReason, unit?: Unit): Missed => ({ because, reading, unit });
  switch (reading.kind) {
    case 'unreadable':
      return missed(reading.why === 'unit-conflict' ? 'unit-conflict' : 'value-unreadable');
    case 'word':
    case 'found':
    case 'described':
      return missed('no-number');
    case 'measured':
      break;
  }
  const unit = unitOf(line.unit, reading.unit, limit.unit);
  if (typeof unit === 'string') return missed(unit);
  const loq = loqIn(line.loq, unit);
  const determinations = reading.determinations.map((one) => measureOf(one, unit, loq));
  const measures: Measure[] = [];
  for (const one of determinations) {
    if ('because' in one) return missed(one.because, unit);
    measures.push(one.measure);
  }
  const mean = meanOf(measures as [Measure, ...Measure[]]);
  const moved = inUnit(mean, unit, limit.unit);
  if (moved === undefined) return missed('unit-incompatible', unit);
  const usesMoisture = demand.basis !== undefined && line.basis !== demand.basis;
  const based = onBasis(asCoarseAsWritten(moved, decimalsOf(limit)), line.basis, demand.basis, dryPartOf(moisture));
  if ('because' in based) return missed(based.because, unit);
  return { measure: based.measure, reading, unit, mean, ...(usesMoisture && moisture !== undefined && { moisture }) };
}

/** The unit of a result: beside it or within it, never two. A limit without dimension (pH) needs none. */
function unitOf(beside: string | undefined, within: string | undefined, limit: Unit): Unit | VerdictReason {
  const named = [beside, within].flatMap((text) => (text === undefined || text.trim() === '' ? [] : [findUnit(text)]));
  if (named.length === 0) return limit.dimension === 'plain' ? limit : 'unit-missing';
  const [first, second] = named;
  if (first === undefined || (named.length > 1 && second === undefined)) return 'unit-unknown';
  return second !== undefined && second.code !== first.code ? 'unit-conflict' : first;
}

/** The limit of quantification in the unit of the result; undefined where none is stated that can be read. */
function loqIn(text: string | undefined, unit: Unit): Exact | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const [, digits = '', behind = ''] = /^([\d.,]+)\s*(.*)$/.exec(halfWidth(text)) ?? [];
  const [number, own] = [readNumber(digits), behind === '' ? unit : findUnit(behind)];
  if (number === undefined || own === undefined || own.dimension !== unit.dimension || compare(number.value, ZERO) <= 0) return undefined;
  return converted(number.value, own, unit);
}

/** 1−w of a stated moisture. A moisture that is no plain number from 0 to below 100 % is not usable. */
function dryPartOf(moisture: string | undefined): Exact | undefined {
  const reading = moisture === undefined ? undefined : readResult(moisture);
  if (reading?.kind !== 'measured' || reading.unit === undefined || findUnit(reading.unit)?.code !== '%') return undefined;
  const measures: Measure[] = [];
  for (const one of reading.determinations) {
    if (one.kind !== 'number' || one.bound !== '=') return undefined;
    measures.push({ least: one.number.value, most: one.number.value, half: ZERO });
  }
  const water = meanOf(measures as [Measure, ...Measure[]]).least as Exact;
  if (compare(water, ZERO) < 0 || compare(water, exact(100n)) >= 0) return undefined;
  return minus(exact(1n), dividedBy(water, exact(100n)));
}

/** Whether a measure lies within a limit: all of it, none of it, or nobody can say. */
function compared(measure: Measure, limit: Numeric): VerdictReason {
  const [most, least] = [atMost(measure, limit.most), atLeast(measure, limit.least)];
  if (most === 'outside' || least === 'outside') return 'outside-limit';
  if (most === 'inside' && least === 'inside') return 'within-limit';
  switch (measure.because) {
    case 'not-detected':
      return 'loq-above-limit';
    case 'coarse':
      return 'too-coarse';
    case 'basis':
      return 'basis-unknown';
    default:
      return 'bound-too-wide';
  }
}

type Side = 'inside' | 'outside' | 'open';

function atMost(measure: Measure, end: LimitEnd | undefined): Side {
  if (end === undefined) return 'inside';
  const allows = (value: Exact): boolean => (end.isStrict ? compare(value, end.value) < 0 : compare(value, end.value) <= 0);
  if (isPoint(measure)) return allows(roundedTo(measure.least as Exact, end)) ? 'inside' : 'outside';
  // `<0.02` is below 0.02, so it is within a limit that 0.02 itself would break.
  const isInside = measure.most !== undefined && (allows(measure.most) || (measure.isBelowMost === true && compare(measure.most, end.value) === 0));
  if (isInside) return 'inside';
  return measure.least !== undefined && !allows(roundedTo(measure.least, end)) && compare(measure.least, end.value) > 0 ? 'outside' : 'open';
}

function atLeast(measure: Measure, end: LimitEnd | undefined): Side {
  if (end === undefined) return 'inside';
  const allows = (value: Exact): boolean => (end.isStrict ? compare(value, end.value) > 0 : compare(value, end.value) >= 0);
  if (isPoint(measure)) return allows(roundedTo(measure.least as Exact, end)) ? 'inside' : 'outside';
  if (measure.least !== undefined && (allows(measure.least) || (measure.isAboveLeast === true && compare(measure.least, end.value) === 0))) return 'inside';
  return measure.most !== undefined && !allows(roundedTo(measure.most, end)) && compare(measure.most, end.value) < 0 ? 'outside' : 'open';
}

const roundedTo = (value: Exact, { decimals }: LimitEnd): Exact => exact(roundHalfEven(value, decimals), 10n ** BigInt(decimals));
const decimalsOf = ({ least, most }: Numeric): number => Math.max(least?.decimals ?? 0, most?.decimals ?? 0);

function numbersOf(demand: DemandedItem, limit: Numeric, lines: readonly ReportedItem[], parts: readonly (Missed | Taken)[]): NumbersUsed {
  const [only, more] = parts;
  const single = more === undefined ? only : undefined;
  const determinations = single?.reading.kind === 'measured' ? single.reading.determinations : [];
  const deviation = relativeDeviation(determinations);
  const decimals = Math.min(decimalsOf(limit) + MORE_DECIMALS, LONGEST_DECIMALS);
  const moisture = parts.flatMap((part) => (part.moisture === undefined ? [] : [part.moisture]))[0];
  return {
    read: lines.flatMap(({ value }) => value),
    ...(single?.unit !== undefined && { unit: single.unit.code }),
    ...(single !== undefined && 'mean' in single && determinations.length > 1 && { mean: inShort(single.mean, decimals) }),
    ...(deviation !== undefined && { relativeDeviation: deviation }),
    ...(moisture !== undefined && { moisture }),
    limit: demand.limitText, limitUnit: limit.unit.code, decimals: decimalsOf(limit),
  };
}

function comparedNumbers(measure: Measure, limit: Numeric): Pick<NumbersUsed, 'converted' | 'rounded'> {
  const decimals = decimalsOf(limit);
  return {
    converted: inShort(measure, Math.min(decimals + MORE_DECIMALS, LONGEST_DECIMALS)),
    ...(isPoint(measure) && { rounded: writtenOut(roundHalfEven(measure.least as Exact, decimals), decimals) }),
  };
}

function inShort(measure: Measure, decimals: number): string {
  if (isPoint(measure)) return shown(measure.least as Exact, decimals);
  return `${measure.least === undefined ? '' : shown(measure.least, decimals)}~${measure.most === undefined ? '' : shown(measure.most, decimals)}`;
}
