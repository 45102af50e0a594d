import type { Actor } from '@daodi/log';
import type { OrganisationType, Role } from './role';

/** What a credential may do at all, whatever its roles: an API key can be made for reading only. */
export const SCOPES = ['read', 'write'] as const;
export type Scope = (typeof SCOPES)[number];

/** What each scope allows. */
export const SCOPE_MEANINGS = {
  read: '查询 read', write: '登记 write',
} as const;

/** Who is calling: one person or key, always of exactly one organisation. */
export interface Caller {
  readonly organisationId: string;
  readonly organisationCode: string;
  readonly organisationType: OrganisationType;
  /** How the log names them: by id only. */
  readonly actor: Actor;
  /** A key carries the roles it was made with, a person those it holds now. */
  readonly roles: readonly Role[];
  /** Persons always have both. */
  readonly scopes: readonly Scope[];
  /** Set when a person signed in. */
  readonly personId?: string;
  /** Set when an API key was used. */
  readonly keyId?: string;
}
