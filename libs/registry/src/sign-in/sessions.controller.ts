import { Body, Controller, Delete, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Config, Problem } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Text } from '../input/fields';
import { callOf } from './call';
import type { Caller } from './caller';
import { CurrentCaller, LeavesEntries, Permit, Public } from './route-rules';
import { isFromElsewhere, sessionCookie } from './session-cookie';
import { SESSION_SECONDS, SessionsService } from './sessions.service';

/** A login and its password. */
export class SignInDto {
  @Text(200, { description: 'Login. 登录名', example: 'zhang-1' })
  login: string;

  @Text(200, { description: 'Password. 密码', example: 'correct horse battery staple' })
  password: string;
}

/** Signing in and out, and who one is. */
@ApiTags('sign-in')
@Controller('api/v1')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  /** Gives a token for the Authorization header, and the same as a cookie for browsers. */
  @Post('sessions')
  @ApiOperation({ summary: '登录 Sign in' })
  @Public()
  @LeavesEntries()
  async signIn(@Req() request: FastifyRequest, @Body() { login, password }: SignInDto): Promise<object> {
    // Another site could otherwise sign a visitor in as somebody else, who then reads what the visitor types.
    if (isFromElsewhere(request)) throw new Problem(403, 'cross-site-request', { zh: '此请求来自其他网站，已被拒绝', en: 'This request was sent from another site and is refused' });
    const session = await this.sessions.signIn(login, password, request.ip);
    callOf(request).reply.header('Set-Cookie', sessionCookie(session.token, SESSION_SECONDS, this.isSecure(request)));
    return session;
  }

  @Delete('sessions/current')
  @HttpCode(204)
  @Permit()
  @LeavesEntries()
  async signOut(@Req() request: FastifyRequest): Promise<void> {
    const { reply, sessionHash } = callOf(request);
    reply.header('Set-Cookie', sessionCookie('', 0, this.isSecure(request)));
    if (sessionHash !== undefined) await this.sessions.signOut(sessionHash);
  }

  @Get('me')
  @Permit()
  async me(@CurrentCaller() caller: Caller): Promise<object> {
    const [row] = await this.dataSource.query(
      `SELECT o.name AS organisation, COALESCE(p.name, k.name) AS name, p.login
         FROM organisation o LEFT JOIN person p ON p.id = $2 LEFT JOIN api_key k ON k.id = $3 WHERE o.id = $1`,
      [caller.organisationId, caller.personId ?? null, caller.keyId ?? null],
    );
    return {
      organisation: { id: caller.organisationId, code: caller.organisationCode, type: caller.organisationType, name: row.organisation },
      personId: caller.personId,
      keyId: caller.keyId,
      name: row.name,
      login: row.login ?? undefined,
      roles: caller.roles,
      scopes: caller.scopes,
    };
  }

  /** Behind a proxy that ends TLS the request itself comes by http; the public address says what the browser sees. */
  private isSecure(request: FastifyRequest): boolean {
    return request.protocol === 'https' || this.config.publicUrl.startsWith('https:');
  }
}
