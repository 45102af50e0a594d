import { EVENT_TYPES, type EventType, type Fault } from '@daodi/epcis';
import type { Bilingual } from '@daodi/platform';
import { parameterFault } from '@daodi/capture';
import { instant } from '@daodi/registry';
import type { MatchField, PlaceField, WordField } from './event-fields';
import type { EventQuery } from './event-query';

/** What came of reading the parameters of a query. */
export type QueryReading = { readonly ok: true; readonly query: EventQuery } | { readonly ok: false; readonly faults: readonly Fault[] };

/** Parameters that are about pages and not about events. */
const PAGING = new Set(['perPage', 'nextPageToken']);

const WORD_PARAMETERS: Readonly<Record<string, WordField>> = { EQ_bizStep: 'bizStep', EQ_disposition: 'disposition' };
const PLACE_PARAMETERS: Readonly<Record<string, PlaceField>> = { EQ_readPoint: 'readPoint', EQ_bizLocation: 'bizLocation' };
/** EPCIS 2.0 section 8.2.7.1: which lists each parameter looks into. */
const MATCH_PARAMETERS: Readonly<Record<string, readonly MatchField[]>> = {
  MATCH_epc: ['epc'],
  MATCH_parentID: ['parentID'],
  MATCH_inputEPC: ['inputEPC'],
  MATCH_outputEPC: ['outputEPC'],
  MATCH_anyEPC: ['epc', 'parentID', 'inputEPC', 'outputEPC'],
  MATCH_epcClass: ['epcClass'],
  MATCH_inputEPCClass: ['inputEPCClass'],
  MATCH_outputEPCClass: ['outputEPCClass'],
  MATCH_anyEPCClass: ['epcClass', 'inputEPCClass', 'outputEPCClass'],
};
const OTHERS = [
  'eventType', 'EQ_action', 'EQ_eventID', 'EQ_transformationID', 'GE_eventTime', 'LT_eventTime', 'GE_recordTime', 'LT_recordTime',
  'EXISTS_errorDeclaration', 'orderBy', 'orderDirection', 'eventCountLimit', 'maxEventCount',
] as const;
const KNOWN: ReadonlySet<string> = new Set([...Object.keys(WORD_PARAMETERS), ...Object.keys(PLACE_PARAMETERS), ...Object.keys(MATCH_PARAMETERS), ...OTHERS]);

/** Values one parameter may list. */
const VALUES_MAX = 500;

/**
 * Reads the parameters of a SimpleEventQuery as the REST binding writes them: lists are parted by `|`. Every fault at
 * once; a parameter this server does not know is a fault, since to pass over it would answer another question.
 *
 * @param parameters as the URL gives them: a list where a name stood twice
 */
export function readQuery(parameters: Readonly<Record<string, unknown>>): QueryReading {
  const read = new Parameters(parameters);
  const orderBy = read.oneOf('orderBy', ['eventTime', 'recordTime']);
  const direction = read.oneOf('orderDirection', ['ASC', 'DESC']);
  const eventCountLimit = read.whole('eventCountLimit');
  const maxEventCount = read.whole('maxEventCount');
  const types = read.someOf('eventType', EVENT_TYPES) as readonly EventType[] | undefined;
  const declared = read.oneOf('EXISTS_errorDeclaration', ['true', 'false']);
  if (eventCountLimit !== undefined && maxEventCount !== undefined) {
    read.fault('maxEventCount', { zh: '不能与 eventCountLimit 同时使用', en: 'it excludes eventCountLimit' });
  }
  if (eventCountLimit !== undefined && orderBy === undefined) {
    read.fault('eventCountLimit', { zh: '须与 orderBy 同时使用', en: 'it needs orderBy' });
  }
  const query: EventQuery = {
    types,
    actions: read.someOf('EQ_action', ['ADD', 'OBSERVE', 'DELETE']),
    eventIds: read.list('EQ_eventID'),
    eventTime: { ge: read.time('GE_eventTime'), lt: read.time('LT_eventTime') },
    recordTime: { ge: read.time('GE_recordTime'), lt: read.time('LT_recordTime') },
    words: Object.entries(WORD_PARAMETERS).flatMap(([name, field]) => conditions(read.list(name), (values) => ({ field, values }))),
    places: Object.entries(PLACE_PARAMETERS).flatMap(([name, field]) => conditions(read.list(name), (values) => ({ field, values }))),
    transformationIds: read.list('EQ_transformationID'),
    matches: Object.entries(MATCH_PARAMETERS).flatMap(([name, fields]) => conditions(read.identifiers(name), (values) => ({ fields, values }))),
    isDeclaration: declared === 'true' ? true : undefined,
    order: orderBy === undefined ? undefined : { by: orderBy as 'eventTime' | 'recordTime', descending: direction !== 'ASC' },
    eventCountLimit,
    maxEventCount,
  };
  return read.faults.length > 0 ? { ok: false, faults: read.faults } : { ok: true, query };
}

