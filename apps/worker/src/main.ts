import { runRole } from '../../api/src/run-role';
import { WORKER_MODULES } from './worker.modules';

/** Followers and jobs; serves health only. */
runRole('worker', WORKER_MODULES);
