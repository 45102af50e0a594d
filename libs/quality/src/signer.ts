import { Problem } from '@daodi/platform';
import type { Caller } from '@daodi/registry';

/** The person who signs. A signature is a person's: no key and no system gives one. @throws Problem 403 */
export function signer(caller: Caller): string {
  if (caller.personId !== undefined) return caller.personId;
  throw new Problem(403, 'person-needed', { zh: '签字须由本人登录后进行，API 密钥不能签字', en: 'Only a person who signed in can sign; an API key cannot' });
}
