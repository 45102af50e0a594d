import { CreateIdentity1790000100000 } from './1790000100000-create-identity';

/** The registry's migrations, in order. */
export const REGISTRY_MIGRATIONS = [CreateIdentity1790000100000];
