import type { Fault } from './fault';
import { type JsonLimits, JsonScanner } from './json-scanner';

/** What came of reading a JSON text. */
export type JsonReading = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly faults: readonly Fault[] };

const LIMITS: JsonLimits = { depthMax: 64, faultsMax: 100 };

/**
 * Reads JSON so strictly that any two parsers would agree on what it says (RFC 8259 with the constraints of I-JSON,
 * RFC 7493): what is stored, hashed and shown is what was sent.
 *
 * Refused, each with a pointer: text that is not UTF-8, names that occur twice, numbers a double cannot hold, NUL,
 * halves of surrogate pairs, the name `__proto__`, nesting deeper than 64, anything behind the end. A byte order mark
 * is skipped. Never throws; time grows linearly with the size.
 */
export function readJson(bytes: Uint8Array, limits: Partial<JsonLimits> = {}): JsonReading {
  const text = decodeUtf8(bytes);
  if (text === undefined) return refused('json-utf8', '内容不是有效的 UTF-8 编码', 'the bytes are not UTF-8');
  const faults = new JsonScanner(text, { ...LIMITS, ...limits }).scan();
  if (faults.length > 0) return { ok: false, faults };
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    // The scanner accepts a subset of what JSON.parse accepts; should they ever differ, the text is refused, not half read.
    return refused('json-syntax', '不是有效的 JSON', 'not JSON');
  }
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function refused(rule: string, zh: string, en: string): JsonReading {
  return { ok: false, faults: [{ pointer: '', rule, detail: { zh, en } }] };
}
