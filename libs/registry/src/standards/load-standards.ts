import type { EntityManager } from 'typeorm';
import type { Confirmation } from './confirmation-state';
import { type JudgedGoods, type StandardBinding, type StandardsOnDay, type StandardsOnRecord, type StandardVersion, standardsOn } from './standards-on';

type Db = Pick<EntityManager, 'query'>;

/** Which standards an organisation may read: those of the library, those others share, its own. @param at number of the parameter with its id */
export const READABLE_STANDARD = (at: number): string => `(s.is_platform OR s.is_shared OR s.organisation_id = $${at})`;

/** A version as its record has it. */
export function versionOf(row: { readonly id: string; readonly organisation_id: string; readonly status: string; readonly state: object }): StandardVersion {
  return { ...(row.state as StandardVersion), id: row.id, organisationId: row.organisation_id, withdrawn: row.status === 'ended' };
}

/**
 * Everything on record that decides which standards bind each of some organisations, in three questions however many
 * they are.
 *
 * @param herbs codes of the herbs wanted, with standards of no one herb beside them; all without it
 */
export async function loadStandards(db: Db, organisations: readonly string[], herbs?: readonly string[]): Promise<ReadonlyMap<string, StandardsOnRecord>> {
  const regions: { id: string; region: string }[] = await db.query('SELECT id, region FROM organisation WHERE id = ANY($1::uuid[])', [organisations]);
  const versions: (Parameters<typeof versionOf>[0] & { is_platform: boolean; is_shared: boolean })[] = await db.query(
    `SELECT id, organisation_id, status, is_platform, is_shared, state FROM standard
      WHERE (is_platform OR is_shared OR organisation_id = ANY($1::uuid[])) AND ($2::text[] IS NULL OR herb IS NULL OR herb = ANY($2)) ORDER BY since_position`,
    [organisations, herbs ?? null],
  );
  const bindings: { id: string; organisation_id: string; status: string; state: object }[] = await db.query(
    'SELECT id, organisation_id, status, state FROM standard_binding WHERE organisation_id = ANY($1::uuid[]) ORDER BY since_position',
    [organisations],
  );
  const confirmations: ConfirmationRow[] = await db.query(
    `SELECT id, organisation_id, status, version_id, person_id, state FROM standard_confirmation
      WHERE organisation_id = ANY($1::uuid[]) AND version_id = ANY($2::uuid[]) ORDER BY since_position`,
    [organisations, versions.map(({ id }) => id)],
  );
  return new Map(regions.map(({ id: organisationId, region }) => [organisationId, {
    organisationId,
    region,
    versions: versions.filter((row) => row.is_platform || row.is_shared || row.organisation_id === organisationId).map(versionOf),
    bindings: bindings.filter((row) => row.organisation_id === organisationId).map(({ id, status, state }) => ({ ...(state as StandardBinding), id, ended: status === 'ended' })),
    confirmations: byVersion(confirmations.filter((row) => row.organisation_id === organisationId)),
  }]));
}

/**
 * Which standards bind goods of an organisation on a day, with how each of their limits stands for it. To judge many,
 * load once ({@link loadStandards}) and ask `standardsOn` for each.
 *
 * @param day as `judgedOn` tells
 */
export async function standardsFor(db: Db, organisationId: string, goods: JudgedGoods, day: string): Promise<StandardsOnDay> {
  const record = (await loadStandards(db, [organisationId], goods.herb === undefined ? undefined : [goods.herb])).get(organisationId);
  return record === undefined ? { day, standards: [], lacksStatutory: true } : standardsOn(record, goods, day);
}

/** A confirmation as it is stored. */
export interface ConfirmationRow {
  readonly id: string;
  readonly organisation_id: string;
  readonly status: string;
  readonly version_id: string;
  readonly person_id: string;
  readonly state: object;
}

/** Confirmations by the version they are of. */
export function byVersion(rows: readonly ConfirmationRow[]): ReadonlyMap<string, readonly Confirmation[]> {
  const found = new Map<string, Confirmation[]>();
  for (const { id, status, version_id, person_id, state } of rows) {
    const { page, readings, complete } = state as Confirmation;
    found.set(version_id, [...(found.get(version_id) ?? []), { id, personId: person_id, page, readings, ...(complete !== undefined && { complete }), withdrawn: status === 'ended' }]);
  }
  return found;
}
