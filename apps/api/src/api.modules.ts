import { CaptureModule } from '@daodi/capture';
import { QueryModule } from '@daodi/query';
import { RegistryModule } from '@daodi/registry';
import { TraceModule } from '@daodi/trace';
import type { ModuleImport } from './module-import';
import { LogComposition } from './log-composition.module';

/** What organisations call: forms, reads, EPCIS. */
export const API_MODULES: readonly ModuleImport[] = [LogComposition, RegistryModule, CaptureModule, TraceModule, QueryModule];
