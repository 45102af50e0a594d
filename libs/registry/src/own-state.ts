import type { OwnState } from '@daodi/platform';
import { forgetPickerNames } from './pickers/picker-names';

/** What signs people and systems in, and the names of pickers: never in the log. Who was signed in signs in again. */
export const REGISTRY_STATE: OwnState = {
  kept: [{ table: 'person_secret' }, { table: 'api_key_secret' }, { table: 'picker_name' }],
  passing: [
    { table: 'session', why: 'after a restore people sign in again' },
    { table: 'signing_token', why: 'minutes old; a signature is given anew' },
    { table: 'sign_in_attempt', why: 'counts of the last minutes' },
    { table: 'owner_link', why: 'daodi reset-owner makes a new one' },
    { table: 'setup_token', why: 'the next start prints a new link if there is no operator yet' },
  ],
  async forget(tx, erased) {
    const people = erased.flatMap(({ personId }) => personId ?? []);
    if (people.length > 0) await tx.query('DELETE FROM person_secret WHERE person_id = ANY($1::uuid[])', [people]);
    await forgetPickerNames(tx, erased.flatMap(({ pickerId }) => pickerId ?? []));
  },
};
