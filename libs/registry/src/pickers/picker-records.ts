import type { EntityManager } from 'typeorm';
import { uuidOf } from '../acts/act-headers';
import { type Draft, record } from '../acts/draft';
import type { PickerKind } from './picker.dto';

/** A picker as its records say it. A name never stands here. */
export interface Picker extends Record<string, unknown> {
  readonly kind: PickerKind;
  readonly village?: string;
  readonly status: 'active' | 'ended' | 'erased';
}

/** A picker of an organisation by id; another's looks like none. */
export async function findPicker(db: Pick<EntityManager, 'query'>, organisationId: string, id: string): Promise<Picker | undefined> {
  const uuid = uuidOf(id);
  if (uuid === undefined) return undefined;
  const [row] = await db.query('SELECT state FROM picker WHERE id = $1 AND organisation_id = $2', [uuid, organisationId]);
  return row?.state;
}

/** Whether anybody has a picker under that id. */
export async function isPickerIdTaken(db: Pick<EntityManager, 'query'>, id: string): Promise<boolean> {
  const [row] = await db.query('SELECT FROM picker WHERE id = $1', [id]);
  return row !== undefined;
}

/** The record of a new picker; its name goes to {@link keepPickerName}. */
export const newPicker = (id: string, { kind, village }: { readonly kind: PickerKind; readonly village?: string }): Draft =>
  record('picker', id, 'created', { new: { kind, village, status: 'active' } satisfies Picker });
