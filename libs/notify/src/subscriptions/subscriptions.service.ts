import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { invalid, notFound } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, findOwn, OwnThings, type Page, type PageQuery, record, type State, type ThingKind } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { shownTarget, targetFaults } from './check-target';
import type { SubscribeDto } from './subscription.dto';

const SUBSCRIPTIONS: ThingKind = { record: 'notice-subscription', table: 'notice_subscription', path: '/api/v1/notice-subscriptions', where: `state ->> 'status' = 'active'` };

/** Subscribes an organisation to notices and ends that again. */
@Injectable()
export class Subscriptions {
  constructor(
    private readonly acts: Acts,
    private readonly things: OwnThings,
  ) {}

  /** The record says of what and by which way; the address itself is written beside the log, in the same transaction. */
  subscribe(caller: Caller, request: FastifyRequest, dto: SubscribeDto): Promise<ActAnswer> {
    const faults = targetFaults(dto);
    if (faults.length > 0) throw invalid(faults);
    const { target, secret, ...rest } = dto;
    const id = randomUUID();
    const state = { ...rest, to: shownTarget(dto), status: 'active' };
    return this.acts.perform(caller, request, {
      // The key of a repeat is bound to what was sent without what the log must not know, not even by a digest.
      boundBody: { ...rest, to: state.to },
      decide: () => [record('notice-subscription', id, 'created', { new: state })],
      confirm: async (tx) => void (await tx.query('INSERT INTO notice_target (subscription_id, target, secret) VALUES ($1, $2, $3)', [id, target, secret ?? null])),
      respond: () => ({ status: 201, location: `${SUBSCRIPTIONS.path}/${id}`, body: { id, ...state } }),
    });
  }

  list(caller: Caller, page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, SUBSCRIPTIONS, page);
  }

  get(caller: Caller, id: string): Promise<State> {
    return this.things.get(caller, SUBSCRIPTIONS, id);
  }

  /** Ends it: what waits is dropped, and the address is forgotten. */
  end(caller: Caller, request: FastifyRequest, id: string): Promise<ActAnswer> {
    const subject = id.toLowerCase();
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const old = await findOwn(tx, caller, SUBSCRIPTIONS, id);
        if (old === undefined) throw notFound();
        return [record('notice-subscription', subject, 'ended', { old, new: { ...old, to: undefined, status: 'ended' } })];
      },
      confirm: async (tx) => {
        await tx.query('DELETE FROM notice_target WHERE subscription_id = $1', [subject]);
        await tx.query(`UPDATE delivery SET state = 'dropped', ended_at = clock_timestamp() WHERE subscription_id = $1 AND state IN ('waiting', 'failed')`, [subject]);
      },
      respond: () => ({ status: 200, body: { id: subject, status: 'ended' } }),
    });
  }
}
