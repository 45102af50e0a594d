import { type Accreditation, type Coverage, coverageOf } from '@daodi/herbal';
import type { EntityManager } from 'typeorm';
import type { ReportState } from './report-state';

type Db = Pick<EntityManager, 'query'>;

/** An accreditation on record, with whose word it is. */
export interface OnRecord {
  readonly id: string;
  readonly laboratory: string;
  readonly by: string;
  readonly covers: Accreditation;
}

/** What is on record of these laboratories, by whomever. */
export async function accreditationsOf(db: Db, laboratories: readonly string[]): Promise<OnRecord[]> {
  if (laboratories.length === 0) return [];
  return db.query(
    `SELECT id, laboratory_id AS laboratory, organisation_id AS by, covers FROM accreditation WHERE laboratory_id = ANY($1::uuid[]) AND status = 'active' ORDER BY since_position, id`, [[...new Set(laboratories)]]);
}

/** What counts for an organisation of a laboratory: the laboratory's own word, and what it put down itself. */
export const countingFor = (all: readonly OnRecord[], laboratory: string, organisation: string): OnRecord[] =>
  all.filter((one) => one.laboratory === laboratory && (one.by === laboratory || one.by === organisation));

/** How each item of a report stands under a scheme. Nothing of it changes a verdict. */
export function coverages({ items, standard, issuedOn = '', approver }: Pick<ReportState, 'items' | 'standard' | 'issuedOn' | 'approver'>, scheme: string, known: readonly OnRecord[]): Coverage[] {
  return items.map(({ test, analyte }) => coverageOf({ test, ...(analyte !== undefined && { analyte }), standard, on: issuedOn, ...(approver !== undefined && { approver }) }, scheme, known.map(({ covers }) => covers)));
}
