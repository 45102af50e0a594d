import { canonicalJson } from '@daodi/epcis';
import { record } from '@daodi/registry';
import { batchCode, type BatchFacts, readBatchCode } from '@daodi/trace';
import { codeUri, type Facts, findFacts } from './things';
import { type Steps, withoutAbsent, type Work } from './work';

/** Something that comes to be in a form and gets one of our codes. */
export interface Made {
  readonly kind: BatchFacts['kind'];
  /** What its issuer says it is; see `BatchFacts`. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** A code that was issued before, for use without network. */
  readonly code?: string;
  readonly pointer: Steps;
}

/** A code and its URI. */
export interface Issued {
  readonly code: string;
  readonly uri: string;
}

const RANDOM_BYTES = 10;
const usedCodes = new WeakMap<Work, string[]>();

/**
 * Gives what is made its code: the one typed if it was reserved, the one the replaced event gave it, else a fresh
 * one. Adds the record that says so, unless that would repeat what is on record.
 */
export async function issue(work: Work, made: Made): Promise<Issued> {
  const used = usedCodes.get(work) ?? [];
  usedCodes.set(work, used);
  const reserved = await findReserved(work, made, used);
  const kept = reserved ?? (await findKept(work, made, used));
  const code = kept?.code ?? (await freshCode(work));
  used.push(code);
  const uri = kept?.uri ?? codeUri(work, code);
  const now = withoutAbsent({ code, uri, kind: made.kind, ...made.facts });
  if (kept === undefined) work.records.push(record('batch', code, 'created', { new: now }));
  else if (canonicalJson(kept.attributes) !== canonicalJson(now)) work.records.push(record('batch', code, 'changed', { old: kept.attributes, new: now }));
  return { code, uri };
}

/** A code nobody has. */
export async function freshCode(work: Pick<Work, 'tx' | 'means'>): Promise<string> {
  const code = batchCode(work.means.random(RANDOM_BYTES));
  const [taken] = await work.tx.query('SELECT FROM batch WHERE code = $1', [code]);
  return taken === undefined ? code : freshCode(work);
}

/** The reserved code that was typed; notes a fault where it is none, or somebody else's, or used already. */
async function findReserved(work: Work, { code: typed, kind, pointer }: Made, used: readonly string[]): Promise<Facts | undefined> {
  if (typed === undefined) return undefined;
  const code = readBatchCode(typed);
  const facts = code === undefined ? undefined : (await findFacts(work, [code])).get(code);
  if (facts === undefined || facts.organisationId !== work.caller.organisationId) {
    work.fault(pointer, 'unknown-code', '这不是预先发给本组织的编码', 'this is no code that was issued to your organisation before');
    return undefined;
  }
  const isFree = facts.attributes['state'] === 'reserved' || work.replaced?.codes.includes(facts.code) === true;
  if (!isFree || used.includes(facts.code)) {
    work.fault(pointer, 'code-used', '该编码已使用', 'this code has been used already');
  } else if (facts.kind !== kind) {
    work.fault(pointer, 'code-kind', `该编码预留给另一类用途（${facts.kind}）`, `this code was reserved for another kind of thing (${facts.kind})`);
  }
  return facts;
}

/** The code that the replaced event gave to what stands at this place: material keeps its code through a correction. */
async function findKept(work: Work, { kind }: Made, used: readonly string[]): Promise<Facts | undefined> {
  const free = work.replaced?.codes.filter((code) => !used.includes(code)) ?? [];
  const facts = await findFacts(work, free);
  const code = free.find((candidate) => facts.get(candidate)?.kind === kind);
  return code === undefined ? undefined : facts.get(code);
}

