/** Settings: read once, here and nowhere else, checked all at once, typed, passed on. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { readRedisUrl } from './redis-place';
import { StartFailure } from './start-failure';
import { hasLocalTls } from './tls/local-tls';

/** Connection URLs of the three roles a deployment uses (see `bootstrap-roles.ts` for what each may do). */
export interface DatabaseUrls {
  /** Owns every object; only migrations and role bootstrap use it. A serving process need not have it. */
  readonly ownerUrl?: string;
  /** What api and worker use. */
  readonly serviceUrl: string;
  /** What the public's door uses; the service role where none is named. */
  readonly resolverUrl: string;
}

/** By what right the process serves https. */
export type TlsSettings =
  | { readonly kind: 'files'; readonly certificate: string; readonly key: string }
  /** The machine's own authority, made by `daodi tls local`. */
  | { readonly kind: 'local' }
  /** An authority that speaks ACME. */
  | { readonly kind: 'acme'; readonly email: string; readonly directory: string; readonly binding?: { readonly keyId: string; readonly hmacKey: string } };

/** The directory of Let's Encrypt. */
const ACME_DIRECTORY = 'https://acme-v02.api.letsencrypt.org/directory';

/** Where traces go, and how many. */
export interface TracingSettings {
  /** Base URL of an OTLP/HTTP receiver; spans are posted to its /v1/traces. OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly endpoint: string;
  /** OTEL_SERVICE_NAME, default daodi. */
  readonly serviceName: string;
  /** Which part of the traces that begin here is kept, 0 to 1. OTEL_TRACES_SAMPLER_ARG, default 1. */
  readonly ratio: number;
  /** Whether the text of database statements is told as well, without parameters. DAODI_TRACE_STATEMENTS, default off. */
  readonly statements: boolean;
}

/** The operator's mail server, by which notices go out. */
export interface MailSettings {
  /** `smtp://` (STARTTLS where the server offers it) or `smtps://`, with user and password where it wants them. DAODI_SMTP_URL. */
  readonly smtpUrl: string;
  /** Whom mails come from. DAODI_MAIL_FROM. */
  readonly from: string;
}

