import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { eraseBody, readEntries, type Entry } from '@daodi/log';
import { invalid, notFound, Problem } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { uuidOf } from '../acts/act-headers';
import { Acts } from '../acts/acts.service';
import { type Draft, record } from '../acts/draft';
import { type Page, type PageQuery, readPage } from '../input/page';
import { bodyOf } from '../projection/latest-state';
import type { Caller } from '../sign-in/caller';
import { mayGive, type Role } from '../sign-in/role';
import { hashPassword, isPassword } from '../sign-in/secrets';
import type { AddPersonDto, ChangePersonDto, ErasePersonDto, SetPasswordDto } from './person.dto';
import { findPerson, keepPassword, newPerson, passwordSet, type PersonState, refuseLastOwner, refuseRoles, refuseTakenLogin } from './person-records';

/** A person as colleagues see it. */
export interface PersonView {
  readonly id: string;
  readonly login: string | null;
  readonly name: string | null;
  readonly roles: readonly Role[];
  readonly status: string;
}

/** The people of an organisation: who they are, what they may do, their passwords, their erasure. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
  ) {}

  async add(caller: Caller, request: FastifyRequest, dto: AddPersonDto): Promise<ActAnswer> {
    refuseRoles(caller, dto.roles);
    const id = randomUUID();
    const hash = await hashPassword(dto.password);
    const { name, login, roles } = dto;
    const state: PersonState = { organisationId: caller.organisationId, login, name, roles, status: 'active' };
    return this.acts.perform(caller, request, {
      boundBody: { name, login, roles },
      decide: async (tx) => {
        await refuseTakenLogin(tx, login, '/login');
        return newPerson(id, state);
      },
      confirm: (tx) => keepPassword(tx, id, hash),
      // The answer is kept under the Idempotency-Key and cannot be erased there, so it does without the name.
      respond: () => ({ status: 201, location: `/api/v1/people/${id}`, body: { id, roles, status: 'active' } }),
    });
  }

  change(caller: Caller, request: FastifyRequest, personId: string, dto: ChangePersonDto): Promise<ActAnswer> {
    const id = uuidOf(personId);
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const old = await this.livingPerson(tx, caller, id);
        const state: PersonState = {
          ...old,
          name: dto.name ?? old.name,
          login: dto.login ?? old.login,
          roles: dto.roles ?? old.roles,
          status: dto.status ?? old.status,
        };
        this.refuseAbove(caller, old);
        refuseRoles(caller, state.roles.filter((role) => !old.roles.includes(role)));
        if (dto.login !== undefined) await refuseTakenLogin(tx, dto.login, '/login', id);
        const isOwner = state.status === 'active' && state.roles.includes('owner');
        if (old.roles.includes('owner') && old.status === 'active' && !isOwner) await refuseLastOwner(tx, caller.organisationId, id as string);
        return [record('person', id as string, state.status === 'ended' ? 'ended' : 'changed', { old, new: state, why: dto.why })];
      },
      confirm: async (tx) => {
        if (dto.status === 'ended') await tx.query('DELETE FROM session WHERE person_id = $1', [id]);
      },
      respond: (stored) => {
        const { roles, status } = bodyOf(stored[0] as Entry).new;
        return { status: 200, body: { id, roles, status } };
      },
    });
  }

  /** Sets a password: one's own by whoever knows the current one, another's by who may give that person's roles. */
  async setPassword(caller: Caller, request: FastifyRequest, personId: string, dto: SetPasswordDto): Promise<ActAnswer> {
    const id = uuidOf(personId);
    const isOwn = id !== undefined && id === caller.personId;
    if (!isOwn && !caller.roles.some((role) => role === 'owner' || role === 'manager')) throw notFound();
    if (isOwn) await this.refuseWrongPassword(id, dto.currentPassword);
    const hash = await hashPassword(dto.password);
    return this.acts.perform(caller, request, {
      boundBody: {},
      decide: async (tx) => {
        const person = await this.livingPerson(tx, caller, id);
        if (!isOwn) this.refuseAbove(caller, person);
        return [passwordSet(id as string)];
      },
      confirm: async (tx) => {
        await keepPassword(tx, id as string, hash);
        // Whoever knew the old password is signed out everywhere.
        await tx.query('DELETE FROM session WHERE person_id = $1', [id]);
      },
      respond: () => ({ status: 200, body: { id } }),
    });
  }

  /**
   * Erases name and login of a person from its records and from the table: one `erasure` per entry erased. What
   * stays is the id, that there was somebody with these roles, and who erased it when and why.
   */
  erase(caller: Caller, request: FastifyRequest, personId: string, { why }: ErasePersonDto): Promise<ActAnswer> {
    const id = uuidOf(personId);
    let erasures: Draft[] = [];
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const person = await this.livingPerson(tx, caller, id);
        if (person.roles.includes('owner')) await refuseLastOwner(tx, caller.organisationId, id as string);
        erasures = (await entriesOf(tx, id as string)).map((entry) => erasureOf(entry, why));
        return erasures;
      },
      confirm: async (tx, stored) => {
        for (const erasure of stored) await eraseBody(tx, BigInt(bodyOf(erasure).new.position as string), erasure.position);
        for (const table of ['person_secret', 'session']) await tx.query(`DELETE FROM ${table} WHERE person_id = $1`, [id]);
      },
      respond: (stored) => ({ status: 200, body: { id, status: 'erased', erased: stored.length } }),
    });
  }

  list(caller: Caller, page: PageQuery): Promise<Page<PersonView>> {
    return readPage<PersonView & { since_position: string }, PersonView>(
      this.dataSource,
      'SELECT id, login, name, roles, status, since_position FROM person WHERE organisation_id = $1',
      [caller.organisationId],
      page,
      ({ id, login, name, roles, status }) => ({ id, login, name, roles, status }),
    );
  }

  private async livingPerson(tx: EntityManager, caller: Caller, id: string | undefined): Promise<PersonState> {
    const person = id === undefined ? undefined : await findPerson(tx, caller.organisationId, id);
    if (person === undefined || person.status === 'erased') throw notFound();
    return person;
  }

  /** A manager does not touch an owner: who may not give all of somebody's roles may not change that person. */
  private refuseAbove(caller: Caller, person: PersonState): void {
    if (person.roles.every((role) => mayGive(caller, role))) return;
    throw new Problem(403, 'not-permitted', { zh: '您的角色不能执行此操作', en: 'Your role may not do this' });
  }

  private async refuseWrongPassword(id: string, password: string | undefined): Promise<void> {
    const [row] = await this.dataSource.query('SELECT password_hash FROM person_secret WHERE person_id = $1', [id]);
    if (await isPassword(password ?? '', row?.password_hash)) return;
    throw invalid([{ pointer: '/currentPassword', rule: 'current-password', detail: { zh: '当前密码不正确', en: 'The current password is not right' } }]);
  }
}

/** The entries that name a person and are not erased yet. */
async function entriesOf(tx: EntityManager, personId: string): Promise<Entry[]> {
  const entries = await readEntries(
    tx,
    'e.position IN (SELECT position FROM person_entry WHERE person_id = $1) ORDER BY e.position',
    [personId],
  );
  return entries.filter(({ erasedBy }) => erasedBy === undefined);
}

function erasureOf(entry: Entry, why: string): Draft {
  const { subject, change, new: state } = bodyOf(entry);
  const { organisationId, roles, status } = state;
  const kept = { subject, change, new: { organisationId, roles, status } };
  return record('erasure', subject, 'decided', { new: { of: 'person', position: entry.position.toString(), kept }, why });
}
