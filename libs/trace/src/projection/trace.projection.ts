import type { EntityManager } from 'typeorm';
import type { Entry, InlineProjection } from '@daodi/log';
import { inheritIdentity } from './inherit-identity';
import { projectRecords } from './project-records';
import { settle } from './settle';
import { stateLines } from './state-lines';

/** Batches, holdings, genealogy, standing and direct readership, written in the transaction of the append. */
export const traceProjection: InlineProjection = makeTraceProjection();

/** @param stateFrom from how many lines on a family keeps a state; tests set it low, so that every path is walked */
export function makeTraceProjection(stateFrom?: number): InlineProjection {
  return {
    name: 'trace',
    tables: [
      'reader_direct', 'holding', 'node', 'family_state', 'step_loss', 'booked_difference', 'weighed', 'line', 'declared', 'public_host', 'alias', 'batch', 'identifier',
    ],
    async apply(tx: EntityManager, entries: readonly Entry[]): Promise<void> {
      const owned = await projectRecords(tx, entries);
      const { anew, added, pending } = await stateLines(tx, entries);
      for (const identifier of owned) anew.add(identifier);
      const settled = anew.size > 0 || added.size > 0 ? await settle(tx, { anew, added, pending }, stateFrom) : new Set<string>();
      await pending.write(tx);
      await inheritIdentity(tx, settled);
    },
  };
}
