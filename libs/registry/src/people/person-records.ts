import { type Fault, invalid, Problem } from '@daodi/platform';
import type { EntityManager } from 'typeorm';
import { type Draft, record } from '../acts/draft';
import { mayGive, type OrganisationType, type Role } from '../sign-in/role';

/** A person as its records say it. Name and login are personal: they stand here and in the `person` table only. */
export interface PersonState extends Record<string, unknown> {
  readonly organisationId: string;
  readonly login?: string;
  readonly name?: string;
  readonly roles: readonly Role[];
  readonly status: 'active' | 'ended' | 'erased';
}

type Db = Pick<EntityManager, 'query'>;

/** The records of a new person with a password: who it is, and that it can sign in. The hash is no matter of the log. */
export function newPerson(id: string, state: PersonState): Draft[] {
  return [record('person', id, 'created', { new: state }), passwordSet(id)];
}

/** The record that a password was set; who set it is the entry's actor. */
export const passwordSet = (personId: string): Draft => record('credential', personId, 'changed', { new: { kind: 'password' } });

/** Keeps the hash of a password, in the transaction of the record that says so. */
export async function keepPassword(tx: Db, personId: string, hash: string): Promise<void> {
  await tx.query(
    `INSERT INTO person_secret (person_id, password_hash) VALUES ($1, $2)
     ON CONFLICT (person_id) DO UPDATE SET password_hash = EXCLUDED.password_hash`,
    [personId, hash],
  );
}

/** A person of an organisation. */
export async function findPerson(db: Db, organisationId: string, id: string): Promise<PersonState | undefined> {
  const [row] = await db.query('SELECT login, name, roles, status FROM person WHERE id = $1 AND organisation_id = $2', [id, organisationId]);
  return row && { organisationId, login: row.login ?? undefined, name: row.name ?? undefined, roles: row.roles, status: row.status };
}

/** Refuses a login somebody has. It is one for the whole installation, since one signs in by login alone. */
export async function refuseTakenLogin(tx: Db, login: string, pointer: string, personId?: string): Promise<void> {
  const [taken] = await tx.query('SELECT FROM person WHERE login = $1 AND id IS DISTINCT FROM $2', [login, personId ?? null]);
  if (taken === undefined) return;
  const fault: Fault = { pointer, rule: 'login-taken', detail: { zh: '该登录名已被使用', en: 'This login is in use' } };
  throw new Problem(409, 'login-taken', { zh: '该登录名已被使用', en: 'This login is in use' }, { faults: [fault] });
}

/** Refuses roles the giver may not give, each with its place. @throws Problem 422 */
export function refuseRoles(
  giver: { readonly roles: readonly Role[]; readonly organisationType: OrganisationType },
  roles: readonly Role[],
): void {
  const faults = roles.flatMap((role, i): Fault[] =>
    mayGive(giver, role)
      ? []
      : [{ pointer: `/roles/${i}`, rule: 'role-not-yours-to-give', detail: { zh: `您不能授予角色 ${role}`, en: `The role ${role} is not yours to give` } }],
  );
  if (faults.length > 0) throw invalid(faults);
}

/** Refuses what would leave an organisation without anybody who can give roles. @throws Problem 409 */
export async function refuseLastOwner(tx: Db, organisationId: string, personId: string): Promise<void> {
  const [other] = await tx.query(
    `SELECT FROM person WHERE organisation_id = $1 AND id <> $2 AND status = 'active' AND 'owner' = ANY(roles) LIMIT 1`,
    [organisationId, personId],
  );
  if (other !== undefined) return;
  throw new Problem(409, 'last-owner', { zh: '组织至少要有一名负责人（owner）', en: 'An organisation keeps at least one owner' });
}
