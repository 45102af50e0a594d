import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { type EventOutcome, Log } from '@daodi/log';
import { Problem, withAdvisoryLock } from '@daodi/platform';
import { type Draft, type Envelope, IMPORT_NOT_GRANTED, importRecord, liveGrant, seal } from '@daodi/registry';
import { DataSource } from 'typeorm';
import { type CaptureError, conflictError, faultErrors, internalError, ungrantedError } from '../domain/capture-error';
import { prepareEvent } from '../domain/prepare-event';
import { type CaptureDocument, findCapture, finish, markChunk, markRunning, readChunk } from '../documents/capture-document';
import { isTransient } from './is-transient';
import { inSlices } from './in-slices';

/** A good event of a document, with its place in it. */
interface GoodEvent {
  readonly pointer: string;
  readonly eventId: string;
  readonly draft: Draft;
}

/** Events whose ids are taken; thrown to take an act of the log back. */
class Conflicts extends Error {
  constructor(readonly errors: readonly CaptureError[]) {
    super('events conflict with stored ones');
  }
}

/**
 * Appends captured documents. Running one twice, or again after it was cut off anywhere, leaves the same log: events
 * already there are recognised by id and content.
 */
@Injectable()
export class CaptureRunner implements OnModuleDestroy {
  private readonly logger = new Logger(CaptureRunner.name);
  private isStopping = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: Log,
  ) {}

  /** From now on a document is left where its next chunk would begin; the next start goes on with it. */
  onModuleDestroy(): void {
    this.isStopping = true;
  }

  /** Brings one document to its end, unless it is there, another process is at it, or this one is stopping. */
  async run(captureId: string): Promise<void> {
    await withAdvisoryLock(this.dataSource, `capture:${captureId}`, async () => {
      const document = await findCapture(this.dataSource, captureId);
      if (document === undefined || document.state === 'done' || this.isStopping) return;
      await markRunning(this.dataSource, captureId, false);
      const isAtEnd = document.errorBehaviour === 'proceed' ? await this.proceed(document) : await this.allOrNothing(document);
      if (isAtEnd) await this.dataSource.transaction((tx) => finish(tx, captureId));
    });
  }

  /** Keeps the good events, a chunk at a time, and goes on behind the last chunk that was noted. */
  private async proceed(document: CaptureDocument): Promise<boolean> {
    for (let ordinal = document.nextChunk; ordinal < document.chunkCount; ordinal++) {
      if (this.isStopping) return false;
      const { good, errors } = await this.prepareChunk(document, ordinal);
      const refused = good.length === 0 ? [] : await this.appendGood(document, good);
      await markChunk(this.dataSource, document, ordinal + 1, [...errors, ...refused]);
    }
    return true;
  }

  /** Appends all events in one act, or none. Every event is read first, so that every fault is told. */
  private async allOrNothing(document: CaptureDocument): Promise<boolean> {
    if (document.nextChunk > 0) return true;
    const good: GoodEvent[] = [];
    const errors: CaptureError[] = [];
    for (let ordinal = 0; ordinal < document.chunkCount; ordinal++) {
      if (this.isStopping) return false;
      const prepared = await this.prepareChunk(document, ordinal);
      if (errors.length === 0 && prepared.errors.length > 0) await markRunning(this.dataSource, document.id, true);
      good.push(...prepared.good);
      errors.push(...prepared.errors);
    }
    if (errors.length === 0 && good.length > 0) errors.push(...(await this.appendAll(document, good)));
    await markChunk(this.dataSource, document, Math.max(1, document.chunkCount), errors);
    return true;
  }

  private async prepareChunk(document: CaptureDocument, ordinal: number): Promise<{ good: GoodEvent[]; errors: CaptureError[] }> {
    const { firstEvent, events } = await readChunk(this.dataSource, document.id, ordinal);
    const good: GoodEvent[] = [];
    const errors: CaptureError[] = [];
    const prepared = await inSlices(events, (value) => prepareEvent(value, document.context));
    prepared.forEach((event, i) => {
      const pointer = `${document.eventsPointer}/${firstEvent + i}`;
      if (event.ok) good.push({ pointer, eventId: event.eventId, draft: event.draft });
      else errors.push(...faultErrors(pointer, event.eventId, event.faults));
    });
    return { good, errors };
  }

  /** One act for all; conflicts take it back. */
  private async appendAll(document: CaptureDocument, good: readonly GoodEvent[]): Promise<readonly CaptureError[]> {
    try {
      await this.append(document, good, (errors) => {
        if (errors.length > 0) throw new Conflicts(errors);
      });
      return [];
    } catch (error) {
      if (error instanceof Conflicts) return error.errors;
      if (isUngranted(error)) return [ungrantedError(document.eventsPointer)];
      if (isTransient(error)) throw error;
      this.report(error, document.id);
      return [internalError(document.eventsPointer)];
    }
  }

  /** One act for all that do not conflict. If the log cannot take them together, each is tried alone. */
  private async appendGood(document: CaptureDocument, good: readonly GoodEvent[]): Promise<readonly CaptureError[]> {
    try {
      let conflicts: readonly CaptureError[] = [];
      await this.append(document, good, (errors) => {
        conflicts = errors;
      });
      return conflicts;
    } catch (error) {
      if (isUngranted(error)) return good.map(({ pointer }) => ungrantedError(pointer));
      if (isTransient(error)) throw error;
      this.report(error, document.id);
      const [only] = good;
      if (good.length === 1 && only !== undefined) return [internalError(only.pointer, only.eventId)];
    }
    const errors: CaptureError[] = [];
    for (const event of good) errors.push(...(await this.appendGood(document, [event])));
    return errors;
  }

  private async append(document: CaptureDocument, good: readonly GoodEvent[], judge: (conflicts: readonly CaptureError[]) => void): Promise<void> {
    const { importRun, organisationId, requestId } = document;
    const drafts = good.map(({ draft }) => draft);
    await this.log.append({
      ...(importRun === undefined
        ? { entries: seal(envelopeOf(document), drafts) }
        : { decide: async (tx) => seal(envelopeOf(document), [...drafts, importRecord(requestId, await liveGrant(tx, organisationId, importRun))]) }),
      respond: (_stored, outcomes) => {
        judge(conflictsOf(good, outcomes));
        return { status: 200, body: null };
      },
    });
  }

  /** Of an error nobody foresaw the log gets name and code, never the message: that may quote the document. */
  private report(error: unknown, captureId: string): void {
    const { name, code } = error as { name?: string; code?: string };
    this.logger.error(`events of capture ${captureId} could not be stored: ${name ?? typeof error} ${code ?? ''}`);
  }
}

function conflictsOf(good: readonly GoodEvent[], outcomes: readonly EventOutcome[]): CaptureError[] {
  return good.flatMap(({ pointer, eventId }, i) => (outcomes[i]?.kind === 'conflict' ? [conflictError(pointer, eventId)] : []));
}

const isUngranted = (error: unknown): boolean => error instanceof Problem && error.slug === IMPORT_NOT_GRANTED;

function envelopeOf({ organisationId, actor, requestId, receivedAt, importRun, writtenAt }: CaptureDocument): Envelope {
  const provenance = importRun === undefined ? 'epcis' : 'import';
  return { organisationId, actor, requestId, provenance, capturedTime: writtenAt ?? receivedAt, onBehalfOf: undefined, device: undefined };
}
