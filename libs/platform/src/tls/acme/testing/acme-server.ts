/**
 * An authority that speaks ACME (RFC 8555), for tests: a real peer over HTTP. It checks every signature, nonce and URL,
 * fetches the http-01 challenge itself, checks the signing request, and signs with an authority of its own.
 */
import 'reflect-metadata';
import { createHash, createHmac, createPublicKey, type JsonWebKey, randomBytes, verify, webcrypto } from 'node:crypto';
import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuthorityKeyIdentifierExtension, BasicConstraintsExtension, Pkcs10CertificateRequest, SubjectAlternativeNameExtension, X509Certificate, X509CertificateGenerator } from '@peculiar/x509';

/** What a test may vary. */
export interface AcmeServerOptions {
  /** The port on 127.0.0.1 that stands for port 80 of every host name. */
  readonly challengePort: number;
  /** How long certificates live, in milliseconds. */
  readonly lifeMs: number;
  /** External accounts by key id: their HMAC keys, base64url. Without any, none is asked for. */
  readonly bindings?: Readonly<Record<string, string>>;
}

interface Order {
  status: 'pending' | 'ready' | 'valid' | 'invalid';
  readonly host: string;
  readonly token: string;
  challenge: 'pending' | 'valid' | 'invalid';
  certificate?: string;
}

interface Jws {
  readonly header: { readonly alg: string; readonly nonce: string; readonly url: string; readonly jwk?: JsonWebKey; readonly kid?: string };
  readonly payload: any;
}

