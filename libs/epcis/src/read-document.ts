import type { Fault } from './fault';
import { meetsSchema } from './schema';
import { schemaFaults } from './schema-faults';

export type DocumentKind = 'EPCISDocument' | 'EPCISQueryDocument';

/** What came of reading the envelope of a document. The events are still as they came: read each with `readEvent`. */
export type DocumentReading =
  | { readonly ok: true; readonly kind: DocumentKind; readonly context: unknown; readonly events: readonly unknown[]; readonly eventsPointer: string; readonly faults: readonly [] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Reads the envelope of an EPCISDocument or EPCISQueryDocument: context, dates, header and where the events are.
 * Events are not judged here, so that a document may be captured with `proceed` event by event.
 */
export function readDocument(value: unknown): DocumentReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refused('', '应为 JSON 对象', 'a document must be a JSON object');
  const { epcisHeader, ...headless } = value as Record<string, unknown>;
  const { type, '@context': context, epcisBody } = headless;
  if (type !== 'EPCISDocument' && type !== 'EPCISQueryDocument') {
    return refused('/type', '类型应为 EPCISDocument 或 EPCISQueryDocument', 'the type must be EPCISDocument or EPCISQueryDocument');
  }
  const part = type === 'EPCISDocument' ? 'epcisDocument' : 'epcisQueryDocument';
  // The ratified schema knows no header in a query document, but interoperability programmes send master data there.
  const judged = part === 'epcisQueryDocument' || epcisHeader === undefined ? headless : value;
  if (!meetsSchema(part, judged)) return { ok: false, faults: schemaFaults(part, judged) };

  const body = epcisBody as { eventList?: readonly unknown[]; queryResults?: { resultsBody: { eventList: readonly unknown[] } } };
  const events = type === 'EPCISDocument' ? body.eventList : body.queryResults?.resultsBody.eventList;
  const eventsPointer = type === 'EPCISDocument' ? '/epcisBody/eventList' : '/epcisBody/queryResults/resultsBody/eventList';
  return { ok: true, kind: type, context, events: events ?? [], eventsPointer, faults: [] };
}

function refused(pointer: string, zh: string, en: string): DocumentReading {
  return { ok: false, faults: [{ pointer, rule: 'epcis-document-type', detail: { zh, en } }] };
}