/** Every setting of a process, checked. A class, so that Nest can hand it to whoever asks for it. */
export abstract class Config {
  /** TCP port served. DAODI_PORT, default 3000. */
  readonly port: number;
  /** Interface served: loopback only unless told otherwise. DAODI_HOST, default 127.0.0.1. */
  readonly host: string;
  /** Where the world reaches us, without a trailing slash; printed into codes. DAODI_PUBLIC_URL, default http(s)://localhost:PORT. */
  readonly publicUrl: string;
  /** Codes printed with a loopback address resolve for nobody else, so production labels are refused while this holds. */
  readonly isPublicUrlLoopback: boolean;
  /**
   * How https is served; absent: http. DAODI_TLS_CERTIFICATE with DAODI_TLS_KEY; or DAODI_ACME_EMAIL with
   * DAODI_ACME_AGREE=on, and DAODI_ACME_DIRECTORY, DAODI_ACME_KEY_ID, DAODI_ACME_HMAC_KEY; else the local authority,
   * where the data folder holds one in use.
   */
  readonly tls?: TlsSettings;
  /** A second port, for plain http: leads to https and answers what must come without it. DAODI_HTTP_PORT. */
  readonly httpPort?: number;
  /**
   * Whose word is taken for where a request came from and by which protocol (X-Forwarded-For, -Proto, -Host): addresses,
   * networks as `10.0.0.0/8`, or `loopback`, `linklocal`, `uniquelocal`. Absent: nobody's. DAODI_TRUST_PROXY, parted by commas.
   */
  readonly trustedProxies?: readonly string[];
  /** Folder of the embedded database, files and credentials, absolute. DAODI_DATA, default .daodi. */
  readonly dataFolder: string;
  /** What was asked for; whether a database *is* a demo stands in the database. DAODI_DEMO=on|off. */
  readonly demo?: boolean;
  /** An external server. Absent: standalone starts its own. DATABASE_URL, DAODI_DATABASE_OWNER_URL, DAODI_RESOLVER_DATABASE_URL. */
  readonly database?: DatabaseUrls;
  /** An administrator of that server, who makes roles and database before the first migration; nothing that serves has it. DAODI_DATABASE_ADMIN_URL. */
  readonly databaseAdminUrl?: string;
  /** Connections one process keeps to the database at most. DAODI_DATABASE_POOL, default 20. */
  readonly databasePoolMax: number;
  /** Redis for the queues, directly or by its sentinels, see `redis-place.ts`. Absent: the queues live in PostgreSQL. REDIS_URL. */
  readonly redisUrl?: string;
  /** DAODI_LOG_LEVEL, default info. */
  readonly logLevel: LogLevel;
  /** Where a worker keeps the list of erasures up to date, apart from the backups. DAODI_ERASURES_FILE, default none. */
  readonly erasuresFile?: string;
  /** Events one captured document may hold. DAODI_CAPTURE_EVENTS_MAX, default 10 000. */
  readonly captureEventsMax: number;
  /** Bytes one captured document may have. DAODI_CAPTURE_BYTES_MAX, default 50 MB. */
  readonly captureBytesMax: number;
  /** Bytes one file that is handed in may have. DAODI_FILE_BYTES_MAX, default 20 MB, at most 64 MB. */
  readonly fileBytesMax: number;
  /** Bytes an organisation may hand in as files in 24 hours. DAODI_FILE_BYTES_PER_DAY, default 2 GB. */
  readonly fileBytesPerDay: number;
  /** Bytes any other request body may have. DAODI_BODY_BYTES_MAX, default 2 MB. */
  readonly bodyBytesMax: number;
  /** Opens /metrics to whoever sends it; without it only this machine may read them. DAODI_METRICS_TOKEN. */
  readonly metricsToken?: string;
  /** Absent: nothing is traced, and nothing that could trace is loaded. OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly tracing?: TracingSettings;
  /** Absent: notices by mail are not sent. DAODI_SMTP_URL, DAODI_MAIL_FROM. */
  readonly mail?: MailSettings;
  /** The call of a gateway for text messages: method, address and body, with {phone} and {text}. DAODI_SMS_REQUEST. */
  readonly smsRequest?: string;
  /** Whether notices may go to private addresses, such as a firm's own system in the same network. DAODI_NOTICE_PRIVATE_TARGETS. */
  readonly noticePrivateTargets: boolean;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
/** How much is logged, in pino's words. */
export type LogLevel = (typeof LOG_LEVELS)[number];

const POSTGRES_PROTOCOLS = ['postgres:', 'postgresql:'];
const MEGABYTE = 1024 * 1024;

type Environment = Readonly<Record<string, string | undefined>>;

/** One setting that cannot be used: which, what is wrong, what would be right. */
interface BadSetting {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
}

/**
 * Reads the settings. An empty value counts as absent.
 *
 * @throws StartFailure naming every bad setting at once, so that nobody has to start five times to learn of five
 */
export function readConfig(env: Environment = process.env): Config {
  const bad: BadSetting[] = [];
  const read = new SettingReader(env, bad);
  const port = read.whole('DAODI_PORT', 3000, 1, 65535);
  const dataFolder = resolve(read.text('DAODI_DATA') ?? '.daodi');
  const tls = read.tls() ?? read.acme() ?? (hasLocalTls(dataFolder) ? { kind: 'local' as const } : undefined);
  const publicUrl = read.publicUrl('DAODI_PUBLIC_URL') ?? `${tls === undefined ? 'http' : 'https'}://localhost:${port}`;
  const config: Config = {
    port,
    host: read.text('DAODI_HOST') ?? '127.0.0.1',
    publicUrl,
    isPublicUrlLoopback: isLoopback(publicUrl),
    tls,
    httpPort: read.httpPort(port, tls),
    trustedProxies: read.networks('DAODI_TRUST_PROXY'),
    dataFolder,
    demo: read.onOff('DAODI_DEMO'),
    database: read.database(),
    databaseAdminUrl: read.url('DAODI_DATABASE_ADMIN_URL', POSTGRES_PROTOCOLS),
    databasePoolMax: read.whole('DAODI_DATABASE_POOL', 20, 2, 500),
    redisUrl: read.redisUrl('REDIS_URL'),
    logLevel: read.oneOf('DAODI_LOG_LEVEL', LOG_LEVELS) ?? 'info',
    erasuresFile: read.text('DAODI_ERASURES_FILE') && resolve(read.text('DAODI_ERASURES_FILE') as string),
    captureEventsMax: read.whole('DAODI_CAPTURE_EVENTS_MAX', 10_000, 1, 1_000_000),
    captureBytesMax: read.whole('DAODI_CAPTURE_BYTES_MAX', 50 * MEGABYTE, 1024, 500 * MEGABYTE),
    fileBytesMax: read.whole('DAODI_FILE_BYTES_MAX', 20 * MEGABYTE, 1024, 64 * MEGABYTE),
    fileBytesPerDay: read.whole('DAODI_FILE_BYTES_PER_DAY', 2048 * MEGABYTE, 1024, 1024 * 1024 * MEGABYTE),
    bodyBytesMax: read.whole('DAODI_BODY_BYTES_MAX', 2 * MEGABYTE, 1024, 500 * MEGABYTE),
    metricsToken: read.secret('DAODI_METRICS_TOKEN', 16),
    tracing: read.tracing(),
    mail: read.mail(),
    smsRequest: read.smsRequest('DAODI_SMS_REQUEST'),
    noticePrivateTargets: read.onOff('DAODI_NOTICE_PRIVATE_TARGETS') ?? false,
  };
  if (tls?.kind === 'acme') read.acmeNeeds(config);
  if (bad.length > 0) throw badSettings(bad);
  return config;
}

/** The path programs are looked for in; a child process gets this and none of our settings. */
export function searchPath(env: Environment = process.env): string {
  return env.PATH ?? '/usr/local/bin:/usr/bin:/bin';
}

/** Where the published test vectors lie, relative to the repository's root or absolute. DAODI_VECTORS. */
export function vectorsFolder(env: Environment = process.env): string {
  return env.DAODI_VECTORS || '../shared/reference';
}

/** Whether a missing test vector or server is an error instead of a skipped suite. DAODI_STRICT=1. */
export function isStrict(env: Environment = process.env): boolean {
  return env.DAODI_STRICT === '1';
}

/** An address, a network, or one of the names Fastify knows for some. */
function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', prefix, ...more] = text.split('/');
  const version = isIP(address);
  const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) > 0 && Number(prefix) <= (version === 6 ? 128 : 32));
  return version !== 0 && more.length === 0 && isPrefix;
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname);
}

