import { lookup as resolve } from 'node:dns';
import { request as plain } from 'node:http';
import { request as encrypted } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address';

const WITHIN_MS = 10_000;
const ANSWER_BYTES_MAX = 65_536;

/** A target that stands inside our own walls. Trying again would not help. */
export class PrivateTarget extends Error {
  override readonly name = 'PrivateTarget';
}

/** The other side answered, and not with success. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

/** What is sent. */
export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Calls another organisation's system and gives the text of a 2xx answer; a redirect is not followed. The address is
 * judged when the connection is made: a name that resolved to the internet a second ago may resolve to us now.
 *
 * @throws PrivateTarget, NotTaken, or what the network says
 */
export function httpCall({ method, url, headers, body }: HttpCall, mayBePrivate: boolean): Promise<string> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (!mayBePrivate && isIP(host) !== 0 && !isPublicAddress(host)) return Promise.reject(new PrivateTarget('the target is a private address'));
  const lookup: LookupFunction = (name, options, done) =>
    resolve(name, options, (error, address, family) => {
      const found = Array.isArray(address) ? address.map((one) => one.address) : [address];
      if (!error && !mayBePrivate && !found.every(isPublicAddress)) return done(new PrivateTarget('the target resolves to a private address'), '', 0);
      done(error, address as string, family);
    });
  return new Promise((settle, refuse) => {
    const send = target.protocol === 'https:' ? encrypted : plain;
    const sent = send(target, { method, lookup, agent: false, headers: { ...headers, 'User-Agent': 'daodi', ...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }) }, signal: AbortSignal.timeout(WITHIN_MS) }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        if (text.length < ANSWER_BYTES_MAX) text += chunk;
        else answer.destroy();
      });
      answer.on('error', refuse);
      answer.on('close', () => {
        const { statusCode = 0 } = answer;
        if (statusCode >= 200 && statusCode < 300) settle(text);
        else refuse(new NotTaken(`answered ${statusCode}`));
      });
    });
    sent.on('error', refuse);
    sent.end(body);
  });
}
