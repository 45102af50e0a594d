import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import ratified from '../vendor/gs1-epcis-2.0/epcis-json-schema.json';
import type { EventType } from './events';
import { isTime } from './time';

/** The parts of the ratified schema that are judged on their own. */
export type SchemaPart = EventType | 'epcisDocument' | 'epcisQueryDocument';

const SCHEMA_ID = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-json-schema.json';

/**
 * RFC 3986 or 3987: a scheme, a colon, and no space or character that no URI may hold. Chinese characters pass, since
 * IRIs are used as identifiers here. `prefix:name` passes, as the standard means it to.
 */
const URI = /^[A-Za-z][A-Za-z0-9+.\-_]*:[^\s<>"{}|\\^`\u0000-\u001f]+$/;

/** Validators by part: one that stops at the first fault for the hot path, one that finds all for explaining. */
const compiled = new Map<string, ValidateFunction>();
const compilers = new Map<boolean, Ajv>();

/** Whether a value meets the ratified schema. */
export function meetsSchema(part: SchemaPart, value: unknown): boolean {
  return validator(part, false)(value) as boolean;
}

/** Everything the ratified schema has against a value, in its own words. */
export function schemaErrors(part: SchemaPart, value: unknown): readonly ErrorObject[] {
  const validate = validator(part, true);
  return validate(value) ? [] : (validate.errors ?? []);
}

function validator(part: SchemaPart, all: boolean): ValidateFunction {
  const name = `${part} ${all}`;
  let validate = compiled.get(name);
  if (validate === undefined) {
    validate = compiler(all).compile({ $ref: `${SCHEMA_ID}#/definitions/${part}` });
    compiled.set(name, validate);
  }
  return validate;
}

function compiler(all: boolean): Ajv {
  let ajv = compilers.get(all);
  if (ajv === undefined) {
    ajv = new Ajv({ allErrors: all, strict: false, verbose: all, formats: { uri: URI, 'date-time': isTime } });
    ajv.addSchema(adapted());
    compilers.set(all, ajv);
  }
  return ajv;
}

/**
 * The ratified schema with two changes that alter no verdict: `uniqueItems` is taken out, since ajv compares long lists
 * pair by pair and one request could hold the process for minutes (the event rules check it instead), and the lists of
 * events are not descended into, since each event is judged by itself.
 */
function adapted(): Record<string, unknown> {
  const schema = JSON.parse(JSON.stringify(ratified), (name, value: unknown) => (name === 'uniqueItems' ? undefined : value)) as {
    definitions: Record<string, unknown>;
  };
  schema.definitions['eventList'] = { type: 'array' };
  return schema as unknown as Record<string, unknown>;
}
