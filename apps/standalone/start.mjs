/**
 * `npm start`: from a fresh clone to a running product. With a role behind it (`api`, `worker`, `resolver`), one
 * process of a larger deployment instead: same code, other command.
 */
import { prepare, root } from './prepare.mjs';

const ROLES = ['standalone', 'api', 'worker', 'resolver'];
const role = process.argv[2] ?? 'standalone';
if (!ROLES.includes(role)) {
  process.stderr.write(`npm start [${ROLES.slice(1).join('|')}]\n`);
  process.exit(2);
}

process.chdir(root);
await prepare((zh, en) => console.log(`… ${zh} / ${en}`));
await import(`../../dist/apps/${role}/src/main.js`);
