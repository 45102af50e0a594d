import type { DynamicModule, Type } from '@nestjs/common';

/** What a Nest module may import. */
export type ModuleImport = Type<unknown> | DynamicModule;
