import { Injectable } from '@nestjs/common';
import { Problem } from '@daodi/platform';
import { DataSource } from 'typeorm';
import { forgetAttempts, refuseLocked } from './lockout';
import { hashToken, isPassword, newToken, SESSION_PREFIX } from './secrets';

/** How long a session lasts: a week, so that a warehouse signs in on Mondays. */
export const SESSION_SECONDS = 7 * 24 * 60 * 60;

/** A session begun; the token is shown this once. */
export interface NewSession {
  readonly token: string;
  readonly personId: string;
  readonly expiresAt: string;
}

/** Signs people in and out. Sessions are no matter of the log: what somebody does in one is. */
@Injectable()
export class SessionsService {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Signs in by login and password. A login nobody has costs the same time and gets the same answer as a wrong
   * password, and is locked alike.
   *
   * @throws Problem 401 where they do not fit, 429 while login or address is locked
   */
  async signIn(login: string, password: string, address: string): Promise<NewSession> {
    const name = login.trim().toLowerCase();
    await refuseLocked(this.dataSource, name, address);
    const [row] = await this.dataSource.query(
      `SELECT p.id, s.password_hash FROM person p JOIN person_secret s ON s.person_id = p.id
        WHERE p.login = $1 AND p.status = 'active'`,
      [name],
    );
    if (!(await isPassword(password, row?.password_hash))) throw wrong();
    await forgetAttempts(this.dataSource, name, address);
    const token = newToken(SESSION_PREFIX);
    // A password set in this very moment signs everybody out; the lock makes one of the two wait for the other.
    const [session] = await this.dataSource.query(
      `INSERT INTO session (token_hash, person_id, expires_at)
       SELECT $1, person_id, clock_timestamp() + make_interval(secs => $4) FROM person_secret
        WHERE person_id = $2 AND password_hash = $3 FOR SHARE
       RETURNING to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS expires_at`,
      [hashToken(token), row.id, row.password_hash, SESSION_SECONDS],
    );
    if (session === undefined) throw wrong();
    await this.dataSource.query('DELETE FROM session WHERE person_id = $1 AND expires_at < clock_timestamp()', [row.id]);
    return { token, personId: row.id, expiresAt: session.expires_at };
  }

  /** Ends a session by the hash of its token. */
  async signOut(hash: Buffer): Promise<void> {
    await this.dataSource.query('DELETE FROM session WHERE token_hash = $1', [hash]);
  }
}

const wrong = (): Problem => new Problem(401, 'sign-in-failed', { zh: '登录名或密码不正确', en: 'Login or password is not right' });
