import { createHash, randomBytes, scrypt as scryptCallback, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const scrypt = promisify<string, Buffer, number, ScryptOptions, Buffer>(scryptCallback);

/** Work factors of RFC 7914 for sign-in on a small machine: 32 MiB and about a tenth of a second. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const KEY_BYTES = 32;

/** Prefixes tell a reader of a leaked text what it is, and us which table to look in. */
export const API_KEY_PREFIX = 'dk_';
export const SESSION_PREFIX = 'ds_';
export const SETUP_PREFIX = 'du_';
export const SIGNING_PREFIX = 'dg_';

/** A secret nobody can guess: 256 random bits behind a prefix. It is shown once and kept only as {@link hashToken}. */
export function newToken(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/** SHA-256 of a token. No salt and no stretching: a token has 256 bits of its own. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** What is stored of a password: scrypt with a salt of its own, work factors included so that they can grow. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await scrypt(password.normalize('NFKC'), salt, KEY_BYTES, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** A hash no password has, so that an unknown login costs the same time as a known one. */
const NOBODY = ['scrypt', COST.N, COST.r, COST.p, Buffer.alloc(16).toString('base64'), Buffer.alloc(KEY_BYTES).toString('base64')].join('$');

/**
 * Whether a password is the one behind a stored hash. Takes the time of one scrypt in every case, also for
 * `undefined` (an unknown login, or a person without a password), which is never right.
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, n, r, p, salt, key] = (stored ?? NOBODY).split('$');
  const wanted = Buffer.from(key ?? '', 'base64');
  const options = { N: Number(n), r: Number(r), p: Number(p), maxmem: COST.maxmem };
  const got = await scrypt(password.normalize('NFKC'), Buffer.from(salt ?? '', 'base64'), KEY_BYTES, options);
  return wanted.length === got.length && timingSafeEqual(wanted, got) && stored !== undefined;
}
