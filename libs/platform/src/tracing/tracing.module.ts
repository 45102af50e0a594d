import { type DynamicModule, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Tracing } from './tracing';

/** Gives every module `Tracing`. `createApp` adds it to every application. */
@Module({})
export class TracingModule implements OnApplicationShutdown {
  constructor(private readonly tracing: Tracing) {}

  static of(tracing: Tracing): DynamicModule {
    return { module: TracingModule, global: true, providers: [{ provide: Tracing, useValue: tracing }], exports: [Tracing] };
  }

  onApplicationShutdown(): Promise<void> {
    return this.tracing.close();
  }
}
