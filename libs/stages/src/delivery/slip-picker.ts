import { randomUUID } from 'node:crypto';
import { type Draft, findPicker, isPickerIdTaken, keepPickerName, newPicker, type NewPickerDto } from '@daodi/registry';
import type { EntityManager } from 'typeorm';
import type { Work } from '../form/work';
import type { SlipDto } from './slip.dto';

/** The picker of a slip, and what has to be written where nobody had registered them. */
export interface SlipPicker {
  readonly id?: string;
  readonly drafts: readonly Draft[];
  /** Keeps the name, in the same transaction. */
  keep(tx: EntityManager): Promise<void>;
}

/** Finds the picker a slip names, or makes the one it brings; faults are noted with the work. */
export async function pickerOf(work: Work, { picker, newPicker: brought }: Pick<SlipDto, 'picker' | 'newPicker'>): Promise<SlipPicker> {
  const { organisationId } = work.caller;
  const none: SlipPicker = { drafts: [], keep: async () => undefined };
  if ((picker === undefined) === (brought === undefined)) {
    work.fault('/picker', 'one-picker', '请填写已登记的交售人（picker）或新交售人（newPicker）之一', 'name either a picker that is registered, or a new one');
    return none;
  }
  const id = (picker ?? brought?.id)?.toLowerCase();
  const known = id === undefined ? undefined : await findPicker(work.tx, organisationId, id);
  if (known !== undefined && known.status !== 'erased') return { ...none, id };
  if (brought === undefined || known !== undefined) {
    work.fault('/picker', 'unknown-picker', '没有这个交售人，或其已被删除', 'there is no such picker of your organisation, or it was erased');
    return none;
  }
  if (id !== undefined && (await isPickerIdTaken(work.tx, id))) {
    work.fault('/newPicker/id', 'id-used', '该编号已使用', 'this id is in use');
    return none;
  }
  return made(organisationId, id ?? randomUUID(), brought);
}

const made = (organisationId: string, id: string, brought: NewPickerDto): SlipPicker => ({
  id, drafts: [newPicker(id, brought)], keep: (tx) => keepPickerName(tx, organisationId, id, brought),
});
