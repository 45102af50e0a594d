import { CreateTrace1790000300000 } from './1790000300000-create-trace';
import { CreateMeasures1792000400100 } from './1792000400100-create-measures';
import { AddIntakesAndReturns1792000000000 } from './1792000000000-add-intakes-and-returns';
import { IndexAgreedDifferences1792000400200 } from './1792000400200-index-agreed-differences';
import { IndexBatchesByProduct1794000300005 } from './1794000300005-index-batches-by-product';
import { IndexInputsBySite1794000300000 } from './1794000300000-index-inputs-by-site';
import { AddLineFromSite1792000500000 } from './1792000500000-add-line-from-site';
import { CreateRecount1794000170000 } from './1794000170000-create-recount';

/** Trace's migrations, in order. */
export const TRACE_MIGRATIONS = [CreateTrace1790000300000, AddIntakesAndReturns1792000000000, CreateMeasures1792000400100, IndexAgreedDifferences1792000400200, AddLineFromSite1792000500000, IndexInputsBySite1794000300000, IndexBatchesByProduct1794000300005, CreateRecount1794000170000];
