import { Injectable } from '@nestjs/common';
import { type Appended, type Entry, type EventOutcome, type IdempotencyKey, Log, type Provenance, requestDigest, type StoredResponse } from '@daodi/log';
import { Problem } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { callOf } from '../sign-in/call';
import type { Caller } from '../sign-in/caller';
import { type ActHeaders, readActHeaders } from './act-headers';
import { ActAnswer } from './act-answer.interceptor';
import { importRecord, type LiveGrant, liveGrant } from '../imports/live-grant';
import { type Draft, type Envelope, seal } from './draft';
import { instantOf } from './instant';

/** What a route wants done; see `Act` of the log for when each part runs. */
export interface ActPlan {
  /** What the Idempotency-Key is bound to beside the body; the path of the request unless said otherwise. */
  readonly route?: string;
  /** How it came to us; `form`, or `offline` where the headers say that a device kept it. */
  readonly provenance?: Provenance;
  /** The body as the Idempotency-Key is bound to it: given where the request carries a password, without it. */
  readonly boundBody?: unknown;
  /** Members of the first answer that are never stored and never repeated, such as a new key's secret. */
  readonly reveal?: Readonly<Record<string, unknown>>;
  /** What to write where nothing has to be decided; such acts are written together. Either this or `decide`. */
  readonly drafts?: readonly Draft[];
  /** Runs under the lock of the log: the entries to write, or throws the Problem that refuses the act. */
  decide?(tx: EntityManager, at: { readonly size: bigint }): Promise<readonly Draft[]> | readonly Draft[];
  /** Runs after the projections in the same transaction. */
  confirm?(tx: EntityManager, stored: readonly Entry[]): Promise<void>;
  /** The answer, from what was stored. It is kept under the Idempotency-Key, so it holds no secret and no name. */
  respond(stored: readonly Entry[], outcomes: readonly EventOutcome[]): StoredResponse;
}

/** The one way from a request to the log: puts who, when and by which request to what a route decides. */
@Injectable()
export class Acts {
  /** Keys whose first request has not ended in this process; across processes the lock of the log orders them. */
  private readonly inFlight = new Set<string>();

  constructor(private readonly log: Log) {}

  /** Does one act for a caller. Throws the Problem by which it was refused; then nothing was written. */
  async perform(caller: Caller, request: FastifyRequest, plan: ActPlan): Promise<ActAnswer> {
    const call = callOf(request);
    const headers = readActHeaders(request);
    const envelope = envelopeOf(caller, call.requestId, headers, plan.provenance);
    return this.once(request, caller.organisationId, headers.idempotencyKey, plan, (idempotency) =>
      this.log.append({
        idempotency,
        // In whose place it was written down, and a grant, have to be looked up: then there is something to decide after all.
        ...(plan.drafts !== undefined && headers.onBehalfOf === undefined && headers.importRun === undefined && { entries: seal(envelope, plan.drafts) }),
        decide: async (tx, at) => {
          await refuseStranger(tx, caller.organisationId, headers.onBehalfOf);
          const grant = headers.importRun === undefined ? undefined : await liveGrant(tx, caller.organisationId, headers.importRun);
          const drafts = plan.drafts ?? (await plan.decide?.(tx, at)) ?? [];
          return seal(envelope, withImport(drafts, call.requestId, grant));
        },
        confirm: async (tx, stored) => plan.confirm?.(tx, stored.filter(isPlanned)),
        respond: (stored, outcomes) => plan.respond(stored.filter(isPlanned), outcomes),
      }),
    );
  }

  /** Holds the Idempotency-Key while the act is under way, and makes the answer. */
  private async once(
    request: FastifyRequest,
    organisationId: string,
    key: string | undefined,
    plan: ActPlan,
    append: (idempotency: IdempotencyKey | undefined) => Promise<Appended>,
  ): Promise<ActAnswer> {
    if (key === undefined) return answerOf(await append(undefined), plan);
    const held = `${organisationId} ${key}`;
    if (this.inFlight.has(held)) {
      const title = {
        zh: '使用同一 Idempotency-Key 的请求正在处理，请稍后重试',
        en: 'A request with the same Idempotency-Key is being processed; try again shortly',
      };
      throw new Problem(409, 'idempotency-key-in-flight', title, { headers: { 'Retry-After': '1' } });
    }
    this.inFlight.add(held);
    try {
      const body = 'boundBody' in plan ? plan.boundBody : request.body;
      const digest = requestDigest(request.method, plan.route ?? request.url, body);
      return answerOf(await append({ organisationId, key, requestDigest: digest }), plan);
    } finally {
      this.inFlight.delete(held);
    }
  }
}

function answerOf({ response, repeated }: Appended, plan: ActPlan): ActAnswer {
  const body = repeated || plan.reveal === undefined ? response.body : { ...(response.body as object), ...plan.reveal };
  return new ActAnswer(response.status, body, response.location, repeated);
}

function envelopeOf(caller: Caller, requestId: string, headers: ActHeaders, provenance: Provenance | undefined): Envelope {
  return {
    organisationId: caller.organisationId,
    actor: caller.actor,
    onBehalfOf: headers.onBehalfOf,
    provenance: headers.importRun !== undefined ? 'import' : (provenance ?? (headers.capturedTime === undefined ? 'form' : 'offline')),
    requestId,
    capturedTime: headers.capturedTime ?? instantOf(new Date()),
    device: headers.device,
  };
}

/** What is imported, and last the record that names its run: whoever made the plan sees only what it planned. */
function withImport(drafts: readonly Draft[], requestId: string, grant: LiveGrant | undefined): readonly Draft[] {
  return grant === undefined || drafts.length === 0 ? drafts : [...drafts, importRecord(requestId, grant)];
}

const isPlanned = ({ kind, type }: Entry): boolean => kind === 'event' || type !== 'import';

/** 代录 is for people of one's own organisation; anybody else's answers like somebody who does not exist. */
async function refuseStranger(tx: EntityManager, organisationId: string, personId: string | undefined): Promise<void> {
  if (personId === undefined) return;
  const [known] = await tx.query('SELECT FROM person WHERE id = $1 AND organisation_id = $2', [personId, organisationId]);
  if (known !== undefined) return;
  const title = {
    zh: '代录所写的人员不在本组织中',
    en: 'The person this is written down for is not of your organisation',
  };
  throw new Problem(422, 'unknown-person', title, { faults: [{ pointer: '', rule: 'header-x-on-behalf-of', detail: title }] });
}
