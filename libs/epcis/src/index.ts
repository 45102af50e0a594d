export { canonicalJson } from './canonical-json';
export { decimalText } from './decimal';
export { type Fault, pointerOf } from './fault';
export type { JsonLimits } from './json-scanner';
export { type Milligrams, type QuantityReading, isMassUnit, kilogramText, massToMilligrams, milligrams, readQuantity } from './quantity';
export { type JsonReading, readJson } from './read-json';
