/** A gateway's call as the operator wrote it: `POST URL BODY`, with `{phone}` and `{text}` where they belong. */
export interface SmsGateway {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: string;
}

/** Reads `METHOD URL` or `METHOD URL BODY`. @returns undefined where it is not of that form */
export function readSmsGateway(text: string): SmsGateway | undefined {
  const match = /^(GET|POST) (https?:\/\/\S+)(?: (.+))?$/s.exec(text);
  if (match === null || !`${match[2]}${match[3] ?? ''}`.includes('{phone}')) return undefined;
  return { method: match[1] as 'GET' | 'POST', url: match[2]!, body: match[3] };
}

/** Puts number and text into the gateway's call: escaped for an address, and for the JSON or the form a body is. */
export function smsCall({ method, url, body }: SmsGateway, phone: string, text: string): { readonly method: 'GET' | 'POST'; readonly url: string; readonly body?: string; readonly type?: string } {
  const put = (template: string, escape: (value: string) => string) => template.replace(/\{(phone|text)\}/g, (_, name: string) => escape(name === 'phone' ? phone : text));
  const isJson = body?.trimStart().startsWith('{') === true;
  const inJson = (value: string) => JSON.stringify(value).slice(1, -1);
  return {
    method,
    url: put(url, encodeURIComponent),
    body: body === undefined ? undefined : put(body, isJson ? inJson : encodeURIComponent),
    type: body === undefined ? undefined : isJson ? 'application/json' : 'application/x-www-form-urlencoded',
  };
}
