import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller, Scope } from './caller';
import { GatheredLookup } from './gathered-lookup';
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
  private readonly keys = new GatheredLookup((hashes) => this.findByKeys(hashes));

  constructor(private readonly dataSource: DataSource) {}

  /** The caller behind an API key or session token, if there is one. */
  async findByToken(token: string): Promise<Caller | undefined> {
    if (token.startsWith(API_KEY_PREFIX)) return this.keys.find(hashToken(token));
    if (token.startsWith(SESSION_PREFIX)) return this.findBySession(hashToken(token));
    return undefined;
  }

  /** Machines call often, and many at once: those that call in one turn of the event loop are looked up together. */
  private async findByKeys(hashes: readonly Buffer[]): Promise<(readonly [Buffer, Caller])[]> {
    const rows: (CallerRow & { hash: Buffer })[] = await this.dataSource.query(
      `SELECT s.secret_hash AS hash, o.id AS organisation_id, o.code, o.type, k.id, k.roles, k.scopes
         FROM api_key_secret s JOIN api_key k ON k.id = s.key_id JOIN organisation o ON o.id = k.organisation_id
        WHERE s.secret_hash = ANY($1::bytea[]) AND k.status = 'active'`,
      [hashes],
    );
    return rows.map((row) => [row.hash, { ...callerOf(row), actor: { kind: 'key', id: row.id }, keyId: row.id }] as const);
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
