import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * Another door to the same routes, by plain http on a free port of this machine only: for a client of ours that cannot
 * know the certificate the product serves with.
 *
 * @returns its address, and how to close it
 */
export async function openLoopbackDoor(app: NestFastifyApplication): Promise<{ readonly baseUrl: string; close(): void }> {
  const { routing } = app.getHttpAdapter().getInstance() as unknown as { routing(request: IncomingMessage, response: ServerResponse): void };
  const server = createServer((request, response) => routing(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
