/** A request of one client. */
export interface ClientRequest {
  readonly token: string;
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

/** What it was answered, and how long that took. */
export interface ClientAnswer {
  readonly status: number;
  readonly body: any; // campaigns look into it freely
  readonly ms: number;
}

/** Sends one request over a real connection. */
export async function sendOne(url: string, { token, method = 'POST', path, body }: ClientRequest): Promise<ClientAnswer> {
  const since = performance.now();
  const answer = await fetch(url + path, {
    method, headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) }, ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text), ms: performance.now() - since };
}

/** Sends the requests of as many clients at once. */
export const atOnce = (url: string, clients: number, requestOf: (n: number) => ClientRequest): Promise<ClientAnswer[]> =>
  Promise.all(Array.from({ length: clients }, (_, n) => sendOne(url, requestOf(n))));
