import { CaptureModule } from '@daodi/capture';
import { LabelModule } from '@daodi/label';
import { NotifyModule } from '@daodi/notify';
import { OperatorModule } from '@daodi/operator';
import { PapersModule } from '@daodi/papers';
import { QualityModule } from '@daodi/quality';
import { QueryModule } from '@daodi/query';
import { readHerbCatalogue, readReferenceLimits, RegistryModule } from '@daodi/registry';
import { StagesModule } from '@daodi/stages';
import { TraceModule } from '@daodi/trace';
import herbs from '../../../seeds/herbs.json';
import standards from '../../../seeds/standards.json';
import { LogComposition } from './log-composition.module';
import type { ModuleImport } from './module-import';

/** What organisations call: forms, reads, EPCIS. */
export const API_MODULES: readonly ModuleImport[] = [
  LogComposition, RegistryModule.forRoot({ herbs: readHerbCatalogue(herbs), standards: readReferenceLimits(standards) }), CaptureModule, TraceModule, QueryModule, QualityModule, StagesModule, LabelModule, PapersModule, NotifyModule, OperatorModule,
];
