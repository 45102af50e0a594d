import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { ActAnswerInterceptor } from './acts/act-answer.interceptor';
import { Acts } from './acts/acts.service';
import { CallerGuard } from './sign-in/caller.guard';
import { CallerLookup } from './sign-in/caller-lookup.service';
import { RouteCheck } from './sign-in/route-check.service';

/**
 * Sign-in and acts for every route of a process. Needs `DataSource` and `Log` from the composition root.
 * Global, so that other libs' controllers find `Acts`.
 */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    CallerLookup,
    RouteCheck,
    Acts,
    { provide: APP_GUARD, useClass: CallerGuard },
    { provide: APP_INTERCEPTOR, useClass: ActAnswerInterceptor },
  ],
  exports: [Acts, CallerLookup],
})
export class RegistryModule {}
