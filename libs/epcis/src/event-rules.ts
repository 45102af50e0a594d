import { canonicalIdentifier, explainNote } from '@daodi/gs1';
import { type ResolvedContext, extendContext, qualifiedName } from './context';
import type { EpcisEvent, QuantityElement, SensorElement, SensorReport } from './events';
import { type Fault, pointerOf } from './fault';
import { readQuantity } from './quantity';
import { FAULTS_MAX } from './schema-faults';

/**
 * What the standard demands and its JSON Schema does not check. Also runs on events the schema refuses, so that every
 * fault is named at once: it looks only at what has the expected shape.
 */
export function ruleFaults(event: EpcisEvent, context: ResolvedContext): Fault[] {
  const faults: Fault[] = [];
  if (event.type === 'AggregationEvent' && event.action !== 'OBSERVE' && event.parentID === undefined) {
    faults.push(fault(['parentID'], 'epcis-parent', `action 为 ${event.action} 的聚合事件须有 parentID`, `an AggregationEvent with action ${event.action} needs its parentID`));
  }
  for (const [name, list] of quantityLists(event)) {
    list.forEach((element: QuantityElement | null, i) => {
      if (typeof element?.quantity === 'number' && element.quantity < 0) faults.push(fault([name, i, 'quantity'], 'epcis-negative', '数量不能为负', 'a quantity must not be negative'));
    });
  }
  for (const [name, list] of identifierLists(event)) repeated(list, [name], faults);
  repeated(event.persistentDisposition?.set, ['persistentDisposition', 'set'], faults);
  repeated(event.persistentDisposition?.unset, ['persistentDisposition', 'unset'], faults);
  sensorFaults(event, faults);
  undeclared(event as unknown as Record<string, unknown>, context, [], faults);
  return faults.slice(0, FAULTS_MAX);
}

/**
 * What is odd about an event and yet no reason to refuse it: identifiers that look like GS1 keys and are none,
 * quantities too fine for our books, contexts that were not read.
 */
export function ruleNotes(event: EpcisEvent, context: ResolvedContext): Fault[] {
  const notes: Fault[] = [];
  const look = (uri: string | undefined, steps: readonly (string | number)[]) => {
    if (uri === undefined || notes.length >= FAULTS_MAX) return;
    const { note } = canonicalIdentifier(uri);
    if (note !== undefined) {
      const { zh, en } = explainNote(note);
      notes.push(fault(steps, note, `按原样保留，不作为 GS1 标识：${zh}`, `kept as it is, not as a GS1 identifier: ${en}`));
    }
  };
  if ('parentID' in event) look(event.parentID, ['parentID']);
  for (const [name, list] of identifierLists(event)) list.forEach((uri, i) => look(uri, [name, i]));
  for (const [name, list] of quantityLists(event)) {
    list.forEach((element, i) => {
      look(element.epcClass, [name, i, 'epcClass']);
      const finer = element.quantity !== undefined && element.quantity >= 0 ? readQuantity(element.quantity, element.uom) : undefined;
      if (finer?.dimension === 'unreadable' && notes.length < FAULTS_MAX) {
        notes.push(fault([name, i, 'quantity'], `quantity-${finer.because}`, '数量无法换算为整毫克或整件，不参与平衡计算', 'the quantity is no whole number of milligrams or pieces and takes no part in balances'));
      }
    });
  }
  look(event.readPoint?.id, ['readPoint', 'id']);
  look(event.bizLocation?.id, ['bizLocation', 'id']);
  event.sourceList?.forEach(({ source }, i) => look(source, ['sourceList', i, 'source']));
  event.destinationList?.forEach(({ destination }, i) => look(destination, ['destinationList', i, 'destination']));
  for (const url of context.unread) notes.push(fault([], 'context-unread', `未读取远程上下文 ${url}，其中定义的名称按原样保留`, `the remote context ${url} was not read; names it defines are kept as they are`));
  return notes;
}

/** The quantity lists an event has, by field. */
export function quantityLists(event: EpcisEvent): [string, readonly QuantityElement[]][] {
  return listsOf<QuantityElement>(event, QUANTITY_LISTS);
}

/** The lists of instance identifiers an event has, by field. */
export function identifierLists(event: EpcisEvent): [string, readonly string[]][] {
  return listsOf<string>(event, IDENTIFIER_LISTS);
}

function listsOf<Item>(event: EpcisEvent, names: readonly string[]): [string, readonly Item[]][] {
  const all = event as unknown as Record<string, readonly Item[] | undefined>;
  const lists: [string, readonly Item[]][] = [];
  for (const name of names) {
    const list = all[name];
    if (Array.isArray(list)) lists.push([name, list]);
  }
  return lists;
}

const QUANTITY_LISTS = ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'] as const;
const IDENTIFIER_LISTS = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'] as const;
const NOT_TWICE = ['time', 'deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod'] as const;

function repeated(list: readonly string[] | undefined, steps: readonly string[], faults: Fault[]): void {
  if (!Array.isArray(list) || list.length < 2 || new Set(list).size === list.length) return;
  const seen = new Set<string>();
  list.forEach((item, i) => {
    if (seen.has(item)) faults.push(fault([...steps, i], 'epcis-repeated', '同一列表中出现了两次', 'this stands twice in one list'));
    seen.add(item);
  });
}

/** EPCIS 2.0 section 7.3.7: what the metadata says of all reports, a report must not say again (TCR-53, step 29). */
function sensorFaults(event: EpcisEvent, faults: Fault[]): void {
  if (!Array.isArray(event.sensorElementList)) return;
  event.sensorElementList.forEach((element: Partial<SensorElement> | null, i) => {
    const metadata = element?.sensorMetadata;
    if (!metadata || !Array.isArray(element?.sensorReport)) return;
    element.sensorReport.forEach((report: SensorReport | null, j) => {
      for (const name of NOT_TWICE) {
        if (metadata[name] !== undefined && report?.[name] !== undefined) {
          faults.push(fault(['sensorElementList', i, 'sensorReport', j, name], 'epcis-sensor-twice', `${name} 已写在 sensorMetadata 中，不能再写在 sensorReport 中`, `${name} stands in sensorMetadata already and must not stand in sensorReport as well`));
        }
      }
    });
  });
}

/** Names with a prefix that no context declares, at any depth. Silent where a context was not read: it may declare them. */
function undeclared(value: unknown, context: ResolvedContext, steps: (string | number)[], faults: Fault[]): void {
  if (typeof value !== 'object' || value === null || context.unread.length > 0) return;
  if (Array.isArray(value)) {
    if (typeof value[0] === 'string') return;
    value.forEach((item, i) => undeclared(item, context, [...steps, i], faults));
    return;
  }
  const object = value as Record<string, unknown>;
  const inner = steps.length > 0 && object['@context'] !== undefined ? extendContext(context, object['@context']) : context;
  for (const name of Object.keys(object)) {
    if (name.startsWith('@')) continue;
    if (name.includes(':') && qualifiedName(inner, name) === undefined) {
      const prefix = name.slice(0, name.indexOf(':'));
      faults.push(fault([...steps, name], 'epcis-prefix', `前缀“${prefix}”未在 @context 中声明`, `the prefix "${prefix}" is not declared in @context`));
    }
    const member = object[name];
    if (typeof member === 'object' && member !== null) undeclared(member, inner, [...steps, name], faults);
  }
}

function fault(steps: readonly (string | number)[], rule: string, zh: string, en: string): Fault {
  return { pointer: pointerOf(steps), rule, detail: { zh, en } };
}
