import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** A second way into an application, for this machine only. */
export interface LoopbackDoor {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Opens the application on a free port of 127.0.0.1 by plain http. For what the process plays through its own public
 * API: its certificate may be one that only phones were told to trust, or stand for another name.
 */
export async function openLoopbackDoor(app: NestFastifyApplication): Promise<LoopbackDoor> {
  const fastify = app.getHttpAdapter().getInstance();
  const server = createServer((request, response) => fastify.routing(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    }),
  };
}
