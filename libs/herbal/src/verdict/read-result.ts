import { compare, readNumber, type WrittenNumber, ZERO } from './exact';
import { halfWidth } from './half-width';
import { findUnit } from './units';

/** How a number binds the result: it is it, the result is below or at most it, above or at least it. */
export type Bound = '=' | '<' | '≤' | '>' | '≥';

/** One determination 测定值 as it was written. */
export type Determination =
  | { readonly kind: 'number'; readonly text: string; readonly bound: Bound; readonly number: WrittenNumber }
  /** Somewhere from the first to the second (`4.1~4.3`). */
  | { readonly kind: 'range'; readonly text: string; readonly from: WrittenNumber; readonly to: WrittenNumber }
  /** 未检出, ND: below what the method can do. With the limit of quantification 定量限 where the text states it. */
  | { readonly kind: 'not-detected'; readonly text: string; readonly loq?: WrittenNumber };

/** Why a result says nothing. Each is undetermined, none ever a pass. */
export type Unreadable =
  | 'empty'
  /** No form this kernel knows: a letter for a digit, two points, a sign without a number, 约, ±. */
  | 'unknown-form'
  /** A comma that may part thousands, decimals or determinations, a slash that may be a fraction. */
  | 'ambiguous'
  /** Two determinations in two units, or a unit in the value that is not the one beside it. */
  | 'unit-conflict';

/** A result as a laboratory wrote it, read. */
export type Reading =
  | { readonly kind: 'measured'; readonly determinations: readonly Determination[]; /** As written in the value. */ readonly unit?: string }
  /** A word on the whole: 符合规定, 不符合规定; 未检出 and 检出 of what is sought and not counted come as `measured` and `found`. */
  | { readonly kind: 'word'; readonly complies: boolean }
  /** 检出 or 阳性 without a number: there is some of it. */
  | { readonly kind: 'found' }
  /** Words that end in no verdict: a description. */
  | { readonly kind: 'described' }
  | { readonly kind: 'unreadable'; readonly why: Unreadable };

/**
 * Reads a result as laboratories write it. What could be read in two ways is not read: a comma between whole numbers
 * (`4, 210`), one between a digit and fewer than three (`4,2`), a slash between whole numbers (`1/2`) say nothing.
 *
 * @param value the text, or several determinations of one
 */
export function readResult(value: string | readonly string[]): Reading {
  const texts = typeof value === 'string' ? splitDeterminations(halfWidth(value)) : value.map(halfWidth);
  if (texts === undefined) return unreadable('ambiguous');
  if (texts.length === 0 || texts.every((text) => text === '')) return unreadable('empty');
  const only = texts.length === 1 ? (texts[0] as string) : undefined;
  const said = only === undefined ? undefined : wordOf(only);
  if (said !== undefined) return said;

  const read = texts.map(readDetermination);
  if (read.some((one) => one === undefined)) return only !== undefined && DESCRIPTION.test(only) ? { kind: 'described' } : unreadable('unknown-form');
  const parts = read as Written[];
  const units = [...new Set(parts.flatMap(({ unit }) => (unit === undefined ? [] : [findUnit(unit)?.code ?? unit])))];
  if (units.length > 1) return unreadable('unit-conflict');
  const [unit] = parts.flatMap((part) => (part.unit === undefined ? [] : [part.unit]));
  return { kind: 'measured', determinations: parts.map((part) => part.determination), ...(unit !== undefined && { unit }) };
}

const unreadable = (why: Unreadable): Reading => ({ kind: 'unreadable', why });

/** A description speaks: two words' worth of characters at least, and no digit that might be a result. */
const DESCRIPTION = /^(?=.*[\u3400-\u9fff]{2}|.*[A-Za-z]{3,}\s)[^0-9<>≤≥±~]+$/u;

/** Words by which laboratories conclude. Longest first: 不符合规定 holds 符合规定. */
const FAILS = /不符合规定|不符合要求|不合格|不符合|不符|does not (?:comply|conform)|non-?compliant|fails/giu;
const COMPLIES = /(?:^|[,，;；。:：、])\s*(?:符合规定|符合要求|符合|合格|complies|conforms)[。.]?$/iu;
/** Whatever takes something back of a yes behind it, or may: 除颜色外，符合规定. */
const HEDGES = /除|但|仅|部分|基本|大致|约|疑|不|未|无法|待|否|非|应|partl?y|partial|except|but|not|nearly/iu;
/** Whatever says yes somewhere: beside a no, neither counts. */
const YES = /符合|合格|complies|conforms|comply/iu;

function wordOf(written: string): Reading | undefined {
  const text = written.replace(/(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])/gu, '');
  if (FOUND.has(text.toLowerCase())) return { kind: 'found' };
  const rest = text.replace(FAILS, '');
  if (rest !== text) return YES.test(rest) ? { kind: 'described' } : { kind: 'word', complies: false };
  const tail = text.replace(COMPLIES, '');
  if (tail !== text && !YES.test(tail) && !HEDGES.test(tail)) return { kind: 'word', complies: true };
  return undefined;
}

