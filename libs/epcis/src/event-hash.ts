import { createHash } from 'node:crypto';
import { withoutEmpty } from './absent';
import { type ResolvedContext, effectiveContext, resolveContext } from './context';
import type { EpcisEvent } from './events';
import { extensionStrings } from './hash-extensions';
import { byCodePoint, idValue, numberValue, timeValue, wordValue } from './hash-values';

/**
 * The CBV 2.0 event hash (CBV 2.0 section 8.9; rules as in the README of the reference implementation at 5d2f1c3): an
 * identifier intrinsic to an event, the same for every serialisation of it. Where that text and the published vectors
 * part, the vectors are followed on one point: the type of a transaction, source or destination stands before its
 * value. `eventID`, `recordTime`, `errorDeclaration` and `certificationInfo` take no part; neither do comments.
 *
 * @param event an event that passed `readEvent`
 * @param documentContext the `@context` of its document, if it stood in one
 * @returns `ni:///sha-256;…?ver=CBV2.0`
 */
export function eventHash(event: EpcisEvent, documentContext?: unknown): string {
  const digest = createHash('sha256').update(preHash(event, documentContext), 'utf8').digest('hex');
  return `ni:///sha-256;${digest}?ver=CBV2.0`;
}

/** The text that is hashed: key and value pairs in the canonical order, without separators. */
export function preHash(event: EpcisEvent, documentContext?: unknown): string {
  const context = resolveContext(effectiveContext(documentContext, event));
  const fields = withoutEmpty(event as unknown as Fields);
  let text = `eventType=${String(fields['type'])}`;
  for (const [name, write] of EVENT_ORDER) {
    const value = fields[name];
    if (value !== undefined && value !== null) text += write(name, value, context);
  }
  return text + extensionStrings(fields, context).join('');
}

type Fields = Readonly<Record<string, unknown>>;

/** Writes one field; gives the empty string where there is nothing to write. */
type Writer = (name: string, value: unknown, context: ResolvedContext) => string;

const plain: Writer = (name, value, context) => pair(name, idValue(value, context));
const time: Writer = (name, value) => pair(name, timeValue(value));
const quantity: Writer = (name, value) => pair(name, numberValue(value));
const literal: Writer = (name, value) => pair(name, String(value).trim());
const bizStep: Writer = (name, value, context) => pair(name, wordValue('bizStep', value, context));
const disposition: Writer = (name, value, context) => pair(name, wordValue('disposition', value, context));

/** A list of identifiers: the name of the list once, then its members in order. */
const identifiers: Writer = (name, value, context) => list(name, value, (epc) => pair('epc', idValue(epc, context)));

const quantities: Writer = (name, value, context) => list(name, value, (element) => {
  const inner = ordered(element, QUANTITY_ORDER, context);
  return inner === '' ? '' : `quantityElement${inner}`;
});

const place: Writer = (name, value, context) => {
  const inner = ordered(value, PLACE_ORDER, context) + extensionStrings(value, context).join('');
  return inner === '' ? '' : name + inner;
};

const persistent: Writer = (name, value, context) => {
  const { set, unset } = value as { set?: unknown; unset?: unknown };
  const inner = words('set', set, context) + words('unset', unset, context);
  return inner === '' ? '' : name + inner;
};

const sensorElements: Writer = (name, value, context) => list(name, value, (element) => {
  const { sensorMetadata, sensorReport } = element as { sensorMetadata?: unknown; sensorReport?: unknown };
  const reports = [sensorReport ?? []].flat().map((report) => part('sensorReport', report, REPORT_ORDER, context));
  const inner = part('sensorMetadata', sensorMetadata, METADATA_ORDER, context) + reports.sort(byCodePoint).join('') + extensionStrings(element, context).join('');
  return inner === '' ? '' : `sensorElement${inner}`;
});

const ilmd: Writer = (name, value, context) => {
  const inner = extensionStrings(value, context, true).join('');
  return inner === '' ? '' : name + inner;
};

