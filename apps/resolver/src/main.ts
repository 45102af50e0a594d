import { runRole } from '../../api/src/run-role';
import { RESOLVER_MODULES } from './resolver.modules';

/** The public's door: read-mostly, hot, survives the rest. */
runRole('resolver', RESOLVER_MODULES);
