import { Injectable } from '@nestjs/common';
import { prepareEvent } from '@daodi/capture';
import { DAODI_NAMESPACE, DAODI_PREFIX, EVENT_TYPES } from '@daodi/epcis';
import { type Entry, readEntries, refuseConflicts } from '@daodi/log';
import { DtoValidationPipe, invalid, Problem } from '@daodi/platform';
import { type ActAnswer, Acts, type Caller, type Draft, event } from '@daodi/registry';
import { currentCanonicaliser, ownCodeOf } from '@daodi/trace';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { answerOf, eventPath } from '../form/answer';
import type { FormBody } from '../form/form-body';
import { type Form, Forms } from '../form/forms.service';
import { findOwnEvent, refuseDeclared } from '../form/own-event';
import { findFacts } from '../form/things';
import type { Replaced } from '../form/work';
import { formOf } from './correctable-forms';
import type { CorrectionDto } from './correction.dto';

/** CBV 2.0 section 7.5: an event that never happened, and one that was told wrongly. */
const NEVER = 'did_not_occur';
const WRONG = 'incorrect_data';

/** Declares events in error and puts the right ones in their place, in one act. */
@Injectable()
export class Corrections {
  private readonly pipe = new DtoValidationPipe();

  constructor(
    private readonly acts: Acts,
    private readonly forms: Forms,
  ) {}

  /**
   * Corrects an event of the caller's. What the correction leaves overdrawn becomes findings, never a refusal.
   *
   * @throws Problem 404 where it is another's or none; 409 where it has been corrected; 422 with what is wrong with
   *   the replacement, pointers beginning with `/replacement`
   */
  correct(caller: Caller, request: FastifyRequest, eventId: string, { reason, replacement }: CorrectionDto): Promise<ActAnswer> {
    return this.acts.perform(caller, request, {
      decide: async (tx) => {
        const entry = await findOwnEvent(tx, caller, eventId);
        await refuseDeclared(tx, caller, eventId);
        const drafts = replacement === undefined ? [] : await under('/replacement', () => this.replace(tx, caller, entry, replacement));
        const isByForm = replacement !== undefined && !isEpcis(replacement);
        const more = isByForm ? [] : ((await formOf(entry)?.declared?.(tx, caller, entry, eventIdsOf(drafts))) ?? []);
        return declaring(await standingTogether(tx, caller, entry), reason, [...drafts, ...more], this.forms.means().now);
      },
      respond: (stored, outcomes) => {
        refuseConflicts(outcomes);
        const { body, location, status } = answerOf(stored, 201);
        return { status, location: location ?? eventPath(eventId), body: { ...(body as object), corrected: eventId } };
      },
    });
  }

  /**
   * Declares an event of a form in error and puts what the form makes of a body in its place: for what an event was
   * told from has changed. For an act under way, under the lock.
   *
   * @param remake absent where the event did not occur
   * @throws Problem as for {@link correct}
   */
  async redo<Body extends FormBody>(tx: EntityManager, caller: Caller, eventId: string, reason: string, remake?: { readonly form: Form<Body>; readonly body: Body }): Promise<Draft[]> {
    const entry = await findOwnEvent(tx, caller, eventId);
    await refuseDeclared(tx, caller, eventId);
    const drafts = remake === undefined ? [] : await this.forms.compose(tx, caller, remake.form, remake.body, await replacedOf(tx, caller, entry));
    return declaring([entry], reason, drafts, this.forms.means().now);
  }

  private async replace(tx: EntityManager, caller: Caller, entry: Entry, replacement: Record<string, unknown>): Promise<Draft[]> {
    if (isEpcis(replacement)) return [epcisReplacement(entry, replacement)];
    const form = formOf(entry);
    if (form === undefined) {
      throw invalid([fault('', 'no-form', '此事件不是由表单产生的：请提交一个 EPCIS 事件', 'this event was not made by a form: send an EPCIS event')]);
    }
    const body = (await this.pipe.transform(replacement, { type: 'body', metatype: form.body })) as FormBody;
    await refuseUsedId(tx, caller, body.eventID);
    return this.forms.compose(tx, caller, form, body as never, await replacedOf(tx, caller, entry));
  }
}

/** The event, and with the first of a form whose events stand and fall together the others that still stand. */
async function standingTogether(tx: EntityManager, caller: Caller, entry: Entry): Promise<Entry[]> {
  if (formOf(entry)?.isWhole !== true) return [entry];
  return readEntries(
    tx,
    `e.organisation_id = $1 AND e.request_id = $2 AND e.kind = 'event' AND NOT e.declaration
      AND NOT EXISTS (SELECT FROM entry d WHERE d.organisation_id = e.organisation_id AND d.event_id = e.event_id AND d.declaration) ORDER BY e.position`,
    [caller.organisationId, entry.requestId],
  );
}

