/**
 * What a newcomer must be able to read in the API's description, without the code. For every POST, PUT and PATCH below
 * `/api/v1/` that takes JSON:
 *
 * 1. Its summary is in Chinese and English (`@FormRoute({ zh, en })`, or `@ApiOperation({ summary: '中文 English' })`).
 * 2. Every field, at any depth, has a description in Chinese and English and an example. A field that is a part with
 *    fields of its own needs no example: its fields have theirs. `@Day`, `@Id`, `@Year`, `@Flag`, `@OneOf`, `@Region` and
 *    `@Reference` bring an example of their own.
 * 3. A field that is a number says its unit: its object has a field `unit`, or its name ends in the unit (`massKg`,
 *    `moisturePercent`), or it is given one, `@Amount({ unit: 'kg' })`; a count is `unit: '个 pieces'`.
 * 4. Every value of a closed list is explained in both languages: `@OneOf(VALUES, { meanings: { drying: '干燥 drying' } })`.
 *    Units explain themselves (`unit-words.ts`).
 * 5. It has a whole example, and that is valid by its own schema. One is put together from the examples of the required
 *    fields where the route gives none.
 * 6. The refusals 400, 401, 403 and 422 are described, as `application/problem+json`, each with its problem types.
 */
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

type Json = Readonly<Record<string, any>>; // an OpenAPI document is looked into freely

const METHODS = ['post', 'put', 'patch'] as const;
const HAN = /\p{Script=Han}/u;
const LATIN = /[A-Za-z]{2,}/;
const isBilingual = (text: unknown): boolean => typeof text === 'string' && HAN.test(text) && LATIN.test(text);
/** Names that say their unit themselves. */
const UNIT_IN_NAME = /(Kg|Grams?|Jin|Percent|Permille|Mm|Cm|Metres?|Mu|M2|Days|Months|Years|Hours|Minutes|Celsius|Ppm)$/;

/** A form route of the document. */
export interface FormRouteSeen {
  readonly name: string;
  readonly operation: Json;
  readonly schema: Json;
}

/** All form routes of a document. */
export function formRoutes(document: Json): FormRouteSeen[] {
  return Object.entries(document['paths'] as Json).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const operation = (methods as Json)[method] as Json | undefined;
      const schema = operation?.['requestBody']?.content?.['application/json']?.schema as Json | undefined;
      return path.startsWith('/api/v1/') && operation && schema ? [{ name: `${method.toUpperCase()} ${path}`, operation, schema }] : [];
    }),
  );
}

/** Everything the document leaves a newcomer to guess, a line each. */
export function leftToGuess(document: Json): string[] {
  const fields = new Set<string>();
  const routes = formRoutes(document).flatMap((route) => {
    visit(document, route.schema, schemaName(route.schema) ?? route.name, fields, new Set());
    return ofRoute(document, route);
  });
  return [...routes, ...[...fields].sort()];
}

function ofRoute(document: Json, { name, operation, schema }: FormRouteSeen): string[] {
  const lacks: string[] = [];
  if (!isBilingual(operation['summary'])) lacks.push(`${name}: summary in Chinese and English`);
  for (const status of ['400', '401', '403', '422']) {
    const description = operation['responses']?.[status];
    if (description?.content?.['application/problem+json'] === undefined) lacks.push(`${name}: ${status} as application/problem+json`);
    if (!/`[a-z][a-z-]+`|[a-z]+-[a-z]+|invalid/.test(description?.description ?? '')) lacks.push(`${name}: problem types of ${status}`);
  }
  const content = operation['requestBody'].content['application/json'] as Json;
  const examples = [content['example'], ...Object.values((content['examples'] ?? {}) as Json).map(({ value }) => value as unknown)].filter((value) => value !== undefined);
  if (examples.length === 0) lacks.push(`${name}: a whole example`);
  const validate = validator(document, schema);
  for (const example of examples) if (!validate(example)) lacks.push(`${name}: its example is not valid: ${JSON.stringify(validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`))}`);
  return lacks;
}

function validator(document: Json, schema: Json) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  return ajv.compile({ ...strict(schema), components: strict(document['components']) });
}

/** The same schema, taking no field it does not name: a mistyped name in an example is a fault. */
function strict(schema: unknown): any {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, key === 'example' || key === 'examples' ? value : strict(value)]));
  return inner['type'] === 'object' && inner['properties'] !== undefined && inner['additionalProperties'] === undefined ? { ...inner, additionalProperties: false } : inner;
}

const schemaName = (schema: Json): string | undefined => (schema['$ref'] as string | undefined)?.split('/').at(-1);

function visit(document: Json, schema: Json, at: string, lacks: Set<string>, seen: Set<string>): void {
  const name = schemaName(schema);
  if (name !== undefined) {
    if (seen.has(name)) return;
    const named = document['components'].schemas[name] as Json | undefined;
    if (named === undefined) lacks.add(`${at}: refers to ${name}, which is not described`);
    else visit(document, named, name, lacks, new Set([...seen, name]));
    return;
  }
  for (const part of [...(schema['allOf'] ?? []), ...(schema['oneOf'] ?? []), ...(schema['anyOf'] ?? [])]) visit(document, part, at, lacks, seen);
  if (schema['items'] !== undefined) visit(document, schema['items'], at, lacks, seen);
  for (const [field, property] of Object.entries((schema['properties'] ?? {}) as Json)) {
    const path = `${at}.${field}`;
    ofField(document, schema, field, property, path).forEach((lack) => lacks.add(lack));
    visit(document, property, path, lacks, seen);
  }
}

function ofField(document: Json, owner: Json, field: string, property: Json, path: string): string[] {
  const lacks: string[] = [];
  const inner = [property, property['items'] ?? {}, ...(property['allOf'] ?? []), ...(property['oneOf'] ?? [])] as Json[];
  const isPart = inner.some((one) => schemaName(one) !== undefined && document['components'].schemas[schemaName(one) as string]?.type === 'object');
  if (!isBilingual(property['description'])) lacks.push(`${path}: description in Chinese and English`);
  if (!isPart && property['example'] === undefined && property['examples'] === undefined) lacks.push(`${path}: an example`);
  const isNumber = inner.some(({ type }) => type === 'number' || type === 'integer');
  if (isNumber && property['x-unit'] === undefined && !('unit' in owner['properties']) && !UNIT_IN_NAME.test(field)) lacks.push(`${path}: a unit`);
  const values = inner.flatMap(({ enum: list }) => (list ?? []) as string[]);
  const meanings = (property['x-enumDescriptions'] ?? {}) as Json;
  const unexplained = values.filter((value) => !isBilingual(meanings[value]));
  if (unexplained.length > 0) lacks.push(`${path}: what these mean: ${unexplained.join(', ')}`);
  return lacks;
}
