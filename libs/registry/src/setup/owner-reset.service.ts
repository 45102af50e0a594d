import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Log } from '@daodi/log';
import { type Fault, invalid, notFound } from '@daodi/platform';
import { DataSource, type EntityManager } from 'typeorm';
import { type Draft, type Envelope, record, seal, SYSTEM } from '../acts/draft';
import { instantOf } from '../acts/instant';
import { keepPassword, newPerson, refuseTakenLogin } from '../people/person-records';
import { forgetAttempts } from '../sign-in/lockout';
import { hashPassword } from '../sign-in/secrets';
import { type OpenOwnerLink, readOwnerLink } from './owner-link';
import type { OwnerResetDto } from './owner-reset.dto';

/** What an auditor reads of it: nobody signed in for this, somebody stood at the machine. */
const WHY = '由能操作本机的人用 daodi reset-owner 给出的一次性链接 / by a one-time link of daodi reset-owner, made by whoever has access to the machine';

/** Lets an owner in again who cannot sign in, by a link made at the machine itself. */
@Injectable()
export class OwnerResetService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly log: Log,
  ) {}

  /** What the link opens, if it can still be used. Looking does not use it. */
  find(token: string): Promise<OpenOwnerLink | undefined> {
    return readOwnerLink(this.dataSource, token);
  }

  /**
   * Sets the owner's password, or makes the new owner, and uses up the link. Whoever knew the old password is signed
   * out everywhere.
   *
   * @throws Problem 404 where the link is not valid, 422 or 409 where what was typed cannot be
   */
  async reset(requestId: string, address: string, dto: OwnerResetDto): Promise<void> {
    const link = await this.find(dto.token);
    if (link === undefined) throw notFound();
    if (link.personId === undefined) refuseMissing(dto);
    const hash = await hashPassword(dto.password);
    const personId = link.personId ?? randomUUID();
    const envelope: Envelope = { organisationId: link.organisationId, actor: SYSTEM, provenance: 'form', requestId, capturedTime: instantOf(new Date()) };
    await this.log.append({
      decide: async (tx) => {
        // Two who send it at once meet here, under the lock of the log: the second finds it used.
        const open = await readOwnerLink(tx, dto.token);
        if (open === undefined || open.personId !== link.personId) throw notFound();
        if (link.personId === undefined) await refuseTakenLogin(tx, dto.login as string, '/login');
        return seal(envelope, link.personId === undefined ? newOwner(personId, link, dto) : [passwordReset(personId)]);
      },
      confirm: async (tx) => {
        await keepPassword(tx, personId, hash);
        await useUp(tx, link.organisationId, personId);
        await forgetAttempts(tx, link.login ?? (dto.login as string), address);
      },
      respond: () => ({ status: 200, body: null }),
    });
  }
}

async function useUp(tx: Pick<EntityManager, 'query'>, organisationId: string, personId: string): Promise<void> {
  await tx.query('DELETE FROM session WHERE person_id = $1', [personId]);
  await tx.query('DELETE FROM owner_link WHERE organisation_id = $1', [organisationId]);
}

const passwordReset = (personId: string): Draft => record('credential', personId, 'changed', { new: { kind: 'password' }, why: WHY });

function newOwner(personId: string, { organisationId, isOperator }: OpenOwnerLink, { login, personName }: OwnerResetDto): Draft[] {
  const [person] = newPerson(personId, { organisationId, login, name: personName, roles: isOperator ? ['owner', 'operator'] : ['owner'], status: 'active' });
  return [person as Draft, passwordReset(personId)];
}

function refuseMissing({ login, personName }: OwnerResetDto): void {
  const missing = Object.entries({ login, personName }).filter(([, value]) => value === undefined);
  const faults = missing.map(([name]): Fault => ({ pointer: `/${name}`, rule: 'required', detail: { zh: '请填写', en: 'Fill it in' } }));
  if (faults.length > 0) throw invalid(faults);
}
