import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LeftEntry } from '../sign-in/route-rules';

/** One operation of the OpenAPI document. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
  readonly path: string;
  readonly roles: 'public' | readonly string[] | undefined;
  readonly entries: readonly LeftEntry[] | undefined;
}

/** Every operation the application documents. */
export async function operationsOf(app: NestFastifyApplication): Promise<Operation[]> {
  const document = (await app.inject({ method: 'GET', url: '/api/openapi.json' })).json();
  return Object.entries<Record<string, Record<string, never>>>(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      method: method.toUpperCase() as Operation['method'],
      path,
      roles: operation['x-daodi-roles'],
      entries: operation['x-daodi-entries'],
    })),
  );
}
