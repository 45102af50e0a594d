/** EPCIS 2.0 names the types of its problems; its doors lie below `/epcis`. */
const TYPE_BY_STATUS: Readonly<Record<number, string>> = {
  400: 'ValidationException',
  401: 'SecurityException',
  403: 'SecurityException',
  404: 'NoSuchResourceException',
  406: 'NotAcceptableException',
  409: 'ResourceAlreadyExistsException',
  413: 'CaptureLimitExceededException',
  414: 'URITooLongException',
  415: 'UnsupportedMediaTypeException',
  500: 'ImplementationException',
};

/**
 * The type the EPCIS 2.0 REST bindings (GS1 EPCIS 2.0, OpenAPI definition, `responses`) give a status; undefined
 * outside the EPCIS doors and for statuses the standard does not name.
 */
export function epcisType(status: number, url: string): string | undefined {
  const type = /^\/epcis(?:[/?]|$)/.test(url) ? TYPE_BY_STATUS[status] : undefined;
  return type === undefined ? undefined : `epcisException:${type}`;
}
