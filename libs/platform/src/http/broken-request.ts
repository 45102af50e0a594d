import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';

/**
 * Answers what is not even HTTP, before there is a request: a malformed line, headers that are too large, a sender
 * that took too long. There is no header to choose a language by, so both are said.
 */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.destroyed) return void socket.destroy();
  const { status, reason, slug, title } = kindOf(error.code);
  const body = JSON.stringify({ type: `urn:daodi:problem:${slug}`, title, status, instance: `urn:uuid:${randomUUID()}` });
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function kindOf(code: string | undefined): { status: number; reason: string; slug: string; title: string } {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, reason: 'Request Timeout', slug: 'request-timeout', title: '请求超时 / The request took too long to arrive' };
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, reason: 'Request Header Fields Too Large', slug: 'headers-too-large', title: '请求头过大 / The headers are too large' };
    default:
      return { status: 400, reason: 'Bad Request', slug: 'bad-request', title: '请求有误 / Bad request' };
  }
}
