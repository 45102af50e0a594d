import type { Answer, Credential, Method } from './product';

/** A client of a product that listens: what it sees came over a real connection. */
export class Over {
  constructor(private readonly url: string) {}

  async send(who: Credential | undefined, method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(new URL(path, this.url), {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: { ...(who && { authorization: `Bearer ${who.token}` }), ...(body !== undefined && { 'content-type': 'application/json' }), 'accept-language': 'en', ...headers },
    });
    const text = await response.text();
    return { status: response.status, headers: headersOf(response), body: jsonOf(text), text };
  }

  /** Sends what must succeed. */
  async done(who: Credential | undefined, method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<any> {
    const answer = await this.send(who, method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }
}

function headersOf(response: Response): Record<string, string> {
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => (headers[name] = value));
  return headers;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
