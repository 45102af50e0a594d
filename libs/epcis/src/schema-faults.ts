import type { ErrorObject } from 'ajv';
import { type Fault, pointerOf } from './fault';
import { type SchemaPart, schemaErrors } from './schema';

/** No one reads more; and a list of a hundred thousand wrong identifiers must not become as many sentences. */
export const FAULTS_MAX = 100;

/**
 * What the ratified schema has against a value, as one fault for each place, in words a clerk can act on. Validators
 * of JSON Schema report every branch of every alternative; here the branches of a failed alternative are one fault.
 *
 * @param prefix pointer of the value inside what was sent
 */
export function schemaFaults(part: SchemaPart, value: unknown, prefix = ''): Fault[] {
  const byPlace = new Map<string, ErrorObject[]>();
  const errors = schemaErrors(part, value);
  for (const error of errors) {
    if (isAboutName(error, value)) continue;
    if (part === 'ObjectEvent' && error.schemaPath.endsWith(WHERE_ILMD_MAY_BE)) continue;
    const place = placeOf(error);
    const group = byPlace.get(place);
    if (group === undefined) byPlace.set(place, [error]);
    else group.push(error);
  }
  const explained = [...byPlace].map(([place, errors]) => explain(part, prefix + place, errors));
  const all = explained.filter((fault): fault is Fault => fault !== undefined);
  const told = all.some(({ pointer }) => WHAT.test(pointer.slice(prefix.length))) ? all.filter(({ rule }) => rule !== 'epcis-what') : all;
  if (told.length > 0) return told.slice(0, FAULTS_MAX);
  return errors.length === 0 ? [] : [fault(prefix, 'epcis-schema', `不符合 EPCIS 2.0 的 ${part} 格式`, `this is not an EPCIS 2.0 ${part}`)];
}

/** What an event is about. Where one of these is faulty, that the event is about nothing is no news. */
const WHAT = /^\/(?:epcList|childEPCs|inputEPCList|outputEPCList|quantityList|childQuantityList|inputQuantityList|outputQuantityList|sensorElementList|readPoint)(?:\/|$)/;

/**
 * Inside `propertyNames` it is a name that is judged, at the place of its object; the object reports the name itself.
 * The validator marks only some of these errors, so what was judged is compared with what stands at the place.
 */
function isAboutName({ keyword, instancePath, data }: ErrorObject, value: unknown): boolean {
  if (keyword === 'propertyNames' || typeof data !== 'string') return false;
  let at = value;
  for (const step of instancePath.split('/').slice(1)) {
    at = (at as Record<string, unknown> | undefined)?.[step.replace(/~1/g, '/').replace(/~0/g, '~')];
  }
  return at !== data;
}

/** The alternative of ObjectEvent that joins `ilmd` to `action`; `ilmd` or `action` says the same by itself. */
const WHERE_ILMD_MAY_BE = '/allOf/3/anyOf';

/** A missing or unknown field is at its own place, not at its object's. */
function placeOf({ keyword, instancePath, params }: ErrorObject): string {
  const name = keyword === 'required' ? params['missingProperty'] : keyword === 'propertyNames' ? params['propertyName'] : keyword === 'additionalProperties' ? params['additionalProperty'] : undefined;
  return typeof name === 'string' ? instancePath + pointerOf([name]) : instancePath;
}

function explain(part: SchemaPart, pointer: string, errors: readonly ErrorObject[]): Fault | undefined {
  const has = (keyword: string) => errors.find((error) => error.keyword === keyword);
  const field = pointer.slice(pointer.lastIndexOf('/') + 1);

  if (has('not') && field === 'ilmd') {
    return fault(pointer, 'epcis-ilmd', 'ilmd 只能用于 action 为 ADD 的事件', 'ilmd is allowed only where something comes to be: action ADD');
  }
  if (has('propertyNames') || has('additionalProperties')) {
    return fault(pointer, 'epcis-unknown-field', `EPCIS 没有字段“${field}”；扩展字段须写成“前缀:名称”，前缀在 @context 中声明`,
      `EPCIS has no field "${field}"; write an extension as prefix:name with its prefix in @context`);
  }
  const alternative = has('anyOf');
  const wrongType = errors.find(({ keyword, schemaPath }) => keyword === 'type' && !schemaPath.includes('/anyOf/'));
  const words = has('enum')?.params['allowedValues'] as readonly string[] | undefined;
  if (alternative !== undefined && typeof alternative.data === 'string' && words !== undefined) return wordFault(pointer, field, alternative.data, words);
  if (wrongType !== undefined) return typeFault(pointer, String(wrongType.params['type']));
  if (alternative !== undefined) return alternativeFault(part, pointer, field);
  if (errors.every(isInsideAlternative)) return undefined;

  const [first] = errors.filter((error) => !isInsideAlternative(error));
  return first === undefined ? undefined : plainFault(pointer, field, first);
}

