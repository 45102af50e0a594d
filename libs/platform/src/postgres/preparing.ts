import type { EntityManager } from 'typeorm';
import { SteadyClient } from './steady-client';

/**
 * Does work whose statements come again and again: each is parsed and planned once a connection, then only run. A plan
 * made for all parameters may be a worse one for some, so this is for statements that are alike each time.
 */
export async function preparing<T>(tx: EntityManager, work: () => Promise<T>): Promise<T> {
  const connection: unknown = await tx.queryRunner?.connect();
  if (!(connection instanceof SteadyClient)) return work();
  connection.isPreparing = true;
  try {
    return await work();
  } finally {
    connection.isPreparing = false;
  }
}
