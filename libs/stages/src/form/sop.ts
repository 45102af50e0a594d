import { findSop } from '@daodi/registry';
import type { Work } from './work';

/** The version of an SOP as an event names it; notes a fault where it is none of the caller's. */
export async function sopOf(work: Work, id: string | undefined): Promise<object | undefined> {
  if (id === undefined) return undefined;
  const sop = await findSop(work.tx, work.caller, id);
  if (sop !== undefined) return { id: id.toLowerCase(), code: sop['code'], version: sop['version'] };
  work.fault('/sop', 'unknown-sop', '没有这个规程版本', 'there is no such version of an SOP');
  return undefined;
}
