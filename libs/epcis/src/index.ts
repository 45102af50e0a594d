export { canonicalJson } from './canonical-json';
export { type VocabularyField, bizStepUri, cbvUri, cbvWord, sameWord, wordsOf } from './cbv';
export { DAODI_EVENT_CONTEXT, EPCIS_CONTEXT_URL, type ResolvedContext, effectiveContext, expandCurie, resolveContext } from './context';
export { DAODI_NAMESPACE, DAODI_PREFIX, DAODI_TERMS, type DaodiTerm, type DaodiTermName, daodi, daodiContextDocument } from './daodi-vocabulary';
export { decimalText } from './decimal';
export { identifierLists, quantityLists } from './event-rules';
export {
  type Action, type AggregationEvent, type AssociationEvent, type BizTransaction, type CommonEvent, type Destination, type EpcisEvent,
  type ErrorDeclaration, EVENT_TYPES, type EventType, type Ilmd, type ObjectEvent, type PersistentDisposition, type Place, type QuantityElement,
  type SensorElement, type SensorMetadata, type SensorReport, type Source, type TransactionEvent, type TransformationEvent,
} from './events';
export { eventHash, preHash } from './event-hash';
export { type Fault, pointerOf } from './fault';
export { type HashReading, hashDocument } from './hash-command';
export type { JsonLimits } from './json-scanner';
export { type Milligrams, type QuantityReading, isMassUnit, kilogramText, massToMilligrams, milligrams, readQuantity } from './quantity';
export { type DocumentKind, type DocumentReading, readDocument } from './read-document';
export { type EventReading, readEvent } from './read-event';
export { type JsonReading, readJson } from './read-json';
export { type EventInstant, normaliseTime } from './time';
