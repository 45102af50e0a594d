/** The routes there are, so that a wrong method on a known path is told from an unknown path. */
import type { FastifyInstance } from 'fastify';

/** Knows which methods a path answers. */
export interface RouteTable {
  /** Methods in alphabetical order; empty for a path nobody serves. */
  methodsOf(path: string): readonly string[];
}

/** Watches routes being registered; must be called before them. */
export function watchRoutes(fastify: FastifyInstance): RouteTable {
  const routes: { pattern: RegExp; methods: readonly string[] }[] = [];
  fastify.addHook('onRoute', ({ url, method }) => {
    routes.push({ pattern: patternOf(url), methods: [method].flat() });
  });
  return {
    methodsOf: (path) => {
      const methods = routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods);
      return [...new Set(methods)].sort();
    },
  };
}

/** A route's pattern in find-my-way's notation (`:name`, `*`) as a regular expression over a path without its query. */
function patternOf(url: string): RegExp {
  const segments = url.split('/').map((segment) => {
    if (segment.startsWith('*')) return '.*';
    return segment.split(/(:\w+)/).map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))).join('');
  });
  return new RegExp(`^${segments.join('/').replace(/\/$/, '')}/?$`);
}
