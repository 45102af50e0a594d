import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonicalJson, DAODI_EVENT_CONTEXT, readEvent } from '@daodi/epcis';
import { type Entry, readEntries, refuseConflicts } from '@daodi/log';
import { Config, invalid, Problem } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, type Draft } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { findApart, splitApart } from '../apart/kept-apart';
import { answerOf, type Written } from './answer';
import type { FormBody } from './form-body';
import { type FormMeans, type Replaced, Work } from './work';

/** A form: what it is called, what may be typed, and how that becomes entries. */
export interface Form<Body extends FormBody = FormBody> {
  /** Stands in the events it makes, for good. */
  readonly name: string;
  readonly body: new () => Body;
  /** Members that may stand in no log, such as names of persons and prices: `price`, `seller.person`. They are kept apart. */
  readonly apart?: readonly string[];
  /** True where its events stand and fall together: a correction of the first is one of all. */
  readonly isWhole?: true;
  /** Gives the work its records and events. Notes faults instead of throwing, so that all are told at once. */
  compose(work: Work, body: Body): Promise<void>;
  /**
   * What else must be written where an event this form made is declared in error and no body of the form takes its place.
   *
   * @param corrective ids of the events that do; none where it did not occur
   */
  declared?(tx: EntityManager, caller: Caller, entry: Entry, corrective: readonly string[]): Promise<Draft[]>;
}

/** Turns filled-in forms into one act each. */
@Injectable()
export class Forms {
  constructor(
    private readonly acts: Acts,
    private readonly config: Config,
  ) {}

  /** What forms need of this deployment, now. */
  means(): FormMeans {
    return { publicUrl: this.config.publicUrl, now: new Date(), random: randomBytes };
  }

  /** Records a form. @throws Problem by which it was refused; then nothing was written */
  record<Body extends FormBody>(caller: Caller, request: FastifyRequest, form: Form<Body>, body: Body): Promise<ActAnswer> {
    let repeated: readonly Written[] | undefined;
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        repeated = body.eventID === undefined ? undefined : await findRepeated(tx, caller, form, body, body.eventID);
        return repeated === undefined ? this.compose(tx, caller, form, body) : [];
      },
      respond: (stored, outcomes) => {
        refuseConflicts(outcomes);
        return answerOf(repeated ?? stored, repeated === undefined ? 201 : 200);
      },
    });
  }

  /** The entries a form leaves, every event checked against the ratified schema. Runs under the lock. */
  async compose<Body extends FormBody>(tx: EntityManager, caller: Caller, form: Form<Body>, body: Body, replaced?: Replaced): Promise<Draft[]> {
    const work = new Work(tx, caller, this.means(), { name: form.name, input: body, apart: form.apart }, replaced);
    await form.compose(work, body);
    work.refuseFaults();
    const drafts = work.drafts();
    for (const draft of drafts) {
      if (draft.kind !== 'event') continue;
      const reading = readEvent(draft.body, DAODI_EVENT_CONTEXT);
      // What a form cannot see, such as an outside party's URI that is no URI: pointers lead into the event made of it.
      if (!reading.ok) throw invalid(reading.faults);
    }
    await work.keepApart();
    return drafts;
  }
}

/**
 * The entries of an earlier success of the same form under the id a client gave.
 *
 * @throws Problem 409 where something else stands under that id; the first stays
 */
async function findRepeated(tx: EntityManager, caller: Caller, form: Pick<Form, 'name' | 'apart'>, body: FormBody, eventId: string): Promise<Written[] | undefined> {
  const [stored] = await readEntries(tx, `e.organisation_id = $1 AND e.event_id = $2 AND e.kind = 'event' AND NOT e.declaration`, [caller.organisationId, eventId]);
  if (stored === undefined) return undefined;
  const { apart: digest, ...typed } = (stored.body['daodi:typed'] ?? {}) as Record<string, unknown>;
  const wanted = splitApart(body, form.apart ?? []);
  const kept = digest === undefined ? undefined : (await findApart(tx, caller.organisationId, [eventId])).get(eventId);
  // What was kept apart and has been forgotten since can no longer be compared.
  const isForgotten = digest !== undefined && kept === undefined;
  const isSame = canonicalJson(typed) === canonicalJson({ form: form.name, input: wanted.typed }) && (isForgotten || canonicalJson(kept ?? {}) === canonicalJson(wanted.apart ?? {}));
  if (!isSame) {
    throw new Problem(409, 'event-conflict', {
      zh: '此事件编号下已有不同内容的记录，先到者有效',
      en: 'Something else is stored under this event id; the first stays',
    });
  }
  return readEntries(tx, 'e.organisation_id = $1 AND e.request_id = $2 ORDER BY e.position', [caller.organisationId, stored.requestId]);
}
