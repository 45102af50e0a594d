/** `npm run --silent daodi -- COMMAND`: prepares quietly, so that standard output holds the result and nothing else. */
import { join } from 'node:path';
import { prepare, root } from '../standalone/prepare.mjs';

// Files are named from where the caller stands; the data lies where `npm start` keeps it.
process.chdir(process.env.INIT_CWD ?? process.cwd());
process.env.DAODI_DATA ||= join(root, '.daodi');
await prepare(() => undefined);
const { main } = await import('../../dist/apps/cli/src/main.js');
await main(process.argv.slice(2));
