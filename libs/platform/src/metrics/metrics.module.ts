import { type DynamicModule, Module } from '@nestjs/common';
import { Metrics } from './metrics';
import { FrontDoor } from '../http/front-door';
import { METRICS_TOKEN, MetricsController } from './metrics.controller';
import { RequestMetrics } from './request-metrics';

/** Gives every module `Metrics`, `RequestMetrics` and the `FrontDoor` that counts by them, and opens /metrics. `createApp` adds it to every application. */
@Module({})
export class MetricsModule {
  static of(metrics: Metrics, requests: RequestMetrics, door: FrontDoor, token: string | undefined): DynamicModule {
    return {
      module: MetricsModule,
      global: true,
      controllers: [MetricsController],
      providers: [
        { provide: Metrics, useValue: metrics },
        { provide: RequestMetrics, useValue: requests },
        { provide: FrontDoor, useValue: door },
        { provide: METRICS_TOKEN, useValue: { value: token } },
      ],
      exports: [Metrics, RequestMetrics, FrontDoor],
    };
  }
}
