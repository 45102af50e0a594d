import { CreateLabel1791000210000 } from './1791000210000-create-label';

/** Label's migrations, in order. */
export const LABEL_MIGRATIONS = [CreateLabel1791000210000];
