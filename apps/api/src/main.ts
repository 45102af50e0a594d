import { API_MODULES } from './api.modules';
import { runRole } from './run-role';

/** The doors of organisations. */
runRole('api', API_MODULES);
