import { createHash } from 'node:crypto';
import { canonicalJson } from '@daodi/epcis';
import type { Finding } from '../rules/finding';

/** The key of a finding: rule and whose share of which batch. The same finding has the same id when it comes back. */
export function findingId({ rule, node, organisation }: Pick<Finding, 'rule' | 'node' | 'organisation'>): string {
  const hex = createHash('sha256').update(['finding', rule, node, organisation].join('\0'), 'utf8').digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** A digest of what a finding says: who signs under it signs under these numbers and no others. */
export function evidenceOf({ rule, numbers }: Pick<Finding, 'rule' | 'numbers'>): string {
  // Members without a value are left out, as the database leaves them out.
  const stated = JSON.parse(JSON.stringify({ rule, numbers })) as unknown;
  return createHash('sha256').update(canonicalJson(stated), 'utf8').digest('hex');
}
