/** The demonstration's only way to the product: its public API, over HTTP. */

/** What was answered. */
export interface Answer<T = any> { // what comes back is JSON whose members each step knows
  readonly status: number;
  readonly body: T;
  /** True when it is the answer to the same request of an earlier start. */
  readonly isRepeated: boolean;
}

/** A step of the demonstration was refused: the product and its demonstration do not fit together. */
export class StepRefused extends Error {
  constructor(
    readonly step: string,
    readonly status: number,
    readonly answer: string,
  ) {
    super(`the demo step "${step}" was answered ${status}: ${answer}`);
    this.name = 'StepRefused';
  }
}

/** How a request is sent. */
export interface Sending {
  /** Bearer token: a session's or an API key. */
  readonly token?: string;
  /** Names the step; it is its Idempotency-Key too, so a start that died half-way does nothing twice. */
  readonly step: string;
  /** When it was written down, where that is not now: ISO 8601 with offset. */
  readonly capturedTime?: string;
  /** The run of imports it belongs to. */
  readonly importRun?: string;
}

/** How often a product that says "not now" is asked again, and after how long. */
const [ATTEMPTS, BETWEEN_ATTEMPTS_MS] = [60, 500];

/** Speaks to one running product. */
export class Client {
  constructor(private readonly baseUrl: string) {}

  /** Reads. @throws StepRefused */
  get(path: string, token: string): Promise<Answer> {
    return this.send('GET', path, undefined, { token, step: `GET ${path}` });
  }

  /** Does something, once. @throws StepRefused */
  post(path: string, body: object, sending: Sending): Promise<Answer> {
    return this.send('POST', path, JSON.stringify(body), sending, 'application/json');
  }

  /** Hands a file in under its digest. @throws StepRefused */
  file(sha256: string, bytes: Buffer, sending: Sending): Promise<Answer> {
    return this.send('PUT', `/api/v1/files/${sha256}`, JSON.stringify({ file: bytes.toString('base64') }), sending, 'application/json');
  }

  /** Ends something. @throws StepRefused */
  delete(path: string, sending: Sending): Promise<Answer> {
    return this.send('DELETE', path, undefined, sending);
  }

  /** Sends a browser's form; what it answers is for a browser. @throws StepRefused */
  async form(path: string, fields: Readonly<Record<string, string>>, step: string): Promise<void> {
    await this.send('POST', path, new URLSearchParams(fields).toString(), { step }, 'application/x-www-form-urlencoded');
  }

  private async send(method: string, path: string, body: string | undefined, sending: Sending, contentType?: string): Promise<Answer> {
    const ask = () => fetch(new URL(path, this.baseUrl), { method, body, redirect: 'manual', headers: headersOf(method, sending, contentType) });
    let response = await ask();
    for (let attempt = 1; isNotNow(response) && attempt < ATTEMPTS; attempt += 1) {
      await response.arrayBuffer();
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_ATTEMPTS_MS));
      response = await ask();
    }
    const text = await response.text();
    if (response.status >= 400) throw new StepRefused(sending.step, response.status, text);
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, body: isJson ? JSON.parse(text) : undefined, isRepeated: response.headers.has('idempotency-replayed') };
  }
}

/** Its database is away for a moment, or it is still at the same request of a client that died: both may be asked again. */
const isNotNow = ({ status, headers }: Response): boolean => status === 503 || (status === 409 && headers.has('retry-after'));

function headersOf(method: string, { token, step, capturedTime, importRun }: Sending, contentType: string | undefined): Record<string, string> {
  return {
    ...(contentType && { 'content-type': contentType }),
    ...(token && { authorization: `Bearer ${token}` }),
    ...(method !== 'GET' && token && { 'idempotency-key': `demo: ${step}` }),
    ...(capturedTime && { 'x-captured-time': capturedTime }),
    ...(importRun && { 'x-import-run': importRun }),
  };
}
