import { createHash } from 'node:crypto';
import { canonicalJson } from '@daodi/epcis';
import { hashedId } from '../hashed-id';
import type { Finding } from '../rules/finding';

/** The key of a finding: rule and whose share of which batch. The same finding has the same id when it comes back. */
export function findingId({ rule, node, organisation }: Pick<Finding, 'rule' | 'node' | 'organisation'>): string {
  return hashedId('finding', rule, node, organisation);
}

/** A digest of what a finding says: who signs under it signs under these numbers and no others. */
export function evidenceOf({ rule, numbers }: Pick<Finding, 'rule' | 'numbers'>): string {
  // Members without a value are left out, as the database leaves them out.
  const stated = JSON.parse(JSON.stringify({ rule, numbers })) as unknown;
  return createHash('sha256').update(canonicalJson(stated), 'utf8').digest('hex');
}