/** Branches of an alternative speak only through the alternative, which reports itself at the object. */
function isInsideAlternative({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword === 'if' || schemaPath.includes('/anyOf/');
}

function wordFault(pointer: string, field: string, given: string, words: readonly string[]): Fault {
  const shown = given.length > 60 ? `${given.slice(0, 60)}…` : given;
  const few = words.length > 12 ? `${words.slice(0, 12).join(', ')} …` : words.join(', ');
  return fault(pointer, 'epcis-word', `“${shown}”不是 ${field} 的标准词（${few}），也不是自有词汇的 URI`,
    `"${shown}" is no word of the standard for ${field} (${few}) and no URI of a vocabulary of your own`);
}

function alternativeFault(part: SchemaPart, pointer: string, field: string): Fault {
  switch (part) {
    case 'ObjectEvent':
      if (field === '') return fault(pointer, 'epcis-what', '须有 epcList 或 quantityList，或传感器数据加 readPoint', 'an ObjectEvent needs an epcList, a quantityList, or a sensorElementList with a readPoint');
      break;
    case 'AggregationEvent':
    case 'AssociationEvent':
      if (field === '') return fault(pointer, 'epcis-what', '除 DELETE 外须有 childEPCs 或 childQuantityList', `an ${part} needs childEPCs or a childQuantityList, unless its action is DELETE`);
      break;
    case 'TransactionEvent':
      if (field === '') return fault(pointer, 'epcis-what', '除 DELETE 外须有 epcList 或 quantityList', 'a TransactionEvent needs an epcList or a quantityList, unless its action is DELETE');
      break;
    case 'TransformationEvent':
      if (field === '') return fault(pointer, 'epcis-what', '须同时有投入（inputEPCList 或 inputQuantityList）和产出，或有 transformationID', 'a TransformationEvent needs inputs and outputs, or a transformationID that joins it to others');
      break;
    default:
  }
  if (field === 'persistentDisposition') return fault(pointer, 'epcis-what', 'persistentDisposition 须有 set 或 unset', 'a persistentDisposition needs set or unset');
  return fault(pointer, 'epcis-value', `${field} 的值不是所允许的任何一种`, `the value of ${field} is none of the kinds allowed here`);
}

function typeFault(pointer: string, type: string): Fault {
  return fault(pointer, 'epcis-type', `此处应为 ${type} 类型`, `this must be of the type ${type}`);
}

function plainFault(pointer: string, field: string, { keyword, params }: ErrorObject): Fault {
  switch (keyword) {
    case 'required':
      return fault(pointer, 'epcis-missing', `缺少必填字段 ${field}`, `the field ${field} is required`);
    case 'type':
      return typeFault(pointer, String(params['type']));
    case 'enum': {
      const allowed = (params['allowedValues'] as readonly unknown[]).join(', ');
      return fault(pointer, 'epcis-word', `应为以下之一：${allowed}`, `this must be one of ${allowed}`);
    }
    case 'format':
      return params['format'] === 'date-time'
        ? fault(pointer, 'epcis-time', '应为带时区偏移的时间，如 2026-09-01T08:30:00.000+08:00', 'this must be a time that exists, with its offset, e.g. 2026-09-01T08:30:00.000+08:00')
        : fault(pointer, 'epcis-uri', '应为 URI', 'this must be a URI');
    case 'pattern':
      if (field === 'eventTimeZoneOffset') return fault(pointer, 'epcis-offset', '应为 +08:00 这样的时区偏移', 'this must be an offset like +08:00');
      if (field === 'uom') return fault(pointer, 'epcis-uom', '应为 UN/ECE 第 20 号建议书的单位代码，如 KGM', 'this must be a unit code of UN/ECE Recommendation 20, e.g. KGM');
      return fault(pointer, 'epcis-pattern', '值的格式不对', 'the value is not written as the standard requires');
    case 'minItems':
      return fault(pointer, 'epcis-empty', '此列表不能为空', 'this list must not be empty');
    default:
      return fault(pointer, 'epcis-schema', `不符合 EPCIS 2.0 格式（${keyword}）`, `this does not meet the EPCIS 2.0 schema (${keyword})`);
  }
}

function fault(pointer: string, rule: string, zh: string, en: string): Fault {
  return { pointer, rule, detail: { zh, en } };
}
