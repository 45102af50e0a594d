/**
 * `npm test`: installs what is missing, checks the types, then runs every test that needs no extra server. The last
 * line is the tally. With arguments only the tests they choose are run: `npm test -- libs/gs1`.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root } from '../apps/standalone/prepare.mjs';

const chosen = process.argv.slice(2);
// Tests run from source; some start the product, which runs from the build.
await prepare((zh, en) => console.log(`… ${zh} / ${en}`));

const node = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: process.env });
if (chosen.length === 0) {
  console.log('… 检查类型 / Checking types');
  const isTyped = node(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--noEmit').status === 0;
  process.env.DAODI_TYPES = isTyped ? 'passed' : 'failed';
}
const jest = node(join(root, 'node_modules', 'jest', 'bin', 'jest.js'), ...chosen, '--reporters=default', '--reporters=<rootDir>/test/tally-reporter.cjs');
process.exit(jest.status ?? 130);
