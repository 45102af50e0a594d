import type { Fault } from '@daodi/epcis';
import type { Bilingual, Language } from '@daodi/platform';
import { EPCIS_TITLE, type EpcisException, epcisStatus } from '../http/epcis-problem';

/** One error of a capture job, as it is kept: in both languages, with its place in the document. */
export interface CaptureError {
  readonly exception: EpcisException;
  /** JSON pointer into the document; empty for the whole. */
  readonly pointer: string;
  readonly rule: string;
  readonly detail: Bilingual;
  readonly eventID?: string;
}

/** Errors a job keeps: nobody reads more, and a document of wrong events must not become as many sentences. */
export const CAPTURE_ERRORS_MAX = 1000;

/** What is wrong with one event of a document. */
export function faultErrors(pointer: string, eventID: string | undefined, faults: readonly Fault[]): CaptureError[] {
  return faults.map((fault) => ({ exception: 'ValidationException', pointer: pointer + fault.pointer, rule: fault.rule, detail: fault.detail, eventID }));
}

/** The same eventID with other content is stored already: the first stays. */
export function conflictError(pointer: string, eventID: string): CaptureError {
  const detail = {
    zh: `事件 ${eventID} 已有不同内容的记录，先到者有效；更正请发送 errorDeclaration 与新事件`,
    en: `event ${eventID} is already stored with other content and the first stays; to correct it send an errorDeclaration and a new event`,
  };
  return { exception: 'ResourceAlreadyExistsException', pointer, rule: 'event-conflict', detail, eventID };
}

/** The grant of its run of imports ended before the log had it. */
export function ungrantedError(pointer: string): CaptureError {
  const detail = { zh: '补录批次的许可已结束，未写入', en: 'the import grant of this run has ended, so this was not stored' };
  return { exception: 'SecurityException', pointer, rule: 'import-not-granted', detail };
}

/** The server could not store something and cannot say why; what it was is in its own log. */
export function internalError(pointer: string, eventID?: string): CaptureError {
  const detail = { zh: '服务器未能保存此内容，请联系运营方', en: 'the server could not store this; please tell the operator' };
  return { exception: 'ImplementationException', pointer, rule: 'internal', detail, eventID };
}

/** An error as the job resource shows it: a problem (RFC 7807) with its pointer. */
export function problemOf(error: CaptureError, language: Language): Readonly<Record<string, unknown>> {
  return {
    type: `epcisException:${error.exception}`,
    title: EPCIS_TITLE[error.exception][language],
    status: epcisStatus(error.exception),
    detail: error.detail[language],
    pointer: error.pointer,
    rule: error.rule,
    eventID: error.eventID,
  };
}

/** The last problem of a list that was cut. */
export function moreErrors(count: number, language: Language): Readonly<Record<string, unknown>> {
  const detail = { zh: `另有 ${count} 处错误未列出`, en: `${count} more errors are not listed` };
  return { type: 'epcisException:ValidationException', title: EPCIS_TITLE.ValidationException[language], status: 400, detail: detail[language] };
}
