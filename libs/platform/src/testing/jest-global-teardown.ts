import type { TestRun } from './test-server';

type Holder = typeof globalThis & { daodiTestRun?: TestRun };

/** After all suites: nothing of the run is left behind. */
export default async function teardown(): Promise<void> {
  await (globalThis as Holder).daodiTestRun?.close();
}
