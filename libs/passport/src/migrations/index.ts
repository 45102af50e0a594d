import { IndexPublicNames1790000700000 } from './1790000700000-index-public-names';

/** Passport's migrations, in order. */
export const PASSPORT_MIGRATIONS = [IndexPublicNames1790000700000];
