/** `npm run --silent daodi -- COMMAND`: prepares quietly, so that standard output holds the result and nothing else. */
import { prepare, root } from '../standalone/prepare.mjs';

process.chdir(process.env.INIT_CWD ?? process.cwd());
await prepare(() => undefined);
const { main } = await import('../../dist/apps/cli/src/main.js');
await main(process.argv.slice(2), root);
