/** The other side of a notice, for tests: a mail server and a web server that keep what they are sent. */
import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A mail as it came. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: string[];
  readonly data: string;
}

/** As much of RFC 5321 as it takes to be given a mail. */
export class MailSink {
  readonly mails: ReceivedMail[] = [];
  private readonly server = createServer((socket) => this.serve(socket));

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
  }

  private serve(socket: Socket): void {
    let [from, to, data, rest, isData] = ['', [] as string[], '', '', false];
    socket.setEncoding('utf8').write('220 sink ESMTP\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      rest += chunk;
      for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (isData && line !== '.') data += `${line}\n`;
        else if (isData) {
          this.mails.push({ from, to, data });
          [isData, data, to] = [false, '', []];
          socket.write('250 taken\r\n');
        } else if (/^DATA/i.test(line)) {
          isData = true;
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else {
          from = /^MAIL FROM:<([^>]*)>/i.exec(line)?.[1] ?? from;
          const recipient = /^RCPT TO:<([^>]*)>/i.exec(line)?.[1];
          if (recipient !== undefined) to.push(recipient);
          socket.write('250 ok\r\n');
        }
      }
    });
  }
}

/** A call as it came. */
export interface ReceivedCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Keeps every call; answers as it is told, and like a robot that took the message. */
export class HttpSink {
  readonly calls: ReceivedCall[] = [];
  /** Statuses of the next answers; 200 once there are none left. */
  readonly statuses: number[] = [];
  private readonly server = createHttp((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      this.calls.push({ method: request.method!, url: request.url!, headers: request.headers, body });
      response.writeHead(this.statuses.shift() ?? 200, { 'content-type': 'application/json', location: '/elsewhere' }).end('{"errcode":0,"code":0}');
    });
  });

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
