import { createHash } from 'node:crypto';
import { Problem } from '@daodi/platform';
import type { EntityManager } from 'typeorm';

/** Wrong passwords for one login within the window before it is locked. */
const LOGIN_ATTEMPTS = 5;
/** The same from one source address, behind which a whole office may sit. */
const ADDRESS_ATTEMPTS = 20;
/** How long failures are remembered, and how long a lock holds. */
const WINDOW = '15 minutes';

type Db = Pick<EntityManager, 'query'>;

/**
 * Counts an attempt before it is looked at, so that a hundred at once are not all looked at. Logins and addresses are
 * kept as hashes: the table is no list of who tried when.
 *
 * @returns seconds until the lock opens, or undefined where the attempt may be looked at
 */
export async function countAttempt(db: Db, login: string, address: string): Promise<number | undefined> {
  const seconds = await Promise.all([count(db, keyOf('login', login), LOGIN_ATTEMPTS), count(db, keyOf('address', address), ADDRESS_ATTEMPTS)]);
  return seconds.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a));
}

/**
 * Counts an attempt, and lets nobody look at it while the login or the address is locked.
 *
 * @throws Problem 429 with Retry-After
 */
export async function refuseLocked(db: Db, login: string, address: string): Promise<void> {
  const seconds = await countAttempt(db, login, address);
  if (seconds === undefined) return;
  throw new Problem(429, 'sign-in-locked', { zh: '失败次数过多，登录已暂时锁定', en: 'Too many failures; signing in is locked for a while' }, { headers: { 'Retry-After': String(seconds) } });
}

/** Forgets the failures of a login that has now succeeded, and that this attempt came from its address. */
export async function forgetAttempts(db: Db, login: string, address: string): Promise<void> {
  await db.query('DELETE FROM sign_in_attempt WHERE key = $1 OR until < clock_timestamp()', [keyOf('login', login)]);
  // Not forgotten as a whole: who holds one account could otherwise try out others between two sign-ins of it.
  await db.query('UPDATE sign_in_attempt SET attempts = attempts - 1 WHERE key = $1 AND attempts > 0', [keyOf('address', address)]);
}

const keyOf = (kind: 'login' | 'address', value: string): Buffer => createHash('sha256').update(`${kind} ${value}`, 'utf8').digest();

async function count(db: Db, key: Buffer, most: number): Promise<number | undefined> {
  const [row]: { attempts: number; seconds: number }[] = await db.query(
    `INSERT INTO sign_in_attempt AS a (key, attempts, until) VALUES ($1, 1, clock_timestamp() + $3::interval)
     ON CONFLICT (key) DO UPDATE SET
       attempts = CASE WHEN a.until < clock_timestamp() THEN 1 ELSE least(a.attempts, $2::int) + 1 END,
       until = CASE WHEN a.until < clock_timestamp() OR a.attempts = $2::int - 1 THEN clock_timestamp() + $3::interval ELSE a.until END
     RETURNING attempts, ceil(extract(epoch FROM until - clock_timestamp()))::int AS seconds`,
    [key, most, WINDOW],
  );
  return row !== undefined && row.attempts > most ? Math.max(row.seconds, 1) : undefined;
}
