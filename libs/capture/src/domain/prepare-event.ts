import { effectiveContext, eventHash, type EpcisEvent, type Fault, identifierLists, pointerOf, quantityLists, readEvent } from '@daodi/epcis';
import { type Draft, event, instant } from '@daodi/registry';

/** An event on its way into the log: ready to be written, or with all that is wrong with it. Pointers are relative to it. */
export type PreparedEvent =
  | { readonly ok: true; readonly eventId: string; readonly draft: Draft; readonly notes: readonly Fault[] }
  | { readonly ok: false; readonly eventId?: string; readonly faults: readonly Fault[] };

/** Bytes a URI may have in UTF-8: longer ones fit into no index, and no standard's identifier comes near. */
const URI_BYTES_MAX = 2000;

/**
 * Reads one event and makes it an entry's draft. It is kept as it was sent, with three exceptions: its `@context` is
 * kept beside it together with its document's; a `recordTime` is ours to give, so the sender's is dropped; where it has
 * no `eventID` it gets the CBV 2.0 event hash.
 *
 * @param value JSON that passed the strict reader
 * @param documentContext the `@context` of its document; without it the event must have its own
 */
export function prepareEvent(value: unknown, documentContext?: unknown): PreparedEvent {
  const reading = readEvent(value, documentContext);
  if (!reading.ok) return { ok: false, eventId: eventIdOf(value), faults: reading.faults };
  const faults = [...longUris(reading.event), ...unstorableTime(reading.event)];
  const eventId = reading.event.eventID ?? eventHash(reading.event, documentContext);
  if (faults.length > 0) return { ok: false, eventId: reading.event.eventID === undefined ? undefined : eventIdOf(value), faults };

  const { '@context': _context, recordTime: _recordTime, ...sent } = value as Record<string, unknown>;
  const context = effectiveContext(documentContext, value);
  const draft = event({ ...sent, eventID: eventId }, context);
  return { ok: true, eventId, draft: { ...draft, declaration: reading.event.errorDeclaration !== undefined }, notes: reading.notes };
}

/** The eventID as far as there is one that can be repeated in a sentence. */
function eventIdOf(value: unknown): string | undefined {
  const id = typeof value === 'object' && value !== null ? (value as Record<string, unknown>).eventID : undefined;
  return typeof id === 'string' && id !== '' ? id.slice(0, 300) : undefined;
}

/** A time whose offset takes it out of the years 1 to 9999. */
function unstorableTime({ eventTime }: EpcisEvent): Fault[] {
  if (instant(eventTime) !== undefined) return [];
  return [{ pointer: '/eventTime', rule: 'time-range', detail: { zh: '时间须在公元 1 年至 9999 年之间', en: 'a time must lie in the years 1 to 9999' } }];
}

function longUris(read: EpcisEvent): Fault[] {
  const faults: Fault[] = [];
  const check = (steps: readonly (string | number)[], uri: unknown): void => {
    if (typeof uri !== 'string' || uri.length * 3 <= URI_BYTES_MAX || Buffer.byteLength(uri) <= URI_BYTES_MAX) return;
    const detail = { zh: `标识不能超过 ${URI_BYTES_MAX} 字节`, en: `an identifier may have ${URI_BYTES_MAX} bytes at most` };
    faults.push({ pointer: pointerOf(steps), rule: 'identifier-length', detail });
  };
  const fields = read as unknown as Readonly<Record<string, unknown>>;
  for (const name of ['eventID', 'parentID', 'transformationID', 'bizStep', 'disposition']) check([name], fields[name]);
  check(['readPoint', 'id'], read.readPoint?.id);
  check(['bizLocation', 'id'], read.bizLocation?.id);
  for (const [name, list] of identifierLists(read)) list.forEach((epc, i) => check([name, i], epc));
  for (const [name, list] of quantityLists(read)) list.forEach(({ epcClass }, i) => check([name, i, 'epcClass'], epcClass));
  read.sourceList?.forEach(({ source }, i) => check(['sourceList', i, 'source'], source));
  read.destinationList?.forEach(({ destination }, i) => check(['destinationList', i, 'destination'], destination));
  return faults;
}