const conditions = <T>(values: readonly string[] | undefined, make: (values: readonly string[]) => T): T[] => (values === undefined ? [] : [make(values)]);

/** Reads one parameter at a time and remembers what is wrong. */
class Parameters {
  readonly faults: Fault[] = [];
  private readonly texts = new Map<string, string>();

  constructor(parameters: Readonly<Record<string, unknown>>) {
    for (const [name, value] of Object.entries(parameters)) {
      if (PAGING.has(name)) continue;
      if (!KNOWN.has(name)) this.fault(name, { zh: '本服务器不支持此查询参数', en: 'this server has no such query parameter' });
      else if (typeof value !== 'string') this.fault(name, { zh: '只能出现一次；多个值以 | 分隔', en: 'it may stand once only; part several values by |' });
      else if (value === '') this.fault(name, { zh: '不能为空', en: 'it must not be empty' });
      else this.texts.set(name, value);
    }
  }

  fault(name: string, said: Bilingual): void {
    this.faults.push(parameterFault(name, said));
  }

  list(name: string): readonly string[] | undefined {
    const values = this.texts.get(name)?.split('|');
    if (values === undefined) return undefined;
    if (values.length > VALUES_MAX) this.fault(name, { zh: `最多 ${VALUES_MAX} 个值`, en: `${VALUES_MAX} values at most` });
    if (values.includes('')) this.fault(name, { zh: '列表中有空值', en: 'a value of the list is empty' });
    if (values.some((value) => value.includes('\u0000'))) this.fault(name, { zh: '含有空字符', en: 'it holds a NUL character' });
    return values;
  }

  identifiers(name: string): readonly string[] | undefined {
    const values = this.list(name);
    // Taken as an identifier, a pattern would find nothing and look like an answer.
    if (values?.some((value) => value.startsWith('urn:epc:idpat:') || value.endsWith('*'))) {
      this.fault(name, { zh: '本服务器不支持以 * 匹配，请给出完整标识', en: 'this server matches whole identifiers only, no patterns' });
    }
    return values;
  }

  someOf(name: string, allowed: readonly string[]): readonly string[] | undefined {
    const values = this.list(name);
    if (values?.some((value) => !allowed.includes(value))) this.fault(name, { zh: `应为以下之一：${allowed.join('、')}`, en: `it must be of ${allowed.join(', ')}` });
    return values;
  }

  oneOf(name: string, allowed: readonly string[]): string | undefined {
    const value = this.texts.get(name);
    if (value === undefined || allowed.includes(value)) return value;
    this.fault(name, { zh: `应为以下之一：${allowed.join('、')}`, en: `it must be one of ${allowed.join(', ')}` });
    return undefined;
  }

  time(name: string): string | undefined {
    const value = this.texts.get(name);
    if (value === undefined) return undefined;
    // A plus sign that was not percent-encoded arrives as a space.
    const time = instant(value.replace(/ (?=\d{2}:\d{2}$)/, '+'));
    if (time === undefined) this.fault(name, { zh: '应为带时区的 ISO 8601 时间', en: 'it must be an ISO 8601 time with its offset' });
    return time;
  }

  whole(name: string): number | undefined {
    const value = this.texts.get(name);
    if (value === undefined) return undefined;
    if (/^\d{1,9}$/.test(value) && Number(value) > 0) return Number(value);
    this.fault(name, { zh: '应为正整数', en: 'it must be a whole number above zero' });
    return undefined;
  }
}
