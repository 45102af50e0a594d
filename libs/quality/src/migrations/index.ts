import { CreateQuality1790000400000 } from './1790000400000-create-quality';
import { CreateDeliveries1794000130000 } from './1794000130000-create-deliveries';
import { CreateDock1793000930000 } from './1793000930000-create-dock';
import { AddEvidence1794000100000 } from './1794000100000-add-evidence';
import { CreateExplanations1794000120000 } from './1794000120000-create-explanations';
import { CreateProduction1793000900000 } from './1793000900000-create-production';
import { IndexSamplesOfReports1794000140000 } from './1794000140000-index-samples-of-reports';

/** Quality's migrations, in order. */
export const QUALITY_MIGRATIONS = [CreateQuality1790000400000, CreateProduction1793000900000, CreateDock1793000930000, AddEvidence1794000100000, CreateExplanations1794000120000, CreateDeliveries1794000130000, IndexSamplesOfReports1794000140000];
