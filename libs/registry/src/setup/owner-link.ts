import type { Config } from '@daodi/platform';
import type { EntityManager } from 'typeorm';
import { hashToken, newToken, SETUP_PREFIX } from '../sign-in/secrets';

/** How long the link can be used, in hours: long enough to walk over to a colleague with it. */
export const OWNER_LINK_HOURS = 1;

type Db = Pick<EntityManager, 'query'>;

/** An organisation, as whoever stands at the machine names it. */
export interface NamedOrganisation {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

/** Finds an organisation by its code; `operator` is the operator, unless somebody has that code. */
export async function findOrganisation(db: Db, code: string): Promise<NamedOrganisation | undefined> {
  const [row] = await db.query(
    `SELECT id, code, name FROM organisation WHERE code = $1 OR (type = 'operator' AND $1 = 'operator') ORDER BY code = $1 DESC LIMIT 1`,
    [code],
  );
  return row;
}

/** The owners of an organisation who may sign in. */
export function ownersOf(db: Db, organisationId: string): Promise<{ readonly id: string; readonly login: string }[]> {
  return db.query(`SELECT id, login FROM person WHERE organisation_id = $1 AND status = 'active' AND 'owner' = ANY(roles) AND login IS NOT NULL ORDER BY login`, [organisationId]);
}

/**
 * Makes the one-time link by which an owner sets a new password, or a new owner comes in. A link made earlier for the
 * same organisation stops working. Whoever may do this stands at the machine and could do anything: what it leaves in
 * the log, once the link is used, says so.
 *
 * @param personId whose password is set; absent: a new owner is made
 */
export async function makeOwnerLink(db: Db, { publicUrl }: Pick<Config, 'publicUrl'>, organisationId: string, personId?: string): Promise<string> {
  const token = newToken(SETUP_PREFIX);
  await db.query(
    `INSERT INTO owner_link (organisation_id, person_id, token_hash, expires_at) VALUES ($1, $2, $3, clock_timestamp() + make_interval(hours => $4))
     ON CONFLICT (organisation_id) DO UPDATE SET person_id = EXCLUDED.person_id, token_hash = EXCLUDED.token_hash, expires_at = EXCLUDED.expires_at`,
    [organisationId, personId ?? null, hashToken(token), OWNER_LINK_HOURS],
  );
  return `${publicUrl}/setup/owner?token=${token}`;
}

/** What a link opens. */
export interface OpenOwnerLink {
  readonly organisationId: string;
  readonly organisation: string;
  readonly isOperator: boolean;
  /** Whose password is set; absent where a new owner is made. */
  readonly personId?: string;
  readonly login?: string;
}

/** Reads a link that can still be used; undefined for any other. Looking does not use it. */
export async function readOwnerLink(db: Db, token: string): Promise<OpenOwnerLink | undefined> {
  const [row] = await db.query(
    `SELECT l.organisation_id, l.person_id, o.name, o.type, p.login
       FROM owner_link l JOIN organisation o ON o.id = l.organisation_id LEFT JOIN person p ON p.id = l.person_id
      WHERE l.token_hash = $1 AND l.expires_at > clock_timestamp()
        AND (l.person_id IS NULL OR (p.status = 'active' AND 'owner' = ANY(p.roles)))`,
    [hashToken(token)],
  );
  return row && { organisationId: row.organisation_id, organisation: row.name, isOperator: row.type === 'operator', personId: row.person_id ?? undefined, login: row.login ?? undefined };
}
