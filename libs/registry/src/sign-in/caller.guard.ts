import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Problem } from '@daodi/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Call, openCall } from './call';
import type { Caller } from './caller';
import { CallerLookup } from './caller-lookup.service';
import { ruleOf } from './route-rules';
import { hashToken } from './secrets';
import { isFromOwnSite, sessionCookieOf } from './session-cookie';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Stands before every route: opens the call, finds the caller and lets pass who may.
 *
 * 401 where nobody is signed in, 403 where somebody is but may not. Whether a thing belongs to the caller's
 * organisation is the service's to say, and then the answer is that of a thing that does not exist.
 */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(private readonly callers: CallerLookup) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const call = openCall(request, context.switchToHttp().getResponse<FastifyReply>());
    const rule = ruleOf(context.getHandler(), context.getClass());
    if (rule === 'public') return true;
    // A route without a rule is refused at start already; should one get here, nobody may call it.
    if (rule === undefined) throw forbidden();
    const caller = await this.callerOf(request, call);
    if (rule.length > 0 && !rule.some((role) => caller.roles.includes(role))) throw forbidden();
    if (!caller.scopes.includes(READS.has(request.method) ? 'read' : 'write')) throw forbidden();
    call.caller = caller;
    return true;
  }

  private async callerOf(request: FastifyRequest, call: Call): Promise<Caller> {
    const token = tokenOf(request);
    const caller = token === undefined ? undefined : await this.callers.findByToken(token);
    if (token === undefined || caller === undefined) {
      const title = {
        zh: '请先登录，或在 Authorization 头中提供有效的 API 密钥',
        en: 'Sign in first, or send a valid API key in the Authorization header',
      };
      throw new Problem(401, 'sign-in-needed', title, { headers: { 'WWW-Authenticate': 'Bearer' } });
    }
    if (caller.personId !== undefined) call.sessionHash = hashToken(token);
    return caller;
  }
}

/** The token of the Authorization header; else that of the session cookie, if no other site made the browser send it. */
function tokenOf(request: FastifyRequest): string | undefined {
  const { authorization } = request.headers;
  if (authorization !== undefined) return /^Bearer +([A-Za-z0-9_-]{1,200}) *$/i.exec(authorization)?.[1];
  const token = sessionCookieOf(request.headers.cookie);
  if (token === undefined || READS.has(request.method) || isFromOwnSite(request)) return token;
  throw new Problem(403, 'cross-site-request', {
    zh: '此请求来自其他网站，已被拒绝',
    en: 'This request was sent from another site and is refused',
  });
}

const forbidden = (): Problem =>
  new Problem(403, 'not-permitted', {
    zh: '您的角色不能执行此操作',
    en: 'Your role may not do this',
  });
