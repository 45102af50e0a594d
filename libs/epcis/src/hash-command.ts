import { eventHash } from './event-hash';
import type { Fault } from './fault';
import { readDocument } from './read-document';
import { readEvent } from './read-event';
import { readJson } from './read-json';

/** One hash for each event, in document order; or everything that stands against it. */
export type HashReading = { readonly ok: true; readonly hashes: readonly string[] } | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * The event hashes of a file: an EPCISDocument, an EPCISQueryDocument or one bare event, as EPCIS 2.0 JSON. Pointers
 * are relative to the file. A file with one faulty event gives no hashes: a line that is missing would shift the rest.
 */
export function hashDocument(bytes: Uint8Array): HashReading {
  const json = readJson(bytes);
  if (!json.ok) return { ok: false, faults: looksLikeXml(bytes) ? [XML_NOT_READ] : json.faults };
  const type = typeof json.value === 'object' && json.value !== null ? (json.value as Record<string, unknown>)['type'] : undefined;
  if (typeof type === 'string' && type.endsWith('Event')) return hashEvents([json.value], undefined, () => '');

  const document = readDocument(json.value);
  if (!document.ok) return document;
  return hashEvents(document.events, document.context, (i) => `${document.eventsPointer}/${i}`);
}

function hashEvents(events: readonly unknown[], context: unknown, pointerOfEvent: (i: number) => string): HashReading {
  const faults: Fault[] = [];
  const hashes: string[] = [];
  events.forEach((event, i) => {
    const reading = readEvent(event, context);
    if (reading.ok) hashes.push(eventHash(reading.event, context));
    else faults.push(...reading.faults.map((fault) => ({ ...fault, pointer: pointerOfEvent(i) + fault.pointer })));
  });
  return faults.length === 0 ? { ok: true, hashes } : { ok: false, faults };
}

const XML_NOT_READ: Fault = {
  pointer: '',
  rule: 'epcis-xml',
  detail: { zh: '这是 XML，请提交 EPCIS 2.0 的 JSON 格式', en: 'this is XML; give the JSON form of EPCIS 2.0' },
};

function looksLikeXml(bytes: Uint8Array): boolean {
  return /^(?:\ufeff|\s)*</.test(new TextDecoder().decode(bytes.subarray(0, 64)));
}
