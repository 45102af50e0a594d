import { Injectable } from '@nestjs/common';
import { type Language, notFound } from '@daodi/platform';
import { type Caller, uuidOf } from '@daodi/registry';
import { DataSource } from 'typeorm';
import { moreErrors, problemOf } from '../domain/capture-error';
import { readPaging, writeToken } from '../http/paging';
import { type CaptureCursor, type CaptureDocument, findCapture, listCaptures } from './capture-document';

/** A capture job as EPCIS 2.0 wants it shown (REST bindings, schema `CaptureJob`). */
export interface CaptureJobResource {
  readonly captureID: string;
  readonly createdAt: string;
  readonly finishedAt?: string;
  readonly running: boolean;
  readonly success: boolean;
  readonly captureErrorBehaviour: 'rollback' | 'proceed';
  readonly errors: readonly Readonly<Record<string, unknown>>[];
}

/** A page of jobs and the token of the next one. */
export interface CaptureJobPage {
  readonly jobs: readonly CaptureJobResource[];
  readonly next?: string;
}

/** Shows an organisation its capture jobs. Another one's answers like one that does not exist. */
@Injectable()
export class CaptureJobs {
  constructor(private readonly dataSource: DataSource) {}

  /** One job. @throws Problem 404 */
  async get(caller: Caller, captureId: string, language: Language): Promise<CaptureJobResource> {
    const id = uuidOf(captureId);
    const document = id === undefined ? undefined : await findCapture(this.dataSource, id);
    if (document === undefined || document.organisationId !== caller.organisationId) throw notFound();
    return resourceOf(document, language);
  }

  /** The jobs of the caller's organisation, newest first. @throws Problem 400 where paging cannot be read */
  async list(caller: Caller, query: Readonly<Record<string, unknown>>, language: Language): Promise<CaptureJobPage> {
    const { perPage, token } = readPaging(query, isCursor);
    const found = await listCaptures(this.dataSource, caller.organisationId, token, perPage + 1);
    const page = found.slice(0, perPage);
    const last = found.length > perPage ? page.at(-1) : undefined;
    return {
      jobs: page.map((document) => resourceOf(document, language)),
      next: last && writeToken({ receivedAt: last.receivedAt, id: last.id } satisfies CaptureCursor),
    };
  }
}

function resourceOf(document: CaptureDocument, language: Language): CaptureJobResource {
  const hidden = document.errorCount - document.errors.length;
  return {
    captureID: document.id,
    createdAt: document.receivedAt,
    finishedAt: document.finishedAt,
    running: document.state !== 'done',
    success: !document.failed,
    captureErrorBehaviour: document.errorBehaviour,
    errors: [...document.errors.map((error) => problemOf(error, language)), ...(hidden > 0 ? [moreErrors(hidden, language)] : [])],
  };
}

function isCursor(value: Readonly<Record<string, unknown>>): CaptureCursor | undefined {
  const { receivedAt, id } = value;
  if (typeof receivedAt !== 'string' || typeof id !== 'string' || uuidOf(id) === undefined) return undefined;
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/.test(receivedAt) && !Number.isNaN(Date.parse(receivedAt)) ? { receivedAt, id } : undefined;
}
