import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller, Scope } from './caller';
import { API_KEY_PREFIX, hashToken, SESSION_PREFIX } from './secrets';
import type { OrganisationType, Role } from './role';

interface CallerRow {
  organisation_id: string;
  code: string;
  type: OrganisationType;
  id: string;
  roles: Role[];
  scopes: Scope[];
}

/** Finds who holds a token. A revoked key, an ended person, an expired session are nobody. */
@Injectable()
export class CallerLookup {
  constructor(private readonly dataSource: DataSource) {}

  /** The caller behind an API key or session token, if there is one. */
  async findByToken(token: string): Promise<Caller | undefined> {
    if (token.startsWith(API_KEY_PREFIX)) return this.findByKey(hashToken(token));
    if (token.startsWith(SESSION_PREFIX)) return this.findBySession(hashToken(token));
    return undefined;
  }

  private async findByKey(hash: Buffer): Promise<Caller | undefined> {
    const [row]: CallerRow[] = await this.dataSource.query(
      `SELECT o.id AS organisation_id, o.code, o.type, k.id, k.roles, k.scopes
         FROM api_key_secret s JOIN api_key k ON k.id = s.key_id JOIN organisation o ON o.id = k.organisation_id
        WHERE s.secret_hash = $1 AND k.status = 'active'`,
      [hash],
    );
    return row && { ...callerOf(row), actor: { kind: 'key', id: row.id }, keyId: row.id };
  }

  private async findBySession(hash: Buffer): Promise<Caller | undefined> {
    const [row]: CallerRow[] = await this.dataSource.query(
      `SELECT o.id AS organisation_id, o.code, o.type, p.id, p.roles, '{read,write}'::text[] AS scopes
         FROM session s JOIN person p ON p.id = s.person_id JOIN organisation o ON o.id = p.organisation_id
        WHERE s.token_hash = $1 AND s.expires_at > clock_timestamp() AND p.status = 'active'`,
      [hash],
    );
    return row && { ...callerOf(row), actor: { kind: 'person', id: row.id }, personId: row.id };
  }
}

const callerOf = (row: CallerRow): Omit<Caller, 'actor'> => ({
  organisationId: row.organisation_id,
  organisationCode: row.code,
  organisationType: row.type,
  roles: row.roles,
  scopes: row.scopes,
});
