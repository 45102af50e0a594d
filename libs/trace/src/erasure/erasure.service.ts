import { Injectable } from '@nestjs/common';
import { type Entry, eraseBody, readEntries } from '@daodi/log';
import { notFound, Problem } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, record } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { residueOf } from '../domain/residue';

/** Erases bodies of an organisation's own events, leaving a record that says so and what was kept. */
@Injectable()
export class ErasureService {
  constructor(private readonly acts: Acts) {}

  /** Erases the event's body. Not its own, or unknown: not found. Erased already: refused. */
  erase(caller: Caller, request: FastifyRequest, eventId: string, reason: string): Promise<ActAnswer> {
    let erased: Entry;
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        erased = await this.erasable(tx, caller.organisationId, eventId);
        const kept = residueOf(erased.body);
        const now = { position: erased.position.toString(), eventID: eventId, digest: erased.digest.toString('hex'), kept };
        return [record('erasure', eventId, 'ended', { new: now, why: reason })];
      },
      confirm: async (tx, [erasure]) => eraseBody(tx, erased.position, (erasure as Entry).position),
      respond: ([erasure]) => ({
        status: 201,
        body: { eventID: eventId, position: erased.position.toString(), erasedBy: (erasure as Entry).position.toString() },
      }),
    });
  }

  private async erasable(tx: EntityManager, organisationId: string, eventId: string): Promise<Entry> {
    const [entry] = await readEntries(tx, `e.organisation_id = $1 AND e.event_id = $2 AND e.kind = 'event' AND NOT e.declaration`, [
      organisationId,
      eventId,
    ]);
    if (entry === undefined) throw notFound();
    if (entry.erasedBy !== undefined) {
      throw new Problem(409, 'already-erased', { zh: '该事件内容已删除', en: 'The body of this event is already erased' }, {
        members: { erasedBy: entry.erasedBy.toString() },
      });
    }
    return entry;
  }
}
