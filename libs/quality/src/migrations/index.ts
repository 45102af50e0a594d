import { CreateQuality1790000400000 } from './1790000400000-create-quality';

/** Quality's migrations, in order. */
export const QUALITY_MIGRATIONS = [CreateQuality1790000400000];
