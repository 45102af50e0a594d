import type { EntityManager } from 'typeorm';
import type { Entry, InlineProjection } from '@daodi/log';
import { projectRecords } from './project-records';
import { settle } from './settle';
import { stateLines } from './state-lines';

/** Batches, holdings, genealogy, standing and direct readership, written in the transaction of the append. */
export const traceProjection: InlineProjection = {
  name: 'trace',
  tables: ['reader_direct', 'holding', 'node', 'step_loss', 'line', 'declared', 'public_host', 'alias', 'batch', 'identifier'],
  async apply(tx: EntityManager, entries: readonly Entry[]): Promise<void> {
    const changed = await projectRecords(tx, entries);
    for (const identifier of await stateLines(tx, entries)) changed.add(identifier);
    if (changed.size > 0) await settle(tx, changed);
  },
};