function badSettings(bad: readonly BadSetting[]): StartFailure {
  const lines = (language: 'zh' | 'en') => bad.map((setting) => `\n  ${setting.name}: ${setting[language]}`).join('');
  return new StartFailure({ zh: `设置有误:${lines('zh')}`, en: `Bad settings:${lines('en')}` });
}

/** Reads one setting at a time and remembers the bad ones. */
class SettingReader {
  constructor(
    private readonly env: Environment,
    private readonly bad: BadSetting[],
  ) {}

  text(name: string): string | undefined {
    return this.env[name]?.trim() || this.fromFile(name);
  }

  /** Any setting may lie in a file named by NAME_FILE, as engines hand secrets over. An empty one is a secret that did not arrive. */
  private fromFile(name: string): string | undefined {
    const path = this.env[`${name}_FILE`]?.trim();
    if (!path) return undefined;
    try {
      const text = readFileSync(path, 'utf8').trim();
      if (text !== '') return text;
    } catch {
      // Told as an empty one is.
    }
    this.refuse(`${name}_FILE`, path, { zh: '应为可读取且不为空的文件', en: 'it must be a file this process may read, with something in it' });
    return undefined;
  }

  /** A path. What is plainly not one is a key itself, and not repeated. */
  private path(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined || !text.includes('\n')) return text;
    this.refuse(name, undefined, { zh: '应为文件路径，而不是文件内容', en: 'it must be the path of a file, not what is in it' });
    return text;
  }

  whole(name: string, byDefault: number, min: number, max: number): number {
    const text = this.text(name);
    if (text === undefined) return byDefault;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    this.refuse(name, text, { zh: `应为 ${min} 到 ${max} 的整数`, en: `it must be a whole number from ${min} to ${max}` });
    return byDefault;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined || (allowed as readonly string[]).includes(text)) return text as T | undefined;
    this.refuse(name, text, { zh: `应为 ${allowed.join('、')} 之一`, en: `it must be one of ${allowed.join(', ')}` });
    return undefined;
  }

  /** A secret of at least so many characters; what was typed is not repeated. */
  secret(name: string, charactersMin: number): string | undefined {
    const text = this.text(name);
    if (text === undefined || (text.length >= charactersMin && !/\s/.test(text))) return text;
    this.refuse(name, undefined, { zh: `应至少 ${charactersMin} 个字符,不含空白`, en: `it must have at least ${charactersMin} characters and no space` });
    return undefined;
  }

  onOff(name: string): boolean | undefined {
    const text = this.oneOf(name, ['on', 'off']);
    return text === undefined ? undefined : text === 'on';
  }

  url(name: string, protocols: readonly string[]): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
    const examples = protocols.map((protocol) => `${protocol}//…`).join(' ');
    // A connection URL may hold a password, so what was typed is not repeated.
    this.refuse(name, undefined, { zh: `应为 ${examples} 形式的地址`, en: `it must be an address like ${examples}` });
    return undefined;
  }

  redisUrl(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined || readRedisUrl(text) !== undefined) return text;
    const forms = 'redis://… rediss://… redis+sentinel://HOST:PORT,HOST:PORT/MASTER';
    this.refuse(name, undefined, { zh: `应为 ${forms} 形式的地址`, en: `it must be an address like ${forms}` });
    return undefined;
  }

  publicUrl(name: string): string | undefined {
    const text = this.url(name, ['https:', 'http:']);
    if (text === undefined) return undefined;
    const { origin, pathname, search, hash, username } = new URL(text);
    if (pathname === '/' && search === '' && hash === '' && username === '') return origin;
    this.refuse(name, text, { zh: '应只含协议、主机和端口,例如 https://trace.example.cn', en: 'it must be protocol, host and port only, such as https://trace.example.cn' });
    return undefined;
  }

  tls(): TlsSettings | undefined {
    const [certificate, key] = [this.path('DAODI_TLS_CERTIFICATE'), this.path('DAODI_TLS_KEY')];
    if (certificate !== undefined && key !== undefined) return { kind: 'files', certificate: resolve(certificate), key: resolve(key) };
    const missing = certificate === undefined ? 'DAODI_TLS_CERTIFICATE' : 'DAODI_TLS_KEY';
    if (certificate !== key) this.refuse(missing, undefined, { zh: '缺失：证书与私钥两个文件须同时指定', en: 'it is missing: a certificate and its key are named together' });
    return undefined;
  }

  acme(): TlsSettings | undefined {
    const email = this.text('DAODI_ACME_EMAIL');
    if (email === undefined) return undefined;
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) this.refuse('DAODI_ACME_EMAIL', email, { zh: '应为电子邮件地址', en: 'it must be an e-mail address' });
    if (this.onOff('DAODI_ACME_AGREE') !== true) this.refuse('DAODI_ACME_AGREE', undefined, { zh: '请阅读证书颁发机构的服务条款，同意后设为 on', en: "read the authority's terms of service and set it to on if you agree" });
    if (this.text('DAODI_TLS_CERTIFICATE') !== undefined) this.refuse('DAODI_ACME_EMAIL', undefined, { zh: '不能与 DAODI_TLS_CERTIFICATE 同时使用', en: 'it cannot be used together with DAODI_TLS_CERTIFICATE' });
    const [keyId, hmacKey] = [this.text('DAODI_ACME_KEY_ID'), this.text('DAODI_ACME_HMAC_KEY')];
    if ((keyId === undefined) !== (hmacKey === undefined)) this.refuse(keyId === undefined ? 'DAODI_ACME_KEY_ID' : 'DAODI_ACME_HMAC_KEY', undefined, { zh: '缺失：两项须同时指定', en: 'it is missing: both are named together' });
    const directory = this.url('DAODI_ACME_DIRECTORY', ['https:', 'http:']) ?? ACME_DIRECTORY;
    if (directory.startsWith('http:') && !isLoopback(directory)) this.refuse('DAODI_ACME_DIRECTORY', undefined, { zh: '应为 https 地址', en: 'it must be an https address' });
    return { kind: 'acme', email, directory, binding: keyId === undefined || hmacKey === undefined ? undefined : { keyId, hmacKey } };
  }

  /** A certificate is for a name the world knows, and proven on a port it reaches. */
  acmeNeeds({ publicUrl, httpPort }: Pick<Config, 'publicUrl' | 'httpPort'>): void {
    const { protocol, hostname } = new URL(publicUrl);
    const isName = isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && hostname.includes('.') && !isLoopback(publicUrl);
    if (protocol !== 'https:' || !isName) this.refuse('DAODI_PUBLIC_URL', publicUrl, { zh: '使用 ACME 时应为 https 加域名，例如 https://trace.example.cn', en: 'with ACME it must be https and a host name, such as https://trace.example.cn' });
    if (httpPort === undefined) this.refuse('DAODI_HTTP_PORT', undefined, { zh: '缺失：ACME 从 80 端口验证，请设为 80 或 80 端口转来的端口', en: 'it is missing: ACME asks on port 80, so name 80, or the port that 80 is passed on to' });
  }

  httpPort(port: number, tls: TlsSettings | undefined): number | undefined {
    if (this.text('DAODI_HTTP_PORT') === undefined) return undefined;
    const httpPort = this.whole('DAODI_HTTP_PORT', 80, 1, 65535);
    if (tls === undefined) this.refuse('DAODI_HTTP_PORT', undefined, { zh: '仅在提供 https 时有用，请先设置 TLS，或去掉此项', en: 'it is of use only beside https: set up TLS first, or leave it out' });
    else if (httpPort === port) this.refuse('DAODI_HTTP_PORT', String(httpPort), { zh: '不能与 DAODI_PORT 相同', en: 'it must be another one than DAODI_PORT' });
    return httpPort;
  }

  networks(name: string): readonly string[] | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const items = text.split(',').map((item) => item.trim()).filter((item) => item !== '');
    const bad = items.find((item) => !isNetwork(item));
    if (bad !== undefined) this.refuse(name, bad, { zh: '应为地址、网段（如 10.0.0.0/8）或 loopback，用逗号分隔', en: 'they must be addresses, networks like 10.0.0.0/8, or loopback, parted by commas' });
    return items;
  }

  /** A part of a whole, 0 to 1. */
  share(name: string, byDefault: number): number {
    const text = this.text(name);
    if (text === undefined) return byDefault;
    if (/^(0|1|0?\.\d+|[01]\.0+|0\.\d+)$/.test(text)) return Number(text);
    this.refuse(name, text, { zh: '应为 0 到 1 的小数', en: 'it must be a number from 0 to 1' });
    return byDefault;
  }

  /** The names are those OpenTelemetry gave them, so that what is known of other programs holds here. */
  tracing(): TracingSettings | undefined {
    const endpoint = this.url('OTEL_EXPORTER_OTLP_ENDPOINT', ['http:', 'https:']);
    const serviceName = this.text('OTEL_SERVICE_NAME') ?? 'daodi';
    const ratio = this.share('OTEL_TRACES_SAMPLER_ARG', 1);
    const statements = this.onOff('DAODI_TRACE_STATEMENTS') ?? false;
    return endpoint === undefined ? undefined : { endpoint, serviceName, ratio, statements };
  }

  mail(): MailSettings | undefined {
    const smtpUrl = this.url('DAODI_SMTP_URL', ['smtp:', 'smtps:']);
    const from = this.text('DAODI_MAIL_FROM');
    if (smtpUrl !== undefined && from === undefined) this.refuse('DAODI_MAIL_FROM', undefined, { zh: '缺失:已指定邮件服务器,却未指定发件人', en: 'it is missing although a mail server is named' });
    return smtpUrl === undefined || from === undefined ? undefined : { smtpUrl, from };
  }

  /** It may hold the gateway's key, so what was typed is not repeated. */
  smsRequest(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined || (/^(GET|POST) https?:\/\/\S+( .+)?$/s.test(text) && text.includes('{phone}'))) return text;
    this.refuse(name, undefined, { zh: '应为“POST 地址 内容”或“GET 地址”,并含 {phone} 和 {text}', en: 'it must be "POST ADDRESS BODY" or "GET ADDRESS" and name {phone} and {text}' });
    return undefined;
  }

  database(): DatabaseUrls | undefined {
    const serviceUrl = this.url('DATABASE_URL', POSTGRES_PROTOCOLS);
    const ownerUrl = this.url('DAODI_DATABASE_OWNER_URL', POSTGRES_PROTOCOLS);
    const resolverUrl = this.url('DAODI_RESOLVER_DATABASE_URL', POSTGRES_PROTOCOLS);
    if (serviceUrl !== undefined) return { serviceUrl, ownerUrl, resolverUrl: resolverUrl ?? serviceUrl };
    if (this.text('DATABASE_URL') === undefined && (ownerUrl ?? resolverUrl) !== undefined) {
      this.refuse('DATABASE_URL', undefined, { zh: '缺失:已指定数据库的其他角色,却未指定服务角色的地址', en: 'it is missing although another role of the database is named' });
    }
    return undefined;
  }

  private refuse(name: string, typed: string | undefined, right: { zh: string; en: string }): void {
    const zh = typed === undefined ? right.zh : `“${typed}” 无效,${right.zh}`;
    const en = typed === undefined ? right.en : `"${typed}" cannot be used; ${right.en}`;
    this.bad.push({ name, zh, en });
  }
}
