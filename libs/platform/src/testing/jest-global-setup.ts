import { openTestRun, type TestRun } from './test-server';

type Holder = typeof globalThis & { daodiTestRun?: TestRun };

/** Before all suites: opens the run. The server itself starts only if a suite wants it. */
export default function setup(): void {
  (globalThis as Holder).daodiTestRun = openTestRun();
}
