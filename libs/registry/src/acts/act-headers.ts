import type { FastifyRequest } from 'fastify';
import { type Fault, Problem } from '@daodi/platform';
import { RUN_NAME } from '../imports/import-grant.dto';
import { instant } from './instant';

/** What a client may say about a request in its headers. */
export interface ActHeaders {
  readonly idempotencyKey?: string;
  /** `X-Captured-Time`: when it was written down, by the device's corrected clock. */
  readonly capturedTime?: string;
  /** `X-Device: ID;counter=N`. */
  readonly device?: { readonly id: string; readonly counter: number };
  /** `X-On-Behalf-Of`: the person (uuid) in whose place it was written down. */
  readonly onBehalfOf?: string;
  /** `X-Import-Run`: the run of imports it belongs to, which needs a grant. */
  readonly importRun?: string;
}

/** Reads the headers of an act. @throws Problem 400 naming every header that cannot be read */
export function readActHeaders(request: FastifyRequest): ActHeaders {
  const faults: Fault[] = [];
  const read = <T>(name: string, of: (text: string) => T | undefined, zh: string, en: string): T | undefined => {
    const text = request.headers[name.toLowerCase()];
    if (text === undefined) return undefined;
    const value = typeof text === 'string' ? of(text) : undefined;
    // A pointer reaches into the body only; a header has none, so its name stands in the sentence.
    if (value === undefined) faults.push({ pointer: '', rule: `header-${name.toLowerCase()}`, detail: { zh: `${name} ${zh}`, en: `${name}: ${en}` } });
    return value;
  };
  const headers: ActHeaders = {
    idempotencyKey: read('Idempotency-Key', keyOf, '应为 1 到 200 个 ASCII 字符。', 'It must be 1 to 200 printable ASCII characters.'),
    capturedTime: read('X-Captured-Time', instant, '应为带时区的 ISO 8601 时间。', 'It must be an ISO 8601 time with its offset.'),
    device: read('X-Device', deviceOf, '应写作 设备号;counter=序号。', 'It must be written ID;counter=N.'),
    onBehalfOf: read('X-On-Behalf-Of', uuidOf, '应为人员的 id（uuid）。', 'It must be the id (uuid) of a person.'),
    importRun: read('X-Import-Run', runOf, '应为补录批次的名称。', 'It must be the name of a run of imports.'),
  };
  if (faults.length === 0) return headers;
  throw new Problem(400, 'bad-header', { zh: '请求头无法识别', en: 'A header of the request cannot be read' }, { faults });
}

const keyOf = (text: string): string | undefined => (/^[\x20-\x7e]{1,200}$/.test(text) ? text : undefined);

const runOf = (text: string): string | undefined => (RUN_NAME.test(text) ? text : undefined);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A uuid in lower case, if the text is one. */
export const uuidOf = (text: string): string | undefined => (UUID.test(text.toLowerCase()) ? text.toLowerCase() : undefined);

function deviceOf(text: string): ActHeaders['device'] {
  const match = /^([A-Za-z0-9._:-]{1,100}) *; *counter=(\d{1,15})$/.exec(text);
  return match === null ? undefined : { id: match[1] as string, counter: Number(match[2]) };
}
