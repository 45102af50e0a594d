import { Controller, Get, Res, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readiness } from './readiness';

/**
 * For whoever watches the process: no sign-in, no detail that would help a stranger. The rule by which a
 * route is public belongs to `registry`, which stands above this lib, so its key is spelled out here.
 */
@ApiTags('health')
@ApiExtension('x-daodi-roles', 'public')
@SetMetadata('daodi:route-rule', 'public')
@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** The process runs. Says nothing about the database: a restart would not mend that. */
  @Get('healthz')
  @ApiOperation({ summary: '进程在运行 / The process is alive' })
  alive(): { status: string } {
    return { status: 'ok' };
  }

  /** Requests may be sent here: 200, or 503 with the checks that do not hold; beside them, what a process tells of itself. */
  @Get('readyz')
  @ApiOperation({ summary: '可以接收请求 / Requests may be sent here' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readonly<Record<string, unknown>>> {
    const { isReady, checks } = await this.readiness.state();
    reply.code(isReady ? 200 : 503);
    return { status: isReady ? 'ready' : 'not ready', checks, ...this.readiness.told() };
  }
}