/** Business transactions, sources and destinations: type first, then the value, without a name for the pair. */
function typed(valueName: string, field: 'bizTransactionType' | 'sourceOrDestinationType'): Writer {
  return (name, value, context) => list(name, value, (item) => {
    const fields = item as Fields;
    const type = fields['type'] === undefined ? '' : pair('type', wordValue(field, fields['type'], context));
    return type + pair(valueName, idValue(fields[valueName], context));
  });
}

type Order = readonly (readonly [string, Writer])[];

const QUANTITY_ORDER: Order = [['epcClass', plain], ['quantity', quantity], ['uom', literal]];
const PLACE_ORDER: Order = [['id', plain]];

const METADATA_ORDER: Order = [
  ['time', time], ['startTime', time], ['endTime', time], ['deviceID', plain], ['deviceMetadata', plain], ['rawData', plain],
  ['dataProcessingMethod', plain], ['bizRules', plain],
];

/** `bizRules` of a report is in the schema and not in the published order; it stands where it stands in the metadata. */
const REPORT_ORDER: Order = [
  ['type', (name, value, context) => pair(name, wordValue('measurementType', value, context))],
  ['exception', (name, value, context) => pair(name, wordValue('sensorException', value, context))],
  ['deviceID', plain], ['deviceMetadata', plain], ['rawData', plain], ['dataProcessingMethod', plain], ['bizRules', plain], ['time', time],
  ['microorganism', plain], ['chemicalSubstance', plain], ['value', quantity],
  ['component', (name, value, context) => pair(name, wordValue('component', value, context))],
  ['stringValue', literal], ['booleanValue', literal], ['hexBinaryValue', literal], ['uriValue', plain], ['minValue', quantity],
  ['maxValue', quantity], ['meanValue', quantity], ['sDev', quantity], ['percRank', quantity], ['percValue', quantity], ['uom', literal],
  ['coordinateReferenceSystem', plain],
];

/** The canonical property order, for all event types. */
const EVENT_ORDER: Order = [
  ['eventTime', time], ['eventTimeZoneOffset', literal], ['epcList', identifiers], ['parentID', plain], ['inputEPCList', identifiers],
  ['childEPCs', identifiers], ['quantityList', quantities], ['childQuantityList', quantities], ['inputQuantityList', quantities],
  ['outputEPCList', identifiers], ['outputQuantityList', quantities], ['action', literal], ['transformationID', plain], ['bizStep', bizStep],
  ['disposition', disposition], ['persistentDisposition', persistent], ['readPoint', place], ['bizLocation', place],
  ['bizTransactionList', typed('bizTransaction', 'bizTransactionType')], ['sourceList', typed('source', 'sourceOrDestinationType')],
  ['destinationList', typed('destination', 'sourceOrDestinationType')], ['sensorElementList', sensorElements], ['ilmd', ilmd],
];

function pair(name: string, value: string): string {
  return value === '' ? '' : `${name}=${value}`;
}

/** Members sorted, the name of the list once before them. */
function list(name: string, value: unknown, write: (item: unknown) => string): string {
  const written = (value as readonly unknown[]).map(write).filter((text) => text !== '');
  return written.length === 0 ? '' : name + written.sort(byCodePoint).join('');
}

function words(name: 'set' | 'unset', value: unknown, context: ResolvedContext): string {
  const written = [value ?? []].flat().map((word) => pair(name, wordValue('disposition', word, context)));
  return written.sort(byCodePoint).join('');
}

function part(name: string, value: unknown, order: Order, context: ResolvedContext): string {
  if (value === undefined) return '';
  const inner = ordered(value, order, context) + extensionStrings(value, context).join('');
  return inner === '' ? '' : name + inner;
}

function ordered(value: unknown, order: Order, context: ResolvedContext): string {
  const fields = value as Fields;
  let text = '';
  for (const [name, write] of order) {
    const given = fields[name];
    if (given !== undefined && given !== null) text += write(name, given, context);
  }
  return text;
}
