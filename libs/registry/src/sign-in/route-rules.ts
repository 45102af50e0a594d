import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { callOf } from './call';
import type { Caller } from './caller';
import type { Role } from './role';

/** Metadata key of a route's rule: `'public'`, or the roles that may call it (an empty list: whoever is signed in). */
export const ROUTE_RULE = 'daodi:route-rule';
export type RouteRule = 'public' | readonly Role[];

/** The rule of a route: its own, else its controller's. */
export function ruleOf(handler: Function, controller: Function): RouteRule | undefined {
  return Reflect.getMetadata(ROUTE_RULE, handler) ?? Reflect.getMetadata(ROUTE_RULE, controller);
}

/** Metadata key of the entries a route leaves. */
export const ROUTE_ENTRIES = 'daodi:route-entries';

/** Marks a route that needs no sign-in. */
export const Public = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ROUTE_RULE, 'public' satisfies RouteRule), ApiSecurity({}), ApiExtension('x-daodi-roles', 'public'));

/** Names the roles that may call a route; without any, whoever is signed in may. Stands in OpenAPI as `x-daodi-roles`. */
export const Permit = (...roles: Role[]): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ROUTE_RULE, roles satisfies RouteRule), ApiBearerAuth(), ApiExtension('x-daodi-roles', roles));

/** How many entries of a type one accepted request leaves. */
export type EntryCount = '1' | '0..1' | '0..n' | '1..n';

/** One line of `x-daodi-entries`. */
export interface LeftEntry {
  readonly kind: 'event' | 'record';
  /** The EPCIS event type or the record's type. */
  readonly type: string;
  readonly count: EntryCount;
}

const COUNTS: Readonly<Record<string, EntryCount>> = { '': '1', '?': '0..1', '*': '0..n', '+': '1..n' };

/**
 * Documents which entries an accepted request leaves in the log: `'record:site'` is exactly one, a trailing `?`, `*`
 * or `+` says none or one, any number, at least one. Every route that changes something carries it; a route that
 * changes nothing in the log (a sign-in) carries it without arguments. Stands in OpenAPI as `x-daodi-entries`.
 */
export function LeavesEntries(...entries: string[]): MethodDecorator {
  const left = entries.map(parseLeftEntry);
  return applyDecorators(SetMetadata(ROUTE_ENTRIES, left), ApiExtension('x-daodi-entries', left));
}

function parseLeftEntry(text: string): LeftEntry {
  const match = /^(event|record):([A-Za-z][A-Za-z-]*)([?*+]?)$/.exec(text);
  if (match === null) throw new Error(`@LeavesEntries: "${text}" is not kind:type with ?, * or + behind it`);
  return { kind: match[1] as LeftEntry['kind'], type: match[2] as string, count: COUNTS[match[3] ?? ''] as EntryCount };
}

/** The caller of this request, as a controller's parameter. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = callOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (caller === undefined) throw new Error('@CurrentCaller on a public route: there is no caller');
  return caller;
});
