import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Log } from '@daodi/log';
import { Config, Readiness } from '@daodi/platform';
import { instantOf, record, seal, SYSTEM } from '@daodi/registry';

/**
 * Puts the public address of this deployment on record, once for each address it ever had: codes printed under an
 * earlier one stay ours. No code is issued before, since the process is not ready before.
 */
@Injectable()
export class PublicHost implements OnApplicationBootstrap {
  private readonly logger = new Logger(PublicHost.name);
  private isRecorded = false;

  constructor(
    private readonly log: Log,
    private readonly config: Config,
    private readonly readiness: Readiness,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.readiness.add('public-host', () => this.ensure());
    // A database that is not migrated yet makes the process wait, not die: readiness asks again.
    await this.ensure().catch((error: unknown) => this.logger.warn(`the public address is not on record yet: ${error instanceof Error ? error.name : 'error'}`));
  }

  /** Records the address unless it is on record. */
  async ensure(): Promise<boolean> {
    if (this.isRecorded) return true;
    const { host } = new URL(this.config.publicUrl);
    await this.log.append({
      decide: async (tx) => {
        const [known] = await tx.query('SELECT FROM public_host WHERE host = $1', [host]);
        if (known !== undefined) return [];
        const envelope = { organisationId: SYSTEM.id, actor: SYSTEM, provenance: 'form', requestId: randomUUID(), capturedTime: instantOf(new Date()) } as const;
        return seal(envelope, [record('public-url', host, 'created', { new: { host } })]);
      },
      respond: () => ({ status: 201, body: null }),
    });
    this.isRecorded = true;
    return true;
  }
}