const FOUND: ReadonlySet<string> = new Set(['检出', '阳性', 'detected', 'positive']);
const NOT_FOUND: ReadonlySet<string> = new Set([
  '未检出', '未检测出', '阴性', 'nd', 'n.d.', 'n.d', 'not detected', 'none detected', '低于定量限', '低于检出限', '小于定量限', '小于检出限',
  '<loq', '<lod', '<定量限', '<检出限', '<mdl',
]);

/** One text into determinations; undefined where it may mean two things. */
function splitDeterminations(text: string): string[] | undefined {
  if (/^[,，;；、/|\s]+$/.test(text)) return [text];
  if (wordOf(text) !== undefined || readDetermination(text) !== undefined) return [text];
  const certain = text.split(/\s*[;；、\n]\s*/);
  if (certain.length > 1) return certain;
  const parts = text.split(/\s*[,，]\s*|\s*\/\s*(?=[<>≤≥]?\s*[-+]?\d)/);
  if (parts.length === 1) return [text];
  // Only with its own point does each part say that the sign between them is neither of thousands nor a fraction bar.
  if (parts.every((part) => /\d\.\d/.test(part) || NOT_FOUND.has(part.toLowerCase()))) return parts;
  return parts.every((part) => readDetermination(part) !== undefined) ? undefined : [text];
}

interface Written {
  readonly determination: Determination;
  readonly unit?: string;
}

const SIGNS: Readonly<Record<string, Bound>> = {
  '<': '<', '小于': '<', '低于': '<', '≤': '≤', '≦': '≤', '<=': '≤', '不大于': '≤', '>': '>', '大于': '>', '高于': '>', '≥': '≥', '≧': '≥', '>=': '≥', '不小于': '≥',
};
const NUMERAL = String.raw`[-+]?\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+|\s*[×x*]\s*10\^[-+]?\d+)?`;
const ONE = new RegExp(String.raw`^(<=|>=|[<>≤≥≦≧]|小于|低于|不大于|大于|高于|不小于)?\s*(${NUMERAL})\s*(.*)$`, 'u');
const RANGE = new RegExp(String.raw`^(${NUMERAL})\s*([^\d\s~–—至-]*)\s*[~–—至-]\s*(${NUMERAL})\s*(.*)$`, 'u');
/** 未检出(<0.01 mg/kg), ND(LOQ: 0.01), 未检出（定量限0.01mg/kg）. A limit of detection 检出限 is not one of quantification. */
const NOT_DETECTED = new RegExp(String.raw`^([^()]+?)\s*\(\s*(?:<|loq|定量限|quantification limit)\s*[:：=为]?\s*(${NUMERAL})\s*([^()]*)\)$`, 'iu');
const NOT_DETECTED_LOD = new RegExp(String.raw`^([^()]+?)\s*\(\s*(?:lod|检出限|mdl)\s*[:：=为]?\s*(${NUMERAL})\s*([^()]*)\)$`, 'iu');

function readDetermination(text: string): Written | undefined {
  if (NOT_FOUND.has(text.toLowerCase())) return { determination: { kind: 'not-detected', text } };
  const bracketed = NOT_DETECTED.exec(text);
  if (bracketed !== null && NOT_FOUND.has((bracketed[1] as string).toLowerCase())) {
    const loq = positive(bracketed[2] as string);
    return loq === undefined ? undefined : withUnit({ kind: 'not-detected', text, loq }, bracketed[3]);
  }
  const detection = NOT_DETECTED_LOD.exec(text);
  if (detection !== null && NOT_FOUND.has((detection[1] as string).toLowerCase())) return withUnit({ kind: 'not-detected', text }, detection[3]);

  const one = ONE.exec(text);
  if (one !== null) {
    const bound = one[1] === undefined ? '=' : (SIGNS[one[1]] as Bound);
    const number = readNumber((one[2] as string).replace(/\s/g, ''));
    const written = number === undefined ? undefined : withUnit({ kind: 'number', text, bound, number }, one[3]);
    // Nothing can be below nothing: `<0` and `<0.00` state no limit at all.
    if (written !== undefined && (bound === '=' || compare((number as WrittenNumber).value, ZERO) > 0)) return written;
  }
  const range = RANGE.exec(text);
  if (range === null) return undefined;
  const [from, to] = [readNumber((range[1] as string).replace(/\s/g, '')), readNumber((range[3] as string).replace(/\s/g, ''))];
  if (from === undefined || to === undefined || compare(from.value, to.value) > 0 || (range[2] !== '' && range[2] !== range[4])) return undefined;
  return withUnit({ kind: 'range', text, from, to }, range[4]);
}

function positive(text: string): WrittenNumber | undefined {
  const number = readNumber(text.replace(/\s/g, ''));
  return number === undefined || compare(number.value, ZERO) <= 0 ? undefined : number;
}

/** What stands behind a number is a unit on record, or the whole is not read. */
function withUnit(determination: Determination, unit: string | undefined): Written | undefined {
  if (unit === undefined || unit.trim() === '') return { determination };
  return findUnit(unit) === undefined ? undefined : { determination, unit: unit.trim() };
}
