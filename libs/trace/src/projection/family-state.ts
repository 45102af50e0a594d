import type { EntityManager } from 'typeorm';
import type { BookState } from '../domain/fold';
import type { IdentifierKind, LineUnit } from '../domain/line';

/**
 * What is known of a family of many lines after its last one, so that a further line costs what one line costs. It
 * says nothing that the lines do not say; without it the family is judged from its first line.
 */
export interface FamilyState {
  /** Sorts after every line of the family. */
  readonly lastOrder: string;
  /** Organisations that said anything of it, and those that made it. */
  readonly orgs: readonly string[];
  readonly makers: readonly string[];
  readonly node: string;
  readonly scope: string;
  readonly owner?: string;
  readonly kind: IdentifierKind;
  readonly unit?: LineUnit;
  /** True where a line by which it came to be decided the unit; else the first measured line did. */
  readonly isMeasuredByMake: boolean;
  readonly mixed: boolean;
  readonly unmeasured: boolean;
  readonly holders: Readonly<Record<string, string>>;
  readonly book: BookState;
}

/** The states of these families, of those that have one. */
export async function readStates(tx: EntityManager, identifiers: readonly string[]): Promise<Map<string, FamilyState>> {
  if (identifiers.length === 0) return new Map();
  const rows: { identifier: string; state: FamilyState }[] = await tx.query(
    'SELECT identifier, state FROM family_state WHERE identifier = ANY($1::uuid[])',
    [identifiers],
  );
  return new Map(rows.map(({ identifier, state }) => [identifier, state]));
}

/** Writes states, and forgets those of families judged anew that have none. */
export async function writeStates(tx: EntityManager, states: ReadonlyMap<string, FamilyState | undefined>): Promise<void> {
  const gone = [...states].filter(([, state]) => state === undefined).map(([id]) => id);
  const kept = [...states].filter((row): row is [string, FamilyState] => row[1] !== undefined);
  if (gone.length > 0) await tx.query('DELETE FROM family_state WHERE identifier = ANY($1::uuid[])', [gone]);
  if (kept.length === 0) return;
  await tx.query(
    `INSERT INTO family_state (identifier, state) SELECT * FROM unnest($1::uuid[], $2::jsonb[])
     ON CONFLICT (identifier) DO UPDATE SET state = EXCLUDED.state`,
    [kept.map(([id]) => id), kept.map(([, state]) => JSON.stringify(state))],
  );
}
