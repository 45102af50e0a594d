import { Injectable } from '@nestjs/common';
import { Problem } from '@daodi/platform';
import { DataSource, type EntityManager } from 'typeorm';
import { forgetAttempts, refuseLocked } from './lockout';
import { hashToken, isPassword, newToken, SIGNING_PREFIX } from './secrets';
import { SIGNATURE_MEANINGS, type SignatureMeaning } from './signature-meanings';

/** How long a password given for a signature stays good: long enough to send the act. */
const SIGNING_SECONDS = 5 * 60;

/** That a person gave the password again, for one act; the token is shown this once and works once. */
export interface SigningToken {
  readonly token: string;
  readonly meaning: SignatureMeaning;
  /** What the signature says. */
  readonly statement: { readonly zh: string; readonly en: string };
  readonly expiresAt: string;
}

/** As a signed record keeps it. */
export interface ElectronicSignature {
  readonly meaning: SignatureMeaning;
  readonly statement: { readonly zh: string; readonly en: string };
  /** How the person was known again. */
  readonly by: 'password';
}

/**
 * 电子签名: a person who is signed in gives the password again for one act, and sees what the signature says. A session
 * left open signs nothing. No matter of the log until the act takes it.
 */
@Injectable()
export class SigningService {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * @param about id of what is signed
   * @throws Problem 403 where the password is not right, 429 while the login or address is locked: failures count with those of signing in
   */
  async confirm(personId: string, password: string, meaning: SignatureMeaning, about: string, address: string): Promise<SigningToken> {
    const [person] = await this.dataSource.query(
      `SELECT p.login, s.password_hash FROM person p JOIN person_secret s ON s.person_id = p.id WHERE p.id = $1 AND p.status = 'active'`, [personId]);
    const login: string = person?.login ?? personId;
    await refuseLocked(this.dataSource, login, address);
    if (!(await isPassword(password, person?.password_hash))) throw new Problem(403, 'password-wrong', { zh: '密码不正确，未签名', en: 'The password is not right; nothing was signed' });
    await forgetAttempts(this.dataSource, login, address);
    const token = newToken(SIGNING_PREFIX);
    await this.dataSource.query('DELETE FROM signing_token WHERE person_id = $1 AND expires_at < clock_timestamp()', [personId]);
    const [row] = await this.dataSource.query(
      `INSERT INTO signing_token (token_hash, person_id, meaning, about, expires_at) VALUES ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5))
       RETURNING to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS expires_at`,
      [hashToken(token), personId, meaning, about, SIGNING_SECONDS],
    );
    return { token, meaning, statement: SIGNATURE_MEANINGS[meaning], expiresAt: row.expires_at };
  }

  /**
   * Takes a token for the act it was given for, in the act's transaction: an act that is refused leaves it good.
   *
   * @throws Problem 403 where it is not this person's, not for this, used, or too old
   */
  async redeem(tx: EntityManager, personId: string, token: string, meaning: SignatureMeaning, about: string): Promise<ElectronicSignature> {
    const [, taken] = await tx.query(
      'DELETE FROM signing_token WHERE token_hash = $1 AND person_id = $2 AND meaning = $3 AND about = $4 AND expires_at > clock_timestamp()', [hashToken(token), personId, meaning, about]);
    if (taken !== 1) throw new Problem(403, 'signature-needed', { zh: '电子签名无效、已用过或已过期，请重新输入密码签名', en: 'The electronic signature is not valid for this, used, or too old; give the password again' }, {
      faults: [{ pointer: '/signature', rule: 'signature', detail: { zh: '须为 POST /api/v1/signatures 刚给出的签名', en: 'a signature just given by POST /api/v1/signatures' } }],
    });
    return { meaning, statement: SIGNATURE_MEANINGS[meaning], by: 'password' };
  }
}
