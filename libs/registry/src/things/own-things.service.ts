import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { notFound } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { Acts } from '../acts/acts.service';
import { record } from '../acts/draft';
import { uuidOf } from '../acts/act-headers';
import { type Page, type PageQuery, readPage } from '../input/page';
import type { Caller } from '../sign-in/caller';
import type { State, ThingKind } from './thing-kind';

/**
 * Registers, changes and reads what belongs to the caller's organisation. Another organisation's thing answers like
 * one that does not exist. Every change is one record that holds the whole state before and after.
 */
@Injectable()
export class OwnThings {
  constructor(
    private readonly acts: Acts,
    private readonly dataSource: DataSource,
  ) {}

  /** Registers a new thing. @param make its state, made under the lock of the log; may throw a Problem */
  create(caller: Caller, request: FastifyRequest, kind: ThingKind, make: (tx: EntityManager, id: string) => Promise<State> | State): Promise<ActAnswer> {
    const id = randomUUID();
    let state: State = {};
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        state = await make(tx, id);
        return [record(kind.record, id, 'created', { new: state })];
      },
      respond: () => ({ status: 201, location: `${kind.path}/${id}`, body: { id, ...state } }),
    });
  }

  /** Changes a thing. @param change the whole state after it, from the whole state before */
  change(
    caller: Caller,
    request: FastifyRequest,
    kind: ThingKind,
    id: string,
    why: string | undefined,
    change: (tx: EntityManager, old: State) => Promise<State> | State,
  ): Promise<ActAnswer> {
    let state: State = {};
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const old = await findOwn(tx, caller, kind, id);
        if (old === undefined) throw notFound();
        state = await change(tx, old);
        return [record(kind.record, id.toLowerCase(), state.status === 'ended' ? 'ended' : 'changed', { old, new: state, why })];
      },
      respond: () => ({ status: 200, body: { id: id.toLowerCase(), ...state } }),
    });
  }

  /** One thing. @throws Problem 404 where it is not the organisation's */
  async get(caller: Caller, kind: ThingKind, id: string): Promise<State> {
    const state = await findOwn(this.dataSource, caller, kind, id);
    if (state === undefined) throw notFound();
    return { id: id.toLowerCase(), ...state };
  }

  /** The organisation's things of a kind. */
  list(caller: Caller, kind: ThingKind, page: PageQuery): Promise<Page<State>> {
    return readPage<{ id: string; state: State; since_position: string }, State>(
      this.dataSource,
      `SELECT id, state, since_position FROM ${kind.table} WHERE organisation_id = $1 AND ${kind.where ?? 'true'}`,
      [caller.organisationId],
      page,
      ({ id, state }) => ({ id, ...state }),
    );
  }
}

/** The state of a thing of the caller's organisation. */
export async function findOwn(
  db: Pick<EntityManager, 'query'>,
  caller: Pick<Caller, 'organisationId'>,
  kind: ThingKind,
  id: string,
): Promise<State | undefined> {
  const uuid = uuidOf(id);
  if (uuid === undefined) return undefined;
  const [row] = await db.query(
    `SELECT state FROM ${kind.table} WHERE id = $1 AND organisation_id = $2 AND ${kind.where ?? 'true'}`,
    [uuid, caller.organisationId],
  );
  return row?.state;
}

/** The old state with the members of a patch that were sent put over it; `why` is not part of it. */
export function patched(old: State, patch: object): State {
  const sent = Object.entries(patch).filter(([name, value]) => value !== undefined && name !== 'why');
  return { ...old, ...Object.fromEntries(sent) };
}