const isEpcis = (replacement: Record<string, unknown>): boolean => EVENT_TYPES.some((type) => type === replacement['type']);

const eventIdsOf = (drafts: readonly Draft[]): string[] => drafts.flatMap((draft) => (draft.kind === 'event' ? [draft.eventId as string] : []));

/** Records first: what is new must be known before an event speaks of it. */
function declaring(entries: readonly Entry[], reason: string, drafts: readonly Draft[], now: Date): Draft[] {
  const declarations = entries.map((entry) => declarationOf(entry, reason, eventIdsOf(drafts), now));
  return [...drafts.filter(({ kind }) => kind === 'record'), ...declarations, ...drafts.filter(({ kind }) => kind === 'event')];
}

function epcisReplacement(entry: Entry, replacement: Record<string, unknown>): Draft {
  const prepared = prepareEvent(replacement, entry.context);
  if (!prepared.ok) throw invalid(prepared.faults);
  if (prepared.draft.declaration === true) {
    throw invalid([fault('/errorDeclaration', 'declaration', '更正后的内容不能是更正声明', 'a replacement is no error declaration')]);
  }
  if (prepared.eventId === entry.eventId) {
    throw invalid([fault('/eventID', 'same-event', '更正后的事件须有自己的编号', 'a replacement needs an eventID of its own')]);
  }
  return prepared.draft;
}

/** A replacement is new: nothing that is stored already can be one. */
async function refuseUsedId(tx: EntityManager, { organisationId }: Caller, eventId: string | undefined): Promise<void> {
  if (eventId === undefined) return;
  const [used] = await readEntries(tx, `e.organisation_id = $1 AND e.event_id = $2 AND e.kind = 'event'`, [organisationId, eventId]);
  if (used !== undefined) throw invalid([fault('/eventID', 'same-event', '更正后的事件须有自己的编号', 'a replacement needs an eventID of its own')]);
}

/** The codes of ours that came to be in an event, in its order. */
async function replacedOf(tx: EntityManager, caller: Caller, entry: Entry): Promise<Replaced> {
  const { body } = entry;
  const outputs = ((body['outputQuantityList'] ?? []) as { epcClass: string }[]).map(({ epcClass }) => epcClass);
  const takenIn = body['daodi:intake'] === undefined ? [] : ((body['quantityList'] ?? []) as { epcClass: string }[]).map(({ epcClass }) => epcClass);
  const commissioned = [...(body['action'] === 'ADD' ? ((body['epcList'] ?? []) as string[]) : []), ...((body['outputEPCList'] ?? []) as string[])];
  const container = entry.type === 'AggregationEvent' && typeof body['parentID'] === 'string' ? [body['parentID']] : [];
  const canonicalise = await currentCanonicaliser(tx);
  const codes = [...outputs, ...takenIn, ...commissioned, ...container].flatMap((uri) => ownCodeOf(canonicalise(uri)) ?? []);
  const facts = await findFacts({ tx }, codes);
  return { entry, codes: codes.filter((code) => facts.get(code)?.organisationId === caller.organisationId) };
}

function declarationOf(entry: Entry, reason: string, corrective: readonly string[], now: Date): Draft {
  const errorDeclaration = {
    declarationTime: now.toISOString(),
    reason: reason === NEVER || reason === WRONG ? reason : corrective.length === 0 ? NEVER : WRONG,
    ...(corrective.length > 0 && { correctiveEventIDs: corrective }),
    'daodi:reason': reason,
  };
  // An event of another system may lack our prefix; its own context stays and ours is put beside it.
  return event({ ...entry.body, errorDeclaration }, withOurPrefix(entry.context));
}

function withOurPrefix(context: unknown): unknown {
  const parts = [context].flat();
  const known = parts.some((part) => typeof part === 'object' && part !== null && DAODI_PREFIX in part);
  return known ? context : [...parts, { [DAODI_PREFIX]: DAODI_NAMESPACE }];
}

const fault = (pointer: string, rule: string, zh: string, en: string) => ({ pointer, rule, detail: { zh, en } });

/** Lets the faults of a part point into the whole. */
export async function under<T>(prefix: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Problem) || error.extra.faults === undefined) throw error;
    const faults = error.extra.faults.map((known) => ({ ...known, pointer: `${prefix}${known.pointer}` }));
    throw new Problem(error.status, error.slug, error.title, { ...error.extra, faults });
  }
}
