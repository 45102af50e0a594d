import { Doorbell, FOLLOWERS, INLINE_PROJECTIONS, Log } from '@daodi/log';
import { Readiness } from '@daodi/platform';
import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { FOLLOWERS_HERE } from '../../worker/src/followers';
import { PROJECTIONS } from './projections';

/** The log with everything that hangs on it. Every process that can append has exactly this. */
@Global()
@Module({
  providers: [Log, Doorbell, { provide: INLINE_PROJECTIONS, useValue: PROJECTIONS }, { provide: FOLLOWERS, useValue: FOLLOWERS_HERE }],
  exports: [Log, Doorbell, INLINE_PROJECTIONS, FOLLOWERS],
})
export class LogComposition implements OnModuleInit {
  constructor(
    private readonly log: Log,
    private readonly readiness: Readiness,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.log.enrol();
    this.readiness.add('followers', async () => {
      const enrolled = new Set((await this.log.states()).map(({ name }) => name));
      return FOLLOWERS_HERE.every(({ name }) => enrolled.has(name));
    });
  }
}
