import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { notFound } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { uuidOf } from '../acts/act-headers';
import { Acts } from '../acts/acts.service';
import { record } from '../acts/draft';
import { type Page, type PageQuery, readPage } from '../input/page';
import type { Caller, Scope } from '../sign-in/caller';
import type { Role } from '../sign-in/role';
import { API_KEY_PREFIX, hashToken, newToken } from '../sign-in/secrets';
import type { MakeApiKeyDto } from './api-key.dto';
import { refuseRoles } from './person-records';

/** A key as its organisation sees it; the secret is nobody's to see again. */
export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly scopes: readonly Scope[];
  readonly status: string;
}

/** Keys for systems. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
  ) {}

  make(caller: Caller, request: FastifyRequest, dto: MakeApiKeyDto): Promise<ActAnswer> {
    refuseRoles(caller, dto.roles);
    const id = randomUUID();
    const secret = newToken(API_KEY_PREFIX);
    const state = { name: dto.name, roles: dto.roles, scopes: dto.scopes ?? ['read', 'write'], status: 'active' };
    return this.acts.perform(caller, request, {
      decide: () => [record('api-key', id, 'created', { new: state })],
      confirm: async (tx) => {
        await tx.query('INSERT INTO api_key_secret (key_id, secret_hash) VALUES ($1, $2)', [id, hashToken(secret)]);
      },
      reveal: { secret },
      respond: () => ({ status: 201, location: `/api/v1/api-keys/${id}`, body: { id, ...state } }),
    });
  }

  end(caller: Caller, request: FastifyRequest, keyId: string): Promise<ActAnswer> {
    const id = uuidOf(keyId);
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const [row] = await tx.query(
          `SELECT name, roles, scopes, status FROM api_key WHERE id = $1 AND organisation_id = $2 AND status = 'active'`,
          [id ?? null, caller.organisationId],
        );
        if (row === undefined) throw notFound();
        refuseRoles(caller, row.roles);
        return [record('api-key', id as string, 'ended', { old: row, new: { ...row, status: 'ended' } })];
      },
      confirm: async (tx) => {
        await tx.query('DELETE FROM api_key_secret WHERE key_id = $1', [id]);
      },
      respond: () => ({ status: 200, body: { id, status: 'ended' } }),
    });
  }

  list(caller: Caller, page: PageQuery): Promise<Page<ApiKeyView>> {
    return readPage<ApiKeyView & { since_position: string }, ApiKeyView>(
      this.dataSource,
      'SELECT id, name, roles, scopes, status, since_position FROM api_key WHERE organisation_id = $1',
      [caller.organisationId],
      page,
      ({ id, name, roles, scopes, status }) => ({ id, name, roles, scopes, status }),
    );
  }
}
