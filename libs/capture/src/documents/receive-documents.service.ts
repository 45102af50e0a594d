import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { readDocument } from '@daodi/epcis';
import { bindIdempotency, findBound, type IdempotencyKey, refuseOtherBody, type StoredResponse } from '@daodi/log';
import { Config, Problem, QueueFactory } from '@daodi/platform';
import { ActAnswer, type ActHeaders, callOf, type Caller, liveGrant, readActHeaders } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { epcisProblem } from '../http/epcis-problem';
import { ringCapture } from '../run/capture-job';
import type { ErrorBehaviour } from './capture-document';
import { packDocument, type PackedDocument, storeDocument } from './store-document';

/** Takes documents in: what is acknowledged is stored; whether its events are good is the job's to find out. */
@Injectable()
export class ReceiveDocuments {
  /** Keys whose first request has not ended in this process; across processes their row in the table orders them. */
  private readonly inFlight = new Set<string>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: QueueFactory,
    private readonly config: Config,
  ) {}

  /**
   * Stores a document and wakes its job.
   * @throws Problem 400 with every fault of the envelope, 403 for a run of imports without a grant, 413 over the limits, 409 and 422 as the Idempotency-Key asks
   */
  async receive(caller: Caller, request: FastifyRequest): Promise<ActAnswer> {
    const behaviour = behaviourOf(request.headers['gs1-capture-error-behaviour']);
    const headers = readActHeaders(request);
    const { idempotencyKey } = headers;
    const reading = readDocument(request.body);
    if (!reading.ok) throw epcisProblem('ValidationException', { faults: reading.faults });
    if (reading.events.length > this.config.captureEventsMax) throw this.tooLarge(reading.events.length);
    if (idempotencyKey === undefined) return this.store(caller, request, headers, behaviour, await pack());

    const held = `${caller.organisationId} ${idempotencyKey}`;
    if (this.inFlight.has(held)) throw inFlight();
    this.inFlight.add(held);
    try {
      return await this.store(caller, request, headers, behaviour, await pack());
    } finally {
      this.inFlight.delete(held);
    }

    function pack(): Promise<PackedDocument> {
      if (!reading.ok) throw new Error('a document that cannot be read is not packed');
      return packDocument(request.body as Record<string, unknown>, reading.events, reading.eventsPointer, behaviour);
    }
  }

  private async store(caller: Caller, request: FastifyRequest, headers: ActHeaders, behaviour: ErrorBehaviour, packed: PackedDocument): Promise<ActAnswer> {
    const id = randomUUID();
    const { idempotencyKey: key, importRun, capturedTime } = headers;
    const idempotency = key === undefined ? undefined : { organisationId: caller.organisationId, key, requestDigest: packed.digest };
    const response: StoredResponse = { status: 202, location: `/epcis/capture/${id}`, body: null };
    const bound = await this.bound(idempotency);
    if (bound !== undefined) return bound;
    // Asked again, under the lock, when it is appended; here so that whoever has no grant is told at once.
    if (importRun !== undefined) await liveGrant(this.dataSource, caller.organisationId, importRun);
    const run = importRun === undefined ? {} : { importRun, writtenAt: capturedTime };
    try {
      await this.dataSource.transaction(async (tx) => {
        await storeDocument(tx, { id, organisationId: caller.organisationId, actor: caller.actor, requestId: callOf(request).requestId, errorBehaviour: behaviour, ...run }, packed);
        // Last, so that another process with the same key waits no longer than it must.
        if (idempotency !== undefined) await bindIdempotency(tx, idempotency, response, undefined);
      });
    } catch (error) {
      // Another process was quicker with the same key: its answer is the answer.
      const first = isUniqueViolation(error) ? await this.bound(idempotency) : undefined;
      if (first === undefined) throw error;
      return first;
    }
    ringCapture(this.queues, id);
    return new ActAnswer(response.status, undefined, response.location, false);
  }

  private async bound(idempotency: IdempotencyKey | undefined): Promise<ActAnswer | undefined> {
    if (idempotency === undefined) return undefined;
    const bound = await findBound(this.dataSource, idempotency);
    if (bound === undefined) return undefined;
    refuseOtherBody(idempotency, bound);
    return new ActAnswer(bound.response.status, undefined, bound.response.location, true);
  }

  private tooLarge(events: number): Problem {
    const most = this.config.captureEventsMax;
    return epcisProblem('CaptureLimitExceededException', {
      detail: { zh: `文档含 ${events} 个事件，上限为 ${most}；请拆分后发送`, en: `the document has ${events} events and ${most} are the most; send it in parts` },
      headers: { 'GS1-EPCIS-Capture-Limit': String(most), 'GS1-EPCIS-Capture-File-Size-Limit': String(this.config.captureBytesMax) },
    });
  }
}

function behaviourOf(header: string | string[] | undefined): ErrorBehaviour {
  if (header === undefined || header === '' || header === 'rollback') return 'rollback';
  if (header === 'proceed') return 'proceed';
  throw epcisProblem('ValidationException', {
    detail: { zh: 'GS1-Capture-Error-Behaviour 应为 rollback 或 proceed', en: 'GS1-Capture-Error-Behaviour must be rollback or proceed' },
  });
}

function inFlight(): Problem {
  const title = { zh: '使用同一 Idempotency-Key 的请求正在处理，请稍后重试', en: 'A request with the same Idempotency-Key is being processed; try again shortly' };
  return new Problem(409, 'idempotency-key-in-flight', title, { type: 'urn:daodi:problem:idempotency-key-in-flight', headers: { 'Retry-After': '1' } });
}

const isUniqueViolation = (error: unknown): boolean => (error as { code?: unknown }).code === '23505';
