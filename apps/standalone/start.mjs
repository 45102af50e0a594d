/** `npm start`: from a fresh clone to a running product. */
import { prepare, root } from './prepare.mjs';

process.chdir(root);
await prepare((zh, en) => console.log(`… ${zh} / ${en}`));
await import('../../dist/apps/standalone/src/main.js');
