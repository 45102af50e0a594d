import { Injectable } from '@nestjs/common';
import { type Fault, invalid, notFound, Problem } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { readActHeaders, uuidOf } from '../acts/act-headers';
import { hasHandedIn } from '../files/file-rights.service';
import { type Page, readPage } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { OwnThings } from '../things/own-things.service';
import type { State, ThingKind } from '../things/thing-kind';
import { READABLE_STANDARD, versionOf } from './load-standards';
import type { ConfirmationQuery, ConfirmLimitsDto } from './standard.dto';

export const CONFIRMATIONS: ThingKind = { record: 'standard-confirmation', table: 'standard_confirmation', path: '/api/v1/standard-confirmations' };

/**
 * What people of an organisation confirmed against the printed source. Each says what it read itself: a system cannot,
 * and nobody reads in another's place.
 */
@Injectable()
export class ConfirmationsService {
  constructor(
    private readonly things: OwnThings,
    private readonly dataSource: DataSource,
  ) {}

  async confirm(caller: Caller, request: FastifyRequest, { version, page, readings, complete }: ConfirmLimitsDto): Promise<ActAnswer> {
    const { personId } = caller;
    if (personId === undefined || readActHeaders(request).onBehalfOf !== undefined) {
      throw new Problem(403, 'person-needed', { zh: '限度由本人登录后核对，不能由系统或代他人核对', en: 'A person confirms limits itself, signed in; no system does, and nobody in another’s place' });
    }
    return this.things.create(caller, request, CONFIRMATIONS, async (tx) => {
      await refuseFaults(tx, caller, { version, page, readings });
      return JSON.parse(JSON.stringify({ version: version.toLowerCase(), personId, page, readings, complete, status: 'active' }));
    });
  }

  withdraw(caller: Caller, request: FastifyRequest, id: string, why: string): Promise<ActAnswer> {
    return this.things.change(caller, request, CONFIRMATIONS, id, why, (_tx, old) => ({ ...old, status: 'ended' }));
  }

  list(caller: Caller, { version, ...page }: ConfirmationQuery): Promise<Page<State>> {
    return readPage<{ id: string; state: State; since_position: string }, State>(
      this.dataSource,
      'SELECT id, state, since_position FROM standard_confirmation WHERE organisation_id = $1 AND ($2::uuid IS NULL OR version_id = $2)',
      [caller.organisationId, version ?? null],
      page,
      ({ id, state }) => ({ id, ...state }),
    );
  }
}

async function refuseFaults(tx: EntityManager, caller: Caller, { version, page, readings }: ConfirmLimitsDto): Promise<void> {
  const [row] = await tx.query(`SELECT id, organisation_id, status, state FROM standard s WHERE id = $2 AND ${READABLE_STANDARD(1)}`, [caller.organisationId, uuidOf(version)]);
  if (row === undefined) throw notFound({ zh: '没有这个标准版本', en: 'There is no such version of a standard' });
  const known = new Set(versionOf(row).limits.map(({ id }) => id));
  const faults: Fault[] = [];
  const seen = new Set<string>();
  if (!(await hasHandedIn(tx, caller.organisationId, page.file))) {
    faults.push({ pointer: '/page/file', rule: 'page-missing', detail: { zh: '本组织还没有上传这一页：请先 PUT /api/v1/files/{sha256}', en: 'Your organisation has not handed this page in: PUT /api/v1/files/{sha256} first' } });
  }
  readings.forEach(({ limit }, i) => {
    if (!known.has(limit)) faults.push({ pointer: `/readings/${i}/limit`, rule: 'unknown-limit', detail: { zh: '该版本没有这一限度', en: 'The version has no such limit' } });
    if (seen.has(limit)) faults.push({ pointer: `/readings/${i}/limit`, rule: 'limit-twice', detail: { zh: '同一限度写了两次', en: 'The same limit stands twice' } });
    seen.add(limit);
  });
  if (faults.length > 0) throw invalid(faults);
}
