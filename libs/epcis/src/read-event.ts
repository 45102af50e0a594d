import { withoutEmpty } from './absent';
import { effectiveContext, resolveContext } from './context';
import { ruleFaults, ruleNotes } from './event-rules';
import { EVENT_TYPES, type EpcisEvent, type EventType } from './events';
import type { Fault } from './fault';
import { meetsSchema } from './schema';
import { FAULTS_MAX, schemaFaults } from './schema-faults';

/** What came of reading an event. Pointers are relative to the event. */
export type EventReading =
  | { readonly ok: true; readonly event: EpcisEvent; readonly notes: readonly Fault[]; readonly faults: readonly [] }
  | { readonly ok: false; readonly event?: undefined; readonly notes: readonly Fault[]; readonly faults: readonly Fault[] };

/**
 * Reads one event: empty optional fields are taken as absent (TCR-24), then the ratified JSON Schema and the rules it
 * misses are applied. Every fault at once. The event given back has no empty fields; to keep what was sent, keep `value`.
 *
 * @param value JSON value that passed `readJson`
 * @param documentContext the `@context` of the document the event stands in, if it stands in one
 */
export function readEvent(value: unknown, documentContext?: unknown): EventReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused('', 'epcis-type', '事件应为 JSON 对象', 'an event must be a JSON object');
  }
  const given = value as Record<string, unknown>;
  const type = given['type'];
  if (!isEventType(type)) {
    return refused('/type', 'epcis-event-type', `事件类型应为以下之一：${EVENT_TYPES.join('、')}`, `the event type must be one of ${EVENT_TYPES.join(', ')}`);
  }
  if (documentContext === undefined && given['@context'] === undefined) {
    return refused('/@context', 'epcis-missing', '单独提交的事件须有 @context', 'an event that stands alone needs its @context');
  }
  const event = withoutEmpty(given);
  const judged = withEmptyList(type, given, event);
  const context = resolveContext(effectiveContext(documentContext, given));
  const read = event as unknown as EpcisEvent;
  const byRule = ruleFaults(read, context);
  const faults = meetsSchema(type, judged) ? byRule : [...schemaFaults(type, judged), ...byRule].slice(0, FAULTS_MAX);
  if (faults.length > 0) return { ok: false, notes: [], faults };
  return { ok: true, event: read, notes: ruleNotes(read, context), faults: [] };
}

/**
 * The schema counts an empty `epcList` as having one: that is how an event which is only about sensors, or only of
 * record, is written. So there, and only there, the empty list stays for the judgement.
 */
function withEmptyList(type: EventType, given: Record<string, unknown>, event: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const list = given['epcList'];
  if (type !== 'ObjectEvent' && type !== 'TransactionEvent') return event;
  return Array.isArray(list) && list.length === 0 ? { ...event, epcList: [] } : event;
}

function isEventType(type: unknown): type is EventType {
  return EVENT_TYPES.includes(type as EventType);
}

function refused(pointer: string, rule: string, zh: string, en: string): EventReading {
  return { ok: false, notes: [], faults: [{ pointer, rule, detail: { zh, en } }] };
}
