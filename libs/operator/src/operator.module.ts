import { RequestMetrics } from '@daodi/platform';
import { Module } from '@nestjs/common';
import { DeadJobs } from './dead-jobs.service';
import { OperatorApiController } from './http/operator-api.controller';
import { OperatorPageController } from './http/operator-page.controller';

/** The operator's door. Needs the log, the registry's sign-in and `FOLLOWERS` from the composition root. */
@Module({ controllers: [OperatorApiController, OperatorPageController], providers: [DeadJobs] })
export class OperatorModule {
  constructor(requests: RequestMetrics) {
    requests.page('/operator', 'operator');
  }
}
