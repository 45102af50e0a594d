import { connect, createServer, type Server, type Socket } from 'node:net';

/** A balancer as plain as can be: every connection goes to the next server, to another one where that refuses. */
export class Balancer {
  private readonly open = new Set<Socket>();
  private turn = 0;

  private constructor(
    private readonly server: Server,
    private readonly ports: readonly number[],
  ) {
    server.on('connection', (client) => this.pass(client, this.ports.length));
  }

  static async before(ports: readonly number[]): Promise<Balancer> {
    const balancer = new Balancer(createServer(), ports);
    await new Promise<void>((resolve) => balancer.server.listen(0, '127.0.0.1', resolve));
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(client: Socket, tries: number): void {
    const server = connect(this.ports[this.turn++ % this.ports.length] as number, '127.0.0.1');
    for (const socket of [client, server]) this.open.add(socket);
    let isConnected = false;
    server.once('connect', () => {
      isConnected = true;
      client.pipe(server).pipe(client);
    });
    server.once('error', () => (isConnected || tries === 1 ? client.destroy() : this.pass(client, tries - 1)));
    client.once('error', () => server.destroy());
    client.once('close', () => server.end());
    for (const socket of [client, server]) socket.once('close', () => this.open.delete(socket));
  }
}
