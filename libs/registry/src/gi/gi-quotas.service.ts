import { Injectable } from '@nestjs/common';
import { decimalText } from '@daodi/epcis';
import { invalid } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, type PageQuery, readPage } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { OwnThings, patched } from '../things/own-things.service';
import type { State, ThingKind } from '../things/thing-kind';
import type { AddGiQuotaDto, ChangeGiQuotaDto } from './gi-quota.dto';

export const GI_QUOTAS: ThingKind = { record: 'gi-quota', table: 'gi_quota', path: '/api/v1/gi-quotas' };

/** What may be put under geographical indications: said by holders of themselves, and by supervisors of others. */
@Injectable()
export class GiQuotasService {
  constructor(
    private readonly things: OwnThings,
    private readonly dataSource: DataSource,
  ) {}

  add(caller: Caller, request: FastifyRequest, { holder, ...dto }: AddGiQuotaDto): Promise<ActAnswer> {
    return this.things.create(caller, request, GI_QUOTAS, async (tx) => {
      const [own] = await tx.query('SELECT code, type FROM organisation WHERE id = $1', [caller.organisationId]);
      const [named] = holder === undefined || holder === own?.code ? [{ id: caller.organisationId }] : own?.type === 'supervisor' ? await tx.query('SELECT id FROM organisation WHERE code = $1', [holder]) : [];
      if (named === undefined) {
        throw invalid([{ pointer: '/holder', rule: 'unknown-holder', detail: { zh: '没有这个单位；只有监管部门可为他人登记', en: 'There is no such organisation, or it is not for you to say what it may' } }]);
      }
      return { ...dto, registeredKg: decimalText(dto.registeredKg), holderId: named.id, status: 'active' };
    });
  }

  change(caller: Caller, request: FastifyRequest, id: string, dto: ChangeGiQuotaDto): Promise<ActAnswer> {
    return this.things.change(caller, request, GI_QUOTAS, id, dto.why, (_tx, old) => {
      const state = patched(old, dto);
      return { ...state, registeredKg: decimalText(state['registeredKg'] as string) };
    });
  }

  /** Those the organisation put down, and those that others put down of it. */
  list(caller: Caller, page: PageQuery): Promise<Page<State>> {
    return readPage<{ id: string; state: State; organisation_id: string; since_position: string }, State>(
      this.dataSource,
      'SELECT id, state, organisation_id, since_position FROM gi_quota WHERE (organisation_id = $1 OR holder_id = $1)',
      [caller.organisationId],
      page,
      ({ id, state, organisation_id }) => ({ id, ...state, own: organisation_id === caller.organisationId }),
    );
  }
}