/** An ACME error, RFC 8555, 6.7. */
class AcmeError extends Error {
  constructor(readonly status: number, readonly type: string, detail: string) {
    super(detail);
  }
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export class AcmeServer {
  /** How many certificates were given. */
  given = 0;
  /** Contacts of the accounts. */
  readonly contacts: string[] = [];
  private readonly nonces = new Set<string>();
  private readonly accounts = new Map<string, JsonWebKey>();
  private readonly orders: Order[] = [];

  private constructor(
    private readonly server: Server,
    private readonly options: AcmeServerOptions,
    private readonly keys: webcrypto.CryptoKeyPair,
    readonly root: X509Certificate,
  ) {}

  static async open(options: AcmeServerOptions): Promise<AcmeServer> {
    const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
    const now = Date.now();
    const root = await X509CertificateGenerator.createSelfSigned({
      name: 'CN=A test authority', keys, signingAlgorithm: ALGORITHM, serialNumber: '01',
      notBefore: new Date(now - 86_400_000), notAfter: new Date(now + 86_400_000), extensions: [new BasicConstraintsExtension(true, 1, true)],
    });
    const server = createServer();
    const acme = new AcmeServer(server, options, keys, root);
    server.on('request', (request, response) => void acme.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return acme;
  }

  get directory(): string {
    return `${this.origin}/directory`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const nonce = randomBytes(16).toString('base64url');
    this.nonces.add(nonce);
    response.setHeader('Replay-Nonce', nonce);
    try {
      const { status, headers, body } = await this.route(request);
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
    } catch (error) {
      const { status, type, message } = error instanceof AcmeError ? error : new AcmeError(500, 'serverInternal', String(error));
      response.writeHead(status, { 'Content-Type': 'application/problem+json' });
      response.end(JSON.stringify({ type: `urn:ietf:params:acme:error:${type}`, detail: message, status }));
    }
  }

  private async route(request: IncomingMessage): Promise<{ status: number; headers?: Record<string, string>; body?: unknown }> {
    const path = request.url ?? '/';
    const at = (resource: string) => `${this.origin}/${resource}`;
    if (path === '/directory') {
      return { status: 200, body: { newNonce: at('new-nonce'), newAccount: at('new-account'), newOrder: at('new-order'), meta: { termsOfService: at('terms'), externalAccountRequired: this.options.bindings !== undefined } } };
    }
    if (path === '/new-nonce') return { status: 200 };
    const jws = await this.read(request, path);
    if (path === '/new-account') return this.newAccount(jws);
    if (jws.header.kid === undefined) throw new AcmeError(400, 'malformed', 'an account is needed');
    if (path === '/new-order') return this.newOrder(jws);
    if (`${this.origin}${path}` === jws.header.kid) return { status: 200, body: { status: 'valid', contact: jws.payload?.contact } };
    const [, resource, id] = /^\/(order|authz|challenge|finalize|certificate)\/(\d+)$/.exec(path) ?? [];
    const order = this.orders[Number(id)];
    if (order === undefined) throw new AcmeError(404, 'malformed', 'there is no such thing');
    switch (resource) {
      case 'authz':
        return { status: 200, body: { status: order.challenge, identifier: { type: 'dns', value: order.host }, challenges: [this.challengeOf(order, id as string)] } };
      case 'challenge':
        // An empty object asks for validation; nothing at all only asks how it stands.
        if (jws.payload !== undefined) await this.validate(order, this.accounts.get(jws.header.kid) as JsonWebKey);
        return { status: 200, body: this.challengeOf(order, id as string) };
      case 'finalize':
        await this.finalize(order, jws.payload);
        return { status: 200, headers: { Location: at(`order/${id}`) }, body: this.orderOf(order, id as string) };
      case 'certificate':
        return { status: 200, headers: { 'Content-Type': 'application/pem-certificate-chain' }, body: order.certificate };
      default:
        return { status: 200, headers: { Location: at(`order/${id}`) }, body: this.orderOf(order, id as string) };
    }
  }

  /** RFC 8555, 6.2 to 6.5: the signature, by the account's key or the new one's; the URL; a nonce of ours, once. */
  private async read(request: IncomingMessage, path: string): Promise<Jws> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const sent = JSON.parse(Buffer.concat(parts).toString()) as { protected: string; payload: string; signature: string };
    const header = parse(sent.protected);
    if (header.url !== `${this.origin}${path}`) throw new AcmeError(401, 'unauthorized', 'signed for another URL');
    if (!this.nonces.delete(header.nonce)) throw new AcmeError(400, 'badNonce', 'not a nonce of ours');
    const jwk = header.jwk ?? this.accounts.get(header.kid);
    if (jwk === undefined) throw new AcmeError(400, 'accountDoesNotExist', 'no such account');
    const signed = Buffer.from(`${sent.protected}.${sent.payload}`);
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    if (header.alg !== 'ES256' || !verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(sent.signature, 'base64url'))) throw new AcmeError(401, 'unauthorized', 'the signature is wrong');
    return { header, payload: sent.payload === '' ? undefined : parse(sent.payload) };
  }

  private newAccount({ header, payload }: Jws): { status: number; headers: Record<string, string>; body: unknown } {
    const { jwk } = header;
    if (jwk === undefined) throw new AcmeError(400, 'malformed', 'a new account sends its key');
    const url = `${this.origin}/account/${thumbprint(jwk)}`;
    const body = { status: 'valid', contact: payload.contact };
    if (this.accounts.has(url)) return { status: 200, headers: { Location: url }, body };
    if (payload.termsOfServiceAgreed !== true) throw new AcmeError(403, 'userActionRequired', 'the terms must be agreed to');
    if (this.options.bindings !== undefined) this.checkBinding(payload.externalAccountBinding, jwk);
    this.accounts.set(url, jwk);
    this.contacts.push(...(payload.contact ?? []));
    return { status: 201, headers: { Location: url }, body };
  }

  /** RFC 8555, 7.3.4: the account's key, signed by the key the authority gave out. */
  private checkBinding(binding: { protected: string; payload: string; signature: string } | undefined, jwk: JsonWebKey): void {
    if (binding === undefined) throw new AcmeError(403, 'externalAccountRequired', 'an external account is needed');
    const { kid } = parse(binding.protected);
    const secret = this.options.bindings?.[kid];
    const wanted = createHmac('sha256', Buffer.from(secret ?? '', 'base64url')).update(`${binding.protected}.${binding.payload}`).digest('base64url');
    if (secret === undefined || wanted !== binding.signature || thumbprint(parse(binding.payload)) !== thumbprint(jwk)) throw new AcmeError(403, 'unauthorized', 'the external account does not fit');
  }

