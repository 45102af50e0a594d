/** Where Redis is: at one address, or wherever the sentinels say the master is now. */
import type { ConnectionOptions } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';

/** Protocols REDIS_URL may have. */
const DIRECT = ['redis:', 'rediss:'];
const SENTINEL = /^(rediss?)\+sentinel:\/\/(?:([^@/]*)@)?([^/?#]+)\/([^/?#]+)(?:\/(\d{1,4}))?(?:\?([^#]*))?$/;
/** The port sentinels listen on unless told otherwise. */
const SENTINEL_PORT = 26379;
/** How long a name or a silent address is waited for before the next sentinel is asked, in milliseconds. */
const CONNECT_WITHIN_MS = 5_000;

/** What ioredis is given. */
export type RedisPlace = string | RedisOptions;

/**
 * Reads REDIS_URL: `redis://[user:password@]host[:port][/db]`, `rediss://…` with TLS, or
 * `redis+sentinel://[user:password@]host[:port],host[:port]…/MASTER[/db][?sentinelUsername=…&sentinelPassword=…]`, and
 * `rediss+sentinel://…` where sentinels and Redis both speak TLS. User and password are those of Redis itself.
 *
 * @returns undefined where it is none of these
 */
export function readRedisUrl(text: string): RedisPlace | undefined {
  if (URL.canParse(text) && DIRECT.includes(new URL(text).protocol)) return text;
  const [, protocol, account, hosts = '', name = '', db, query] = SENTINEL.exec(text) ?? [];
  const sentinels = hosts.split(',').map(readHost);
  if (protocol === undefined || sentinels.some((sentinel) => sentinel === undefined)) return undefined;
  const [username = '', password] = (account ?? '').split(/:(.*)/s);
  const asked = new URLSearchParams(query);
  const tls = protocol === 'rediss' ? { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true } : {};
  return {
    sentinels: sentinels as { host: string; port: number }[],
    name: decodeURIComponent(name),
    db: Number(db ?? 0),
    username: decodeURIComponent(username) || undefined,
    password: password === undefined ? undefined : decodeURIComponent(password),
    sentinelUsername: asked.get('sentinelUsername') ?? undefined,
    sentinelPassword: asked.get('sentinelPassword') ?? undefined,
    connectTimeout: CONNECT_WITHIN_MS,
    ...tls,
  };
}

/**
 * Opens a connection.
 *
 * @param url a REDIS_URL that was checked
 * @param more settings of this one connection
 */
export function openRedis(url: string, more: RedisOptions): Redis {
  const place = checked(url);
  return typeof place === 'string' ? new Redis(place, more) : new Redis({ ...place, ...more });
}

/** The same as BullMQ wants to be told, which opens connections itself. */
export function redisConnection(url: string, more: RedisOptions): ConnectionOptions {
  const place = checked(url);
  return (typeof place === 'string' ? { url: place, ...more } : { ...place, ...more }) as ConnectionOptions;
}

function checked(url: string): RedisPlace {
  const place = readRedisUrl(url);
  if (place === undefined) throw new Error('this REDIS_URL was not checked');
  return place;
}

function readHost(text: string): { host: string; port: number } | undefined {
  const [, host, port] = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  return host === undefined ? undefined : { host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? SENTINEL_PORT) };
}
