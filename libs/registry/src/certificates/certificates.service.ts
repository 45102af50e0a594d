import { Injectable } from '@nestjs/common';
import { type Fault, invalid } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { findPerson } from '../people/person-records';
import { LAND } from '../land/land.service';
import { PRODUCTS } from '../products/products.service';
import type { Caller } from '../sign-in/caller';
import { findOwn, OwnThings } from '../things/own-things.service';
import type { ThingKind } from '../things/thing-kind';
import type { AddCertificateDto, CertificateSubjectDto } from './certificate.dto';

export const CERTIFICATES: ThingKind = { record: 'certificate', table: 'certificate', path: '/api/v1/certificates' };

/** Certificates and how long they hold, as their holders state them. */
@Injectable()
export class CertificatesService {
  constructor(private readonly things: OwnThings) {}

  add(caller: Caller, request: FastifyRequest, dto: AddCertificateDto): Promise<ActAnswer> {
    return this.things.create(caller, request, CERTIFICATES, async (tx) => {
      const faults: Fault[] = [];
      if (dto.validTo !== undefined && dto.validTo < dto.validFrom) {
        faults.push({ pointer: '/validTo', rule: 'days-order', detail: { zh: '有效期截止日早于起始日', en: 'The last day is before the first' } });
      }
      if (!(await isOwnSubject(tx, caller, dto.subject))) {
        faults.push({ pointer: '/subject/id', rule: 'unknown-subject', detail: { zh: '本组织没有这一对象', en: 'The organisation has no such thing' } });
      }
      if (faults.length > 0) throw invalid(faults);
      const subject = { type: dto.subject.type, id: dto.subject.id.toLowerCase() };
      return { ...dto, subject, verified: false, status: 'active' };
    });
  }
}

async function isOwnSubject(tx: EntityManager, caller: Caller, { type, id }: CertificateSubjectDto): Promise<boolean> {
  switch (type) {
    case 'organisation':
      return id.toLowerCase() === caller.organisationId;
    case 'base':
      return (await findOwn(tx, caller, LAND.base, id)) !== undefined;
    case 'product':
      return (await findOwn(tx, caller, PRODUCTS, id)) !== undefined;
    case 'person':
      return (await findPerson(tx, caller.organisationId, id)) !== undefined;
  }
}
