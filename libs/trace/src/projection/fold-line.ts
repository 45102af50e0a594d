import type { FoldLine } from '../domain/fold';
import type { LineUnit } from '../domain/line';
import { keyOf, type LineRow } from './rows';

/** A line as the book posts it; nothing where it moves no amount in the batch's unit. */
export function foldLine(line: LineRow, unit: LineUnit | undefined): FoldLine[] {
  if (line.amount === undefined || line.unit === undefined || line.unit !== unit) return [];
  return [{ key: keyOf(line), org: line.org, role: line.role, amount: line.amount, site: line.site, fromSite: line.fromSite, sourceOrg: line.sourceOrg, destOrg: line.destOrg }];
}
