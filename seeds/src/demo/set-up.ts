import type { Client } from './client';
import type { Credentials } from './credentials';
import { OPERATOR } from './data/organisations';

/**
 * The operator comes in by the one-time link and its form, as in any installation, and the herb catalogue with it.
 *
 * @param link undefined where there is an operator already
 */
export async function setUpOperator(link: string | undefined, client: Client, credentials: Credentials): Promise<void> {
  if (link === undefined) return;
  const { name, code, creditCode, region, people: [person] } = OPERATOR;
  const token = new URL(link).searchParams.get('token') as string;
  const fields = { token, name, code, creditCode, region, personName: person.name, login: person.login, password: credentials.passwordOf(person.login) };
  await client.form('/setup', fields, 'set up');
}
