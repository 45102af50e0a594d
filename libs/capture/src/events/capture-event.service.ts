import { Injectable } from '@nestjs/common';
import { type EventOutcome } from '@daodi/log';
import { ActAnswer, Acts, type Caller } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { conflictError } from '../domain/capture-error';
import { prepareEvent } from '../domain/prepare-event';
import { epcisProblem } from '../http/epcis-problem';

/** Captures one event while its sender waits. */
@Injectable()
export class CaptureEvent {
  constructor(private readonly acts: Acts) {}

  /**
   * Appends one event: 201, or 200 if the very same event is stored already. What other organisations have stored is
   * not looked at, so the answer tells nothing of it.
   *
   * @throws Problem 400 with every fault; 409 where the caller's organisation has other content under this eventID
   */
  capture(caller: Caller, request: FastifyRequest): Promise<ActAnswer> {
    const prepared = prepareEvent(request.body);
    if (!prepared.ok) throw epcisProblem('ValidationException', { faults: prepared.faults });
    const { draft, eventId, notes } = prepared;
    return this.acts.perform(caller, request, {
      provenance: 'epcis',
      drafts: [draft],
      respond: (_stored, [outcome]) => {
        refuseConflict(outcome, eventId);
        return {
          status: outcome?.kind === 'duplicate' ? 200 : 201,
          location: `/epcis/events/${encodeURIComponent(eventId)}`,
          body: { eventID: eventId, notes: notes.length > 0 ? notes : undefined },
        };
      },
    });
  }
}

function refuseConflict(outcome: EventOutcome | undefined, eventId: string): void {
  if (outcome?.kind !== 'conflict') return;
  const { pointer, rule, detail } = conflictError('/eventID', eventId.slice(0, 300));
  throw epcisProblem('ResourceAlreadyExistsException', { faults: [{ pointer, rule, detail }] });
}
