import { Injectable } from '@nestjs/common';
import { type Fault, invalid } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import type { Caller } from '../sign-in/caller';
import { OwnThings, patched } from '../things/own-things.service';
import type { ThingKind } from '../things/thing-kind';
import type { AddAccreditationDto, ChangeAccreditationDto } from './accreditation.dto';

export const ACCREDITATIONS: ThingKind = { record: 'accreditation', table: 'accreditation', path: '/api/v1/accreditations' };

/** What laboratories are accredited for: said by themselves, or by those who buy from them, for their own goods. */
@Injectable()
export class AccreditationsService {
  constructor(private readonly things: OwnThings) {}

  add(caller: Caller, request: FastifyRequest, { laboratory, signatories, ...dto }: AddAccreditationDto): Promise<ActAnswer> {
    return this.things.create(caller, request, ACCREDITATIONS, async (tx) => {
      const faults: Fault[] = [];
      const [own] = await tx.query('SELECT code FROM organisation WHERE id = $1', [caller.organisationId]);
      const isOwn = laboratory === undefined || laboratory === own?.code;
      const [named] = isOwn ? [{ id: caller.organisationId }] : await tx.query('SELECT id FROM organisation WHERE code = $1', [laboratory]);
      if (named === undefined) faults.push(fault('/laboratory', 'unknown-laboratory', '没有这一检验机构', 'There is no such laboratory'));
      if (dto.validTo < dto.validFrom) faults.push(fault('/validTo', 'days-order', '有效期截止日早于起始日', 'The last day is before the first'));
      if (signatories !== undefined && !isOwn) faults.push(fault('/signatories', 'own-only', '只能登记本机构的授权签字人', 'Only one’s own signatories are put down'));
      if (isOwn) faults.push(...(await unknownPeople(tx, caller, signatories ?? [])));
      if (faults.length > 0) throw invalid(faults);
      return {
        ...dto, scope: dto.scope.map((line) => ({ ...line })), laboratoryId: named.id,
        ...(signatories !== undefined && { signatories: signatories.map(({ person, tests }) => ({ person: person.toLowerCase(), ...(tests !== undefined && { tests }) })) }), status: 'active',
      };
    });
  }

  change(caller: Caller, request: FastifyRequest, id: string, dto: ChangeAccreditationDto): Promise<ActAnswer> {
    return this.things.change(caller, request, ACCREDITATIONS, id, dto.why, (_tx, old) => patched(old, dto));
  }
}

async function unknownPeople(tx: EntityManager, { organisationId }: Caller, signatories: readonly { readonly person: string }[]): Promise<Fault[]> {
  const rows: { id: string }[] = await tx.query('SELECT id FROM person WHERE organisation_id = $1 AND id = ANY($2::uuid[])', [organisationId, signatories.map(({ person }) => person)]);
  const known = new Set(rows.map(({ id }) => id));
  return signatories.flatMap(({ person }, n): Fault[] => (known.has(person.toLowerCase()) ? [] : [fault(`/signatories/${n}/person`, 'unknown-person', '本组织没有这个人', 'The organisation has no such person')]));
}

const fault = (pointer: string, rule: string, zh: string, en: string): Fault => ({ pointer, rule, detail: { zh, en } });
