import { type Bilingual, type Fault, Problem } from '@daodi/platform';

/** Names of EPCIS 2.0 exceptions (REST bindings, RFC 7807 `type`) and the status each is answered with. */
const STATUS = {
  ValidationException: 400,
  QueryValidationException: 400,
  QueryParameterException: 400,
  SecurityException: 403,
  NoSuchResourceException: 404,
  NotAcceptableException: 406,
  ResourceAlreadyExistsException: 409,
  CaptureLimitExceededException: 413,
  QueryTooLargeException: 413,
  QueryTooComplexException: 413,
  UnsupportedMediaTypeException: 415,
  ImplementationException: 500,
} as const;

export type EpcisException = keyof typeof STATUS;

/** The titles: the same for every occurrence of a type. */
export const EPCIS_TITLE: Readonly<Record<EpcisException, Bilingual>> = {
  ValidationException: { zh: '内容不符合 EPCIS 规范', en: 'The content does not conform to EPCIS' },
  QueryValidationException: { zh: '查询不符合规范', en: 'The query is not valid' },
  QueryParameterException: { zh: '查询参数有误', en: 'A query parameter is not valid' },
  SecurityException: { zh: '未获许可', en: 'It is not permitted' },
  NoSuchResourceException: { zh: '未找到', en: 'Not found' },
  NotAcceptableException: { zh: '无法按所要求的版本或格式应答', en: 'The version or format asked for cannot be given' },
  ResourceAlreadyExistsException: { zh: '已存在同一标识而内容不同的记录', en: 'Something else is stored under this identifier' },
  CaptureLimitExceededException: { zh: '超出采集上限', en: 'The capture limit is exceeded' },
  QueryTooLargeException: { zh: '查询结果过多', en: 'The query has too many results' },
  QueryTooComplexException: { zh: '查询过于复杂', en: 'The query is too complex' },
  UnsupportedMediaTypeException: { zh: '不支持的内容类型', en: 'Unsupported media type' },
  ImplementationException: { zh: '服务器内部错误', en: 'Internal error' },
};

/** Status of an exception. */
export const epcisStatus = (exception: EpcisException): number => STATUS[exception];

/** A refusal in the words of EPCIS: `type` is `epcisException:…`. */
export function epcisProblem(
  exception: EpcisException,
  extra: { readonly detail?: Bilingual; readonly faults?: readonly Fault[]; readonly headers?: Readonly<Record<string, string>> } = {},
): Problem {
  const slug = exception.replace(/Exception$/, '').replace(/(?<=[a-z])([A-Z])/g, '-$1').toLowerCase();
  return new Problem(STATUS[exception], slug, EPCIS_TITLE[exception], { ...extra, type: `epcisException:${exception}` });
}
