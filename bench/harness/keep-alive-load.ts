import { connect, type Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Asks one server the same question over and over, on connections that stay open: as little work a question as can be,
 * so that the server is what is measured and not the one who asks. Each answer must be as long as the first and say 200.
 */
export class KeepAliveLoad {
  private constructor(
    private readonly sockets: readonly Socket[],
    private readonly question: Buffer,
    private readonly answerLength: number,
  ) {}

  /** @param url of the server; `path` and `headers` are the question */
  static async open(url: string, path: string, headers: Readonly<Record<string, string>>, connections: number): Promise<KeepAliveLoad> {
    const { hostname, port, host } = new URL(url);
    const lines = [`GET ${path} HTTP/1.1`, `Host: ${host}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
    const question = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
    const sockets = await Promise.all(Array.from({ length: connections }, () => opened(Number(port), hostname)));
    const answerLength = await firstAnswer(sockets[0] as Socket, question);
    return new KeepAliveLoad(sockets, question, answerLength);
  }

  /** Asks so many times. @returns seconds it took */
  async ask(times: number): Promise<number> {
    const since = performance.now();
    let left = times;
    await Promise.all(this.sockets.map((socket) => new Promise<void>((resolve, reject) => {
      let received = 0;
      const next = (): void => {
        if (left === 0) {
          socket.off('data', onData);
          socket.off('error', reject);
          resolve();
          return;
        }
        left -= 1;
        socket.write(this.question);
      };
      const onData = (chunk: Buffer): void => {
        if (received === 0 && chunk.toString('latin1', 9, 12) !== '200') reject(new Error(chunk.toString('utf8').slice(0, 1_000)));
        received += chunk.length;
        if (received < this.answerLength) return;
        if (received > this.answerLength) reject(new Error('an answer was longer than the first'));
        received = 0;
        next();
      };
      socket.on('data', onData);
      socket.on('error', reject);
      next();
    })));
    return (performance.now() - since) / 1000;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}

function opened(port: number, host: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host, noDelay: true }, () => {
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/** Asks once. @returns how long the answer is, head included */
function firstAnswer(socket: Socket, question: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let answer: Buffer = Buffer.alloc(0);
    const onData = (chunk: Buffer): void => {
      answer = Buffer.concat([answer, chunk]);
      const end = answer.indexOf(HEAD_END);
      if (end === -1) return;
      const length = /^content-length: (\d+)$/im.exec(answer.toString('latin1', 0, end))?.[1];
      if (length === undefined) return reject(new Error('the answer does not say how long it is'));
      const whole = end + HEAD_END.length + Number(length);
      if (answer.length < whole) return;
      socket.off('data', onData);
      resolve(whole);
    };
    socket.on('data', onData);
    socket.write(question);
  });
}