  private newOrder({ payload }: Jws): { status: number; headers: Record<string, string>; body: unknown } {
    const [host, ...more] = (payload.identifiers as { value: string }[]).map(({ value }) => value);
    if (host === undefined || more.length > 0) throw new AcmeError(400, 'rejectedIdentifier', 'one name only');
    const id = String(this.orders.push({ status: 'pending', host, token: randomBytes(24).toString('base64url'), challenge: 'pending' }) - 1);
    return { status: 201, headers: { Location: `${this.origin}/order/${id}` }, body: this.orderOf(this.orders[Number(id)] as Order, id) };
  }

  private orderOf({ status, host, certificate }: Order, id: string): object {
    const of = (resource: string) => `${this.origin}/${resource}/${id}`;
    return { status, identifiers: [{ type: 'dns', value: host }], authorizations: [of('authz')], finalize: of('finalize'), ...(certificate === undefined ? {} : { certificate: of('certificate') }) };
  }

  private challengeOf({ challenge, token }: Order, id: string): object {
    const error = challenge === 'invalid' ? { error: { type: 'urn:ietf:params:acme:error:unauthorized', detail: 'the challenge was answered wrongly' } } : {};
    return { type: 'http-01', url: `${this.origin}/challenge/${id}`, token, status: challenge, ...error };
  }

  /** RFC 8555, 8.3: fetches the key authorisation from the host, by plain http. */
  private async validate(order: Order, jwk: JsonWebKey): Promise<void> {
    const found = await fetchFrom(this.options.challengePort, order.host, `/.well-known/acme-challenge/${order.token}`).catch(() => undefined);
    const isRight = found?.trim() === `${order.token}.${thumbprint(jwk)}`;
    order.challenge = isRight ? 'valid' : 'invalid';
    order.status = isRight ? 'ready' : 'invalid';
  }

  private async finalize(order: Order, payload: { csr: string }): Promise<void> {
    if (order.status !== 'ready') throw new AcmeError(403, 'orderNotReady', 'it is not proven yet');
    const csr = new Pkcs10CertificateRequest(Buffer.from(payload.csr, 'base64url'));
    const alternatives = csr.extensions.find((extension) => extension instanceof SubjectAlternativeNameExtension) as SubjectAlternativeNameExtension | undefined;
    const names = alternatives?.names.toJSON().map(({ value }) => value);
    if (!(await csr.verify()) || names?.join() !== order.host) throw new AcmeError(400, 'badCSR', 'the request does not fit the order');
    const now = Date.now();
    const certificate = await X509CertificateGenerator.create({
      serialNumber: randomBytes(8).toString('hex').replace(/^./, '4'), subject: `CN=${order.host}`, issuer: this.root.subject, publicKey: csr.publicKey, signingKey: this.keys.privateKey,
      signingAlgorithm: ALGORITHM, notBefore: new Date(now - 1000), notAfter: new Date(now + this.options.lifeMs),
      extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: order.host }]), await AuthorityKeyIdentifierExtension.create(this.root)],
    });
    order.certificate = `${certificate.toString('pem')}\n${this.root.toString('pem')}\n`;
    order.status = 'valid';
    this.given += 1;
  }
}

const parse = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString());

/** RFC 7638. */
function thumbprint({ crv, kty, x, y }: JsonWebKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}

function fetchFrom(port: number, host: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
      let body = '';
      response.on('data', (part) => (body += part));
      response.on('end', () => (response.statusCode === 200 ? resolve(body) : reject(new Error(String(response.statusCode)))));
    });
    sent.on('error', reject);
    sent.end();
  });
}
